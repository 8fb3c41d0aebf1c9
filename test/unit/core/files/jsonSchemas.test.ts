import assert from 'node:assert/strict';
import { jsonSchemas } from '../../../../src/core/files/jsonSchemas.ts';

describe('the JSON Schemas', () => {
  it('are of the draft that the editor knows, with a title and no reference to anywhere', () => {
    for (const schema of Object.values(jsonSchemas())) {
      assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
      assert.match(String(schema.title), /^Tiebreak (task|rubric|inspection|settlement|gold|ideal)$/);
      assert.doesNotMatch(JSON.stringify(schema), /"\$ref"/);
    }
  });

  it('describe every field, and require no more of a task than the reader', () => {
    const { task, rubric: _, ...records } = jsonSchemas();
    for (const schema of [task, ...Object.values(records)]) {
      const fields = Object.values(schema.properties ?? {}) as { description?: string }[];
      assert.ok(fields.length > 10);
      for (const { description } of fields) assert.match(description ?? '', /^[A-Z].*\.$/);
    }
    assert.deepEqual(task.required, ['id', 'language', 'prompt', 'answers']);
  });

  it('accept a rubric in its own form and as the plain template', () => {
    const { rubric } = jsonSchemas();
    const forms = rubric.anyOf as { required: string[]; additionalProperties: boolean }[];
    assert.deepEqual(
      forms.map((form) => [form.required, form.additionalProperties]),
      [
        [['id', 'title', 'criteria'], false],
        [['rubric'], false],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { rationaleRubricId, readRubric } from '../../../src/core/task/rubric.ts';
import { ShippedRubrics } from '../../../src/sessions/rubrics.ts';
import { sampleTask } from '../store/samples.ts';

const forAnswers = ['algorithmic', 'frontend', 'general', 'security', 'sql'];
const names = [...forAnswers, rationaleRubricId].toSorted();

/** Vague words, which evaluators would interpret differently. */
const vague =
  /\b(good|bad|nice|poor|excellent|reasonable|appropriate|decent|adequate|clean|elegant|proper)(ly)?\b/i;

/** The rubric by which reviewers score rationales. */
const ofRationale = ['true', 'specific', 'decisive', 'consistent', 'clear', 'complete'];

describe('the rubrics that ship', () => {
  it('cannot be given to answers where they are for rationales', async () => {
    const task = sampleTask('t', { rubric: rationaleRubricId });
    const refused = {
      code: 'rubric-unknown',
      message: /Name one of algorithmic, frontend, general, security, sql/,
    };
    await assert.rejects(new ShippedRubrics(inRoot('rubrics')).of(task), refused);
    const file = inRoot('rubrics', 'rationale.json');
    const rubric = readRubric(JSON.parse(readFileSync(file, 'utf8')), file);
    assert.deepEqual(
      rubric.criteria.map(({ id }) => id),
      ofRationale,
    );
  });

  it('are five for answers and one for rationales', () => {
    assert.deepEqual(
      readdirSync(inRoot('rubrics')).toSorted(),
      names.map((name) => `${name}.json`),
    );
  });

  it('are those that the setting for the default rubric offers, the one for rationales aside', () => {
    const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { enum?: string[] }> } };
    };
    const setting = manifest.contributes.configuration.properties['tiebreak.defaultRubric'];
    assert.deepEqual(setting?.enum?.toSorted(), forAnswers);
  });

  for (const name of names) {
    describe(name, () => {
      const file = inRoot('rubrics', `${name}.json`);
      const rubric = readRubric(JSON.parse(readFileSync(file, 'utf8')), file);

      it('goes by the name of its file', () => {
        assert.equal(rubric.id, name);
      });

      it('has 4 to 6 criteria that do not all weigh the same', () => {
        assert.ok(rubric.criteria.length >= 4 && rubric.criteria.length <= 6, `${rubric.criteria.length}`);
        assert.ok(new Set(rubric.criteria.map(({ weight }) => weight)).size > 1);
      });

      it('says of each point from 1 to 5 what it means, each time something else', () => {
        for (const { id, description, scale } of rubric.criteria) {
          assert.ok(description.length > 20, id);
          assert.deepEqual(
            scale.map(({ value }) => value),
            [1, 2, 3, 4, 5],
            id,
          );
          assert.equal(new Set(scale.map(({ meaning }) => meaning)).size, 5, id);
          assert.ok(
            scale.every(({ meaning }) => meaning.length > 15),
            id,
          );
        }
      });

      it('has no word that each evaluator measures differently', () => {
        const meanings = rubric.criteria.flatMap(({ scale }) => scale.map(({ meaning }) => meaning));
        assert.deepEqual(
          meanings.filter((meaning) => vague.test(meaning)),
          [],
        );
      });
    });
  }
});

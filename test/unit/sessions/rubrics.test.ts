import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShippedRubrics } from '../../../src/sessions/rubrics.ts';
import { sampleTask } from '../store/samples.ts';

describe('the shipped rubrics', () => {
  it('are found by the id in the task; the default is used without an id', async () => {
    const rubrics = new ShippedRubrics('rubrics', () => 'general');
    assert.equal((await rubrics.of(sampleTask('t1'))).id, 'general');
    const own = await rubrics.of(sampleTask('t1'));
    assert.equal(await rubrics.of(sampleTask('t2', { rubric: own })), own);
    assert.equal((await rubrics.rationale()).id, 'rationale');
  });

  it('are listed if a task names an unknown rubric, without the rubric for rationales', async () => {
    const rubrics = new ShippedRubrics('rubrics');
    for (const rubric of ['elsewhere', 'rationale', '../package'])
      await assert.rejects(rubrics.of(sampleTask('t1', { rubric })), {
        code: 'rubric-unknown',
        message: /task "t1": .*Name one of .*general/,
      });
  });

  it('report a damaged file, and are read again once it is corrected', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiebreak-rubrics-'));
    try {
      cpSync('rubrics', folder, { recursive: true });
      writeFileSync(join(folder, 'general.json'), '{"id":');
      const rubrics = new ShippedRubrics(folder);
      await assert.rejects(rubrics.of(sampleTask('t1')), {
        code: 'rubric-invalid',
        message: /general\.json: .*not valid JSON/,
      });
      cpSync('rubrics', folder, { recursive: true });
      assert.equal((await rubrics.of(sampleTask('t1'))).id, 'general');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

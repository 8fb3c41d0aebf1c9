import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runSchema } from '../../../src/core/run/run.ts';
import { skipBecause } from '../../skip.ts';
import { Workplace } from './tiebreak.ts';

/** Problems in the formats of their data sets, each with a right and a wrong completion. */
const problems = new URL('../../data/problems/tested.jsonl', import.meta.url).pathname;

describe('problems of HumanEvalPack, MBPP+ and BigCodeBench', function () {
  let place: Workplace;
  before(function () {
    for (const program of ['bwrap', 'python3', 'go', 'javac', 'g++', 'rustc'])
      if (spawnSync(program, ['--version']).error !== undefined) skipBecause(this, `${program} is missing`);
  });
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  it('are judged by their own tests in each language', async () => {
    const { stdout, stderr } = await place.tiebreak(['run', '--json', problems]);
    const runs = stdout
      .trim()
      .split('\n')
      .map((line) => runSchema.parse(JSON.parse(line)));
    assert.equal(runs.length, 18, stderr);
    const wrong = runs.flatMap(({ taskId, answerId, results }) =>
      results.flatMap(({ verdict, reason }) => {
        const wanted = answerId === 'completion-1' ? 'pass' : 'fail';
        return verdict === wanted ? [] : [{ taskId, answerId, verdict, reason }];
      }),
    );
    assert.deepEqual(wrong, []);
  });
});

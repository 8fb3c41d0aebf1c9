import assert from 'node:assert/strict';
import { compareRuns } from '../../../../src/core/run/replay.ts';
import { result } from '../../../fixtures/rationaleContext.ts';

describe('a replay compared with its record', () => {
  const recorded = {
    results: [
      { ...result('one', 'pass'), actual: { b: 1, a: 2 } },
      result('two', 'fail'),
      result('three', 'error'),
    ],
  };

  it('is the same if verdict and value are equal, whatever the output and times', () => {
    const [one] = compareRuns(recorded, {
      results: [{ ...result('one', 'pass'), actual: { a: 2, b: 1 }, stdout: 'more', wallMs: 99 }],
    });
    assert.deepEqual(one, { caseId: 'one', was: 'pass', now: 'pass', same: true });
  });

  it('differs by verdict, by value, and if a case has no result', () => {
    const replayed = compareRuns(recorded, {
      results: [{ ...result('one', 'pass'), actual: 3 }, result('two', 'pass')],
    });
    assert.deepEqual(
      replayed.map(({ now, same }) => [now, same]),
      [
        ['pass', false],
        ['pass', false],
        [undefined, false],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { programFiles } from '../../../src/core/programFiles.ts';
import type { Run } from '../../../src/core/run.ts';
import { pairsAbsent, readPairs, type Pair } from '../../fixtures/pairs.ts';
import { createTestRunner, sandboxAbsent } from './harness.ts';

/**
 * Answers whose single checks differ from those that were recorded, each with its reason; whether the answer passes as a
 * whole agrees for every one.
 */
const exceptions: Readonly<Record<string, string>> = {
  'cac-ja-FactorialZeroShot/B':
    'its own demonstration throws while the file loads; the source read name and parameters from the text',
  'cac-py-SanityMeaningOfLife/B':
    'the file does not parse; the source read name and parameters from the first lines',
};

describe('real pairs', function () {
  this.timeout(120_000);

  before(async function () {
    const absent = pairsAbsent ?? (await sandboxAbsent());
    if (absent === undefined) return;
    console.log(`      skipped: ${absent}`);
    this.skip();
  });

  it('get the verdicts that were recorded when their source ran them', async () => {
    const { runner, toolchains } = createTestRunner();
    const pairs = readPairs();
    assert.equal(pairs.length, 87);
    const jobs = pairs.flatMap((pair) => pair.task.answers.map((answer) => ({ pair, answer })));
    const wrong: string[] = [];
    const next = jobs.values();
    const work = async (): Promise<void> => {
      for (const { pair, answer } of next) {
        if (process.env.ONLY && pair.task.language !== process.env.ONLY) continue;
        const { mainFile } = toolchains.toolchain(pair.task.language);
        const run = await runner.run({
          taskId: pair.task.id,
          answerId: answer.id,
          language: pair.task.language,
          files: programFiles(pair.task, answer, { mainFile }),
          cases: pair.task.cases ?? [],
        });
        const difference = disagreement(pair, answer.id, run);
        if (difference !== undefined) wrong.push(difference);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    assert.deepEqual(wrong, []);
  });
});

/** One line of how a run differs from what was recorded, by case where the source says so. */
function disagreement(pair: Pair, answerId: string, run: Run): string | undefined {
  const { status, checks } = pair.outcomes[answerId]!;
  const passed = run.results.map((result) => result.verdict === 'pass');
  const agrees = passed.every(Boolean) === (status === 'pass');
  const sameChecks =
    checks === undefined ||
    exceptions[`${pair.task.id}/${answerId}`] !== undefined ||
    checks.every((check, index) => check === passed[index]);
  if (agrees && sameChecks && passed.length > 0) return undefined;
  const lacking = run.results
    .map(({ reason }) => /No module named '\w+'/.exec(reason ?? '')?.[0])
    .find(Boolean);
  if (lacking !== undefined) {
    console.log(`      skipped ${pair.task.id}/${answerId}: this Python has ${lacking.toLowerCase()}`);
    return undefined;
  }
  const reasons = run.results.map(({ caseId, verdict, reason }) => `${caseId} ${verdict} ${reason ?? ''}`);
  return `${pair.task.id}/${answerId} recorded ${status}: ${reasons.join('; ')}`;
}

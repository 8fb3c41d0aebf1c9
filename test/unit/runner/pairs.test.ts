import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { programFiles } from '../../../src/core/extraction/programFiles.ts';
import type { Run } from '../../../src/core/run/run.ts';
import { pairsAbsent, readPairs, type Pair } from '../../fixtures/pairs.ts';
import { createTestRunner, sandboxAbsent } from './harness.ts';

/**
 * Answers whose single checks differ from the recorded ones, with the reasons. For each of them the overall result is the
 * same.
 */
const exceptions: Readonly<Record<string, string>> = {
  'cac-ja-FactorialZeroShot/B':
    'its own demonstration throws while the file loads; the source read name and parameters from the text',
  'cac-py-SanityMeaningOfLife/B':
    'the file does not parse; the source read name and parameters from the first lines',
};

/** Programs that answers call and that a machine may lack. */
const lackings = [/No module named '\w+'/, /\b\w+: command not found/];

describe('real pairs', function () {
  before(async function () {
    const absent = pairsAbsent ?? (await sandboxAbsent());
    if (absent === undefined) return;
    console.log(`      skipped: ${absent}`);
    this.skip();
  });

  const counts = {
    bash: 13,
    cpp: 2,
    go: 12,
    java: 11,
    javascript: 8,
    python: 20,
    ruby: 4,
    rust: 2,
    sql: 13,
    typescript: 2,
  };
  const { runner, toolchains } = createTestRunner();

  for (const [language, count] of Object.entries(counts)) {
    it(`get the verdicts that were recorded when their source ran them: ${language}`, async function () {
      const found = await toolchains.detect(language);
      if ('missing' in found) {
        console.log(`      skipped: ${found.missing}. ${found.remedy}`);
        return this.skip();
      }
      const pairs = readPairs().filter(({ task }) => task.language === language);
      assert.equal(pairs.length, count);
      const jobs = pairs.flatMap((pair) => pair.task.answers.map((answer) => ({ pair, answer })));
      const wrong: string[] = [];
      const next = jobs.values();
      const work = async (): Promise<void> => {
        for (const { pair, answer } of next) {
          const { mainFile } = toolchains.toolchain(language);
          const run = await runner.run({
            taskId: pair.task.id,
            answerId: answer.id,
            language,
            files: programFiles(pair.task, answer, { mainFile }),
            cases: pair.task.cases ?? [],
            // Some never end, as their source found as well.
            limits: { cpuMs: 5000 },
          });
          const difference = disagreement(pair, answer.id, run);
          if (difference !== undefined) wrong.push(difference);
        }
      };
      await Promise.all(Array.from({ length: availableParallelism() }, work));
      assert.deepEqual(wrong, []);
    });
  }
});

/** Go also counts parent tests: `TestSum` in addition to `TestSum/empty`. */
function withParents<Test extends { name: string; verdict: string }>(tests: readonly Test[]): Test[] {
  const parents = Map.groupBy(
    tests.filter(({ name }) => /^Test\w+\//.test(name)),
    ({ name }) => name.split('/')[0]!,
  );
  const held = [...parents].map(([name, inside]) => ({
    ...(inside.find(({ verdict }) => verdict !== 'pass') ?? inside[0]!),
    name,
  }));
  return [...tests, ...held.filter(({ name }) => !tests.some((test) => test.name === name))];
}

/** A line that says how a run differs from the recorded result, by case if the source recorded cases. */
function disagreement(pair: Pair, answerId: string, run: Run): string | undefined {
  const { status, checks, tests } = pair.outcomes[answerId]!;
  const passed = run.results.map((result) => result.verdict === 'pass');
  // For answers that compete in speed, the source only checked that they load.
  const agrees = passed.every(Boolean) === ['pass', 'syntax-ok'].includes(status);
  const found = withParents(run.results[0]?.tests ?? []);
  const good = found.filter(({ verdict }) => verdict === 'pass').length;
  const sameTests =
    tests === undefined ||
    found.length === 0 ||
    exceptions[`${pair.task.id}/${answerId}`] !== undefined ||
    (good === tests.passed && found.length - good === tests.failed);
  const sameChecks =
    checks === undefined ||
    exceptions[`${pair.task.id}/${answerId}`] !== undefined ||
    checks.every((check, index) => check === passed[index]);
  if (agrees && sameChecks && sameTests && passed.length > 0) return undefined;
  const lacking = run.results
    .flatMap(({ reason, stderr }) => lackings.map((each) => each.exec(`${reason} ${stderr}`)?.[0]))
    .find(Boolean);
  if (lacking !== undefined) {
    console.log(`      skipped ${pair.task.id}/${answerId}: ${lacking} on this machine`);
    return undefined;
  }
  const reasons = run.results.map(({ caseId, verdict, reason }) => `${caseId} ${verdict} ${reason ?? ''}`);
  const counted =
    tests === undefined
      ? ''
      : ` (${tests.passed} passed, ${tests.failed} not; here ${good} of ${found.length})`;
  return `${pair.task.id}/${answerId} recorded ${status}${counted}: ${reasons.join('; ')}`;
}

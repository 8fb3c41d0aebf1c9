import * as z from 'zod';
import { testResultSchema, type Verdict } from '../../core/run.ts';
import type { SandboxOutcome } from '../sandbox.ts';
import { displayText } from '../text.ts';
import type { Reading } from '../toolchain.ts';
import { frames, howItEnded, memoryErrors } from './shared.ts';

/** What a wrapper sends of tests: one frame a test, and one at the end or where it broke off. */
const testFrameSchema = z.object({
  test: z.string(),
  verdict: testResultSchema.shape.verdict,
  message: z.string(),
});
const endFrameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), ran: z.number(), good: z.boolean() }),
  z.object({ stage: z.enum(['load', 'tests']), names: z.array(z.string()), message: z.string() }),
  z.object({ stage: z.literal('pytest-missing') }),
  z.object({ stage: z.literal('framework-missing'), framework: z.string(), package: z.string() }),
]);

type TestFrame = z.infer<typeof testFrameSchema>;
type EndFrame = z.infer<typeof endFrameSchema>;

/**
 * Reads a `unit` case. It passes when its tests were reached, some ran, all were good and the program ended with
 * status 0: an answer that ends the program before its tests has not passed them.
 */
export function readUnit(outcome: SandboxOutcome): Reading {
  const sent = frames(outcome);
  const tests = sent
    .map((frame) => testFrameSchema.safeParse(frame).data)
    .filter((frame) => frame !== undefined);
  const end = sent
    .map((frame) => endFrameSchema.safeParse(frame).data)
    .findLast((frame) => frame !== undefined);
  return { ...judge(end, tests, outcome), ...(tests.length === 0 ? {} : { tests: tests.map(testResult) }) };
}

/** The sentence for a test whose framework is not on this machine. */
export function missingFramework(framework: string, debian: string): string {
  return `the test needs ${framework}, which is not installed for this toolchain. On Debian and Ubuntu: sudo apt install ${debian}`;
}

function testResult({ test, verdict, message }: TestFrame): NonNullable<Reading['tests']>[number] {
  return { name: displayText(test), verdict, ...(message === '' ? {} : { message: displayText(message) }) };
}

function judge(
  end: EndFrame | undefined,
  tests: readonly TestFrame[],
  outcome: SandboxOutcome,
): { verdict: Verdict; reason?: string } {
  if (end === undefined)
    return { verdict: 'error', reason: `it ended before its tests did: ${howItEnded(outcome)}` };
  if (end.stage === 'pytest-missing') {
    return {
      verdict: 'unsupported',
      reason: 'the test needs pytest. Install it for this Python: python3 -m pip install pytest',
    };
  }
  if (end.stage === 'framework-missing') {
    const { framework, package: name } = end;
    return { verdict: 'unsupported', reason: displayText(missingFramework(framework, name)) };
  }
  if (end.stage !== 'done') return brokeOff(end);
  if (end.ran === 0) return { verdict: 'error', reason: 'no test was found in the case' };
  if (end.good && outcome.exit === 0) return { verdict: 'pass' };
  const bad = tests.filter((test) => test.verdict === 'fail' || test.verdict === 'error');
  if (bad.length === 0) return { verdict: 'error', reason: howItEnded(outcome) };
  const [first] = bad;
  const verdict = bad.some((test) => test.verdict === 'fail') ? 'fail' : 'error';
  return {
    verdict,
    reason: `${bad.length} of ${tests.length} tests: ${displayText(first!.test)}: ${displayText(first!.message)}`,
  };
}

/** An assertion that fails outside any test function is a failed test; anything else thrown is an error. */
function brokeOff({ stage, names, message }: Extract<EndFrame, { names: string[] }>): {
  verdict: Verdict;
  reason: string;
} {
  const reason = `${names[0] ?? 'an error'}${message === '' ? '' : `: ${displayText(message)}`}`;
  if (names.some((name) => memoryErrors.includes(name))) return { verdict: 'memory', reason };
  if (stage === 'load') return { verdict: 'error', reason: `the file could not be loaded: ${reason}` };
  return { verdict: names.includes('AssertionError') ? 'fail' : 'error', reason };
}

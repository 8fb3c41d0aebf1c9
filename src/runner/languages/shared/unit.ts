import * as z from 'zod';
import { testResultSchema, type Verdict } from '../../../core/run/run.ts';
import type { SandboxOutcome } from '../../sandbox/sandbox.ts';
import { caseLine, withCaseLine } from '../../outcome/units/caseLine.ts';
import { displayText } from '../../outcome/text.ts';
import type { CaseVerdict } from '../../toolchains/toolchain.ts';
import { frames, howItEnded, memoryErrors } from './shared.ts';

/**
 * The frames that a wrapper sends for tests: one for each test, and one at the end or where the tests broke
 * off.
 */
/** The line of the case's source that failed, where the wrapper knows it. */
const lineSchema = z.int().positive().optional();
const testFrameSchema = z.object({
  test: z.string(),
  verdict: testResultSchema.shape.verdict,
  message: z.string(),
  line: lineSchema,
});
const endFrameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), ran: z.number(), good: z.boolean() }),
  z.object({
    stage: z.enum(['load', 'tests']),
    names: z.array(z.string()),
    message: z.string(),
    line: lineSchema,
  }),
  z.object({ stage: z.literal('pytest-missing') }),
  z.object({ stage: z.literal('framework-missing'), framework: z.string(), package: z.string() }),
]);

type TestFrame = z.infer<typeof testFrameSchema>;
type EndFrame = z.infer<typeof endFrameSchema>;

/**
 * Reads a `unit` case. It passes if its tests were reached, some ran, all passed and the program exited with
 * status 0: an answer that ends the program before its tests does not pass.
 */
export function readUnit({ source }: { readonly source: string }, outcome: SandboxOutcome): CaseVerdict {
  const sent = frames(outcome);
  const tests = sent
    .map((frame) => testFrameSchema.safeParse(frame).data)
    .filter((frame) => frame !== undefined);
  const end = sent
    .map((frame) => endFrameSchema.safeParse(frame).data)
    .findLast((frame) => frame !== undefined);
  const told = tests.map((frame) => testResult(frame, source));
  return { ...judge(end, tests, { outcome, source }), ...(tests.length === 0 ? {} : { tests: told }) };
}

/** The verdict on a test whose framework is not installed. */
export function missingFramework(framework: string, debian: string) {
  return notInstalled(
    `the test needs ${framework}, which is not installed for this toolchain. On Debian and Ubuntu: sudo apt install ${debian}`,
  );
}

function notInstalled(reason: string) {
  return { verdict: 'unsupported', reason: displayText(reason), notInstalled: true } as const;
}

function testResult(
  { test, verdict, message, line }: TestFrame,
  source: string,
): NonNullable<CaseVerdict['tests']>[number] {
  const said = verdict === 'pass' || verdict === 'skip' ? message : withCaseLine(message, source, line);
  return { name: displayText(test), verdict, ...(said === '' ? {} : { message: displayText(said) }) };
}

function judge(
  end: EndFrame | undefined,
  tests: readonly TestFrame[],
  { outcome, source }: { outcome: SandboxOutcome; source: string },
): CaseVerdict {
  if (end === undefined)
    return { verdict: 'error', reason: `it ended before its tests were finished: ${howItEnded(outcome)}` };
  if (end.stage === 'pytest-missing') {
    return notInstalled('the test needs pytest. Install it for this Python: python3 -m pip install pytest');
  }
  if (end.stage === 'framework-missing') {
    return missingFramework(end.framework, end.package);
  }
  if (end.stage !== 'done') return brokeOff(end, source);
  if (end.ran === 0) return { verdict: 'error', reason: 'no test was found in the case' };
  if (end.good && outcome.exit === 0) return { verdict: 'pass' };
  const bad = tests.filter((test) => test.verdict === 'fail' || test.verdict === 'error');
  if (bad.length === 0) return { verdict: 'error', reason: howItEnded(outcome) };
  const [first] = bad;
  const verdict = bad.some((test) => test.verdict === 'fail') ? 'fail' : 'error';
  return {
    verdict,
    reason: `${bad.length} of ${tests.length} tests: ${displayText(first!.test)}: ${displayText(first!.message.split('\n')[0]!)}`,
  };
}

/** A failed assertion outside of any test function is a failed test; any other exception is an error. */
function brokeOff(
  { stage, names, message, line }: Extract<EndFrame, { names: string[] }>,
  source: string,
): { verdict: Verdict; reason: string } {
  const told = caseLine(source, line);
  const where = told === undefined ? '' : ` (${displayText(told)})`;
  const reason = `${names[0] ?? 'an error'}${message === '' ? '' : `: ${displayText(message)}`}${where}`;
  if (names.some((name) => memoryErrors.includes(name))) return { verdict: 'memory', reason };
  if (stage === 'load') return { verdict: 'error', reason: `the file could not be loaded: ${reason}` };
  return { verdict: names.includes('AssertionError') ? 'fail' : 'error', reason };
}

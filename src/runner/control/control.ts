import type { CaseResult } from '../../core/run/run.ts';
import type { Case, SourceFile } from '../../core/task/task.ts';
import { runCase, type RanCase } from '../case.ts';
import type { Compiler } from '../compiler.ts';
import type { RunContext } from '../runContext.ts';
import type { SandboxFile } from '../sandbox/sandbox.ts';
import { controlMark, type Control, type UnitCase } from './controlSource.ts';

// In a `unit` case, the test shares a process with the answer. An answer can replace the functions that the test compares with,
// return an object that is equal to everything, or end the program. A pass of such an answer proves nothing. It is told from
// others by a control: the same test, which must fail this time.

/**
 * Runs a case. If it is a `unit` case that passes, and the answer contains words that gaming needs, runs its controls too.
 * `undefined` if the run was cancelled.
 */
export async function runControlled(
  context: RunContext,
  testCase: Case,
  files: readonly SandboxFile[],
  compiler: Compiler,
): Promise<RanCase | undefined> {
  const ran = await runCase(context, testCase, files, compiler);
  if (testCase.kind !== 'unit' || ran?.result.verdict !== 'pass') return ran;
  for (const control of controlsOf(context.toolchain.controls ?? [], testCase, context.files)) {
    const compiled = await compiler.compile(context, context.files, [control]);
    if (!compiled.ok) continue;
    const again = await runCase(context, control, compiled.files, compiler);
    if (again === undefined) return undefined;
    const reason = gamingIn(again.result);
    if (reason !== undefined)
      return { ...ran, result: { ...ran.result, verdict: 'fail', reason }, durable: again.durable };
  }
  return ran;
}

/** Words of a test that may end before the checks that a control appends: an honest answer would pass such a control. */
const endsByItself = /\b_?exit\b|\b(?:quit|halt)\s?\(|__END__|__DATA__|__halt_compiler/i;

/** The controls that an answer needs. */
function controlsOf(
  controls: readonly Control[],
  testCase: UnitCase,
  files: readonly SourceFile[],
): readonly UnitCase[] {
  // Without a source, the answer is its own test.
  if (testCase.source.trim() === '' || endsByItself.test(testCase.source)) return [];
  return controls
    .filter(({ suspects }) => files.some(({ text }) => suspects.test(text)))
    .flatMap(({ control }) => control(testCase) ?? []);
}

// A message may quote the line of the control's source that failed, which contains the mark. There, it is neither at the beginning of
// a line nor after the name of the exception.
const printedMark = new RegExp(`^${controlMark}(.+)`, 'm');
const thrownMark = new RegExp(`\\bControl: ${controlMark}(.+)`);

/** Why a pass proves nothing, from the result of a control; `undefined` if the control failed as it must. */
function gamingIn({ verdict, reason = '', stderr, tests = [] }: CaseResult): string | undefined {
  const thrown = [reason, ...tests.map(({ message = '' }) => message)];
  const told =
    thrown.map((text) => thrownMark.exec(text)?.[1]).find(Boolean) ?? printedMark.exec(stderr)?.[1];
  const isPass = verdict === 'pass';
  if (told === undefined && !isPass) return undefined;
  const why = told?.trim() ?? 'it also passes when a check that cannot hold is added';
  return `it passes whatever the test expects: ${why}`;
}

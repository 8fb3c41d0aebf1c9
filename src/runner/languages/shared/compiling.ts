import type { Case, FullLimits } from '../../../core/task/task.ts';
import type { SandboxFile, SandboxJob, SandboxOutcome } from '../../sandbox/sandbox.ts';
import { decodeOutput, displayText } from '../../outcome/text.ts';
import type { CompileContext, Compiled, CaseProgram } from '../../toolchains/toolchain.ts';
import { argumentsFile } from './scripting.ts';
import { baseEnvironment, commandProgram, howItEnded, ownFolder, unexpectedKind } from './shared.ts';

// Shared by languages with a compiler. Compiling hostile code is dangerous too, so it runs in a separate
// sandbox.

/**
 * A compiler takes a few seconds of CPU time; an answer that needs more than this is treated as an attack. On a
 * busy machine, a few seconds of CPU time take minutes.
 */
export const compileLimits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 300_000,
  memoryBytes: 3 << 29,
  stackBytes: 3 << 29,
  processes: 64,
  fileBytes: 256 << 20,
  outputBytes: 4 << 20,
};

/** The largest compiled program, which the host keeps while its cases run; usual programs have a tenth of this. */
const mostBuilt = 64 << 20;

const tooLarge: Compiled = {
  ok: false,
  verdict: 'error',
  reason: `the compiled files have more than ${mostBuilt >> 20} MiB`,
};

export type CompileJob = Pick<SandboxJob, 'argv' | 'files'> & {
  readonly env?: Readonly<Record<string, string>>;
  /** The compiler's output files; if any is missing, the compilation has failed. */
  readonly collect: readonly string[];
  readonly reservesMemory?: boolean;
};

/**
 * Runs a compiler in a sandbox; resolves with files that are ready to run, or with the compiler's messages.
 */
export async function compileInSandbox(
  { found, sandbox, signal }: CompileContext,
  job: CompileJob,
): Promise<Compiled> {
  const outcome = await sandbox.run(
    {
      ...job,
      // Compilers do not create the folder for their output.
      files: [...job.files, { path: `${ownFolder}/compiling`, text: '' }],
      env: { ...baseEnvironment(found), ...found.env, ...job.env },
      readOnly: found.readOnly,
      limits: compileLimits,
      reservesMemory: job.reservesMemory ?? true,
    },
    signal,
  );
  const made = job.collect.flatMap((path): SandboxFile[] => {
    const bytes = outcome.collected.get(path);
    return bytes === undefined ? [] : [{ path, bytes, mode: 0o755 }];
  });
  const bytes = made.reduce((sum, file) => sum + ('bytes' in file ? file.bytes.length : 0), 0);
  if (bytes > mostBuilt) return tooLarge;
  if (outcome.end === 'exit' && outcome.exit === 0 && made.length === job.collect.length)
    return { ok: true, files: made };
  return { ok: false, outcome, reason: saidBy(outcome) };
}

/** The path of the compiled program. */
export const built = `${ownFolder}/program`;

/** The command that runs one case with that program; `unit` is its arguments if the case is a test. */
export function builtProgram(
  testCase: Case,
  { files, env, unit = [] }: Pick<CaseProgram, 'files' | 'env'> & { readonly unit?: readonly string[] },
): CaseProgram {
  const argv = [`./${built}`];
  switch (testCase.kind) {
    case 'call': {
      const given = { path: argumentsFile, text: JSON.stringify(testCase.args) };
      return { argv, files: [...files, given], env, channel: true };
    }
    case 'unit':
      return { argv: [...argv, ...unit], files, env };
    case 'command':
      return commandProgram(testCase, files, env);
    case 'stdin':
      return { argv, files, env, stdin: testCase.input };
    case 'sql':
      throw unexpectedKind(testCase);
  }
}

/** The most characters of a compiler's messages to show. */
const maxSaid = 4000;

/** A compiler's messages or, if there are none, how the compiler ended. */
function saidBy(outcome: SandboxOutcome): string {
  if (outcome.end !== 'exit') return outcome.reason ?? `the compiler hit a limit (${outcome.end})`;
  const said = [outcome.stderr, outcome.stdout].map((bytes) => decodeOutput(bytes).trim()).find(Boolean);
  if (said === undefined) return howItEnded(outcome);
  const text = displayText(said);
  if (text.length <= maxSaid) return text;
  // The first error says the most; the reason for giving up is at the end.
  return `${text.slice(0, maxSaid / 2)}\n…\n${text.slice(-maxSaid / 2)}`;
}

/**
 * Turns a compiler error about a type in our wrapper into `unsupported`: it is not a fault of the answer. The messages of
 * the compiler contain `mark`, and `pattern` matches the type.
 */
export function refusedType(compiled: Compiled, pattern: RegExp, mark = ''): Compiled {
  if (compiled.ok || compiled.outcome?.end !== 'exit') return compiled;
  const messages = decodeOutput(compiled.outcome.stderr);
  const type = messages.includes(mark) ? pattern.exec(messages)?.[1]?.trim() : undefined;
  if (type === undefined) return compiled;
  return unsupported(`a value of the type "${type}" has no JSON equivalent`);
}

/** A case that the runner cannot run in this language, with the alternative that always works. */
export function unsupported(what: string): Compiled {
  const remedy = 'write the case as a unit test in the language itself';
  return { ok: false, verdict: 'unsupported', reason: `${what}; ${remedy}` };
}

/** The answer does not define the function that a case calls. */
export function missingFunction(name: string | undefined): Compiled {
  const what = name === undefined ? 'a function to call' : `the function "${name}"`;
  return { ok: false, verdict: 'error', reason: `the answer does not define ${what}` };
}

/**
 * Cases with the same group share a compiled program: all cases that read input or run a command; all calls
 * of one function; each test on its own.
 */
export function groupByProgram(testCase: Case): string {
  switch (testCase.kind) {
    case 'call':
      return `call ${testCase.function ?? ''}`;
    case 'unit':
      return `unit ${testCase.framework ?? ''} ${testCase.source}`;
    case 'stdin':
    case 'command':
    case 'sql':
      return 'program';
  }
}

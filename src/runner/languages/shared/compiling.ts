import type { Case, FullLimits } from '../../core/task.ts';
import type { SandboxFile, SandboxJob, SandboxOutcome } from '../sandbox.ts';
import { decodeOutput, displayText } from '../text.ts';
import type { CompileContext, Compiled, Program } from '../toolchain.ts';
import { argumentsFile } from './scripting.ts';
import { baseEnvironment, commandProgram, howItEnded, ownFolder, unexpectedKind } from './shared.ts';

// What languages with a compiler have in common. Compiling is hostile too: it happens in a sandbox of its own.

/** A compiler takes some seconds of processor; what is beyond this is an attack on it. */
export const compileLimits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 90_000,
  memoryBytes: 3 << 29,
  processes: 64,
  fileBytes: 512 << 20,
  outputBytes: 4 << 20,
};

export type CompileJob = Pick<SandboxJob, 'argv' | 'files'> & {
  readonly env?: Readonly<Record<string, string>>;
  /** The compiler's output; without all of it, it has failed. */
  readonly collect: readonly string[];
  readonly reservesMemory?: boolean;
};

/** Runs a compiler in a sandbox and gives what it made, ready to be run, or what it said. */
export async function compileInSandbox(
  { found, sandbox, signal }: CompileContext,
  job: CompileJob,
): Promise<Compiled> {
  const outcome = await sandbox.run(
    {
      ...job,
      // Compilers write where their output is to lie, and make no folder for it.
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
  if (outcome.end === 'exit' && outcome.exit === 0 && made.length === job.collect.length)
    return { ok: true, files: made };
  return { ok: false, outcome, reason: saidBy(outcome) };
}

/** Where the program lies that a compiler made. */
export const built = `${ownFolder}/program`;

/** What runs one case with that program; `unit` are its arguments where the case is a test. */
export function builtProgram(
  testCase: Case,
  { files, env, unit = [] }: Pick<Program, 'files' | 'env'> & { readonly unit?: readonly string[] },
): Program {
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

/** So much of what a compiler says is shown. */
const mostSaid = 4000;

/** What a compiler said, or how it ended when it said nothing. */
function saidBy(outcome: SandboxOutcome): string {
  if (outcome.end !== 'exit') return outcome.reason ?? `the compiler ended by its limit (${outcome.end})`;
  const said = [outcome.stderr, outcome.stdout].map((bytes) => decodeOutput(bytes).trim()).find(Boolean);
  if (said === undefined) return howItEnded(outcome);
  const text = displayText(said);
  if (text.length <= mostSaid) return text;
  // The first error tells most; what a compiler gave up on stands at the end.
  return `${text.slice(0, mostSaid / 2)}\n…\n${text.slice(-mostSaid / 2)}`;
}

/** A compiler's words in which it refuses a type of ours, as what it is: no fault of the answer. */
export function refusedType(compiled: Compiled, pattern: RegExp): Compiled {
  if (compiled.ok || compiled.outcome?.end !== 'exit') return compiled;
  const type = pattern.exec(compiled.reason)?.[1];
  if (type === undefined) return compiled;
  return unsupported(`a value of the type "${type}" cannot be made from JSON, or be given back as JSON`);
}

/** What the runner cannot do here, with the way that always remains. */
export function unsupported(what: string): Compiled {
  const mend = 'write the case as a unit test in the language itself';
  return { ok: false, verdict: 'unsupported', reason: `${what}; ${mend}` };
}

/** The answer lacks what a case calls. */
export function missingFunction(name: string | undefined): Compiled {
  const what = name === undefined ? 'a function to call' : `the function "${name}"`;
  return { ok: false, verdict: 'error', reason: `the answer does not define ${what}` };
}

/** Cases that one program runs: those that read input or run a command; the calls of one function; each test. */
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

import { contentHash } from '../core/text/hash.ts';
import type { Case, SourceFile } from '../core/task/task.ts';
import { buildArchivePath, packedAfter } from './archive.ts';
import type { RunContext } from './runContext.ts';
import { compileInSandbox, compileLimits } from './languages/shared/compiling.ts';
import { machineWasBusy } from './outcome/verdict.ts';
import type { CompileContext, Compiled, Toolchain } from './toolchains/toolchain.ts';

/** Compiles answers and caches the result by content. */
export interface Compiler {
  /** If the language has no compiler, resolves with the files unchanged. */
  compile(context: RunContext, files: readonly SourceFile[], cases: readonly Case[]): Promise<Compiled>;
}

/** The cache keeps at most this many compiled answers and this many bytes; it drops the oldest first. */
const kept = { count: 200, bytes: 96 << 20 };

/** The cache key is the source, the tests and the compiler. Failures of the sandbox are not cached. */
export function createCompiler(): Compiler {
  const known = new Map<string, Compiled>();

  return {
    async compile(context, files, cases) {
      const { toolchain, found, sandbox, request, signal } = context;
      const { entry, build } = request;
      if (toolchain.compile === undefined && build === undefined) return { ok: true, files };
      const key = contentHash({ files, ...compiledParts(toolchain, cases), entry, build, found });
      const before = known.get(key);
      if (before !== undefined) return before;
      const compileContext = { found, sandbox, cases, entry, ...(signal === undefined ? {} : { signal }) };
      const compiled = await compileAndBuild(toolchain, files, compileContext, build);
      if (isLasting(compiled)) remember(known, key, compiled);
      return compiled;
    },
  };
}

/** Whether compiling again would give the same result. */
function isLasting(compiled: Compiled): boolean {
  if (compiled.ok) return true;
  return compiled.outcome === undefined ? compiled.notInstalled !== true : compiled.outcome.end === 'exit';
}

/** Why a program did not compile. */
export interface CompileProblem {
  /** A full sentence. */
  readonly reason: string;
  /** The sandbox failed or the machine was too busy: the program is not at fault. */
  readonly isMachineFault: boolean;
}

/** The problem of a program; `what` is the program's name in the message. */
export function compileProblem(
  { outcome, reason }: Extract<Compiled, { ok: false }>,
  what: string,
): CompileProblem {
  const notAFault = `This is not a fault of ${what}. Run it again`;
  if (outcome?.end === 'failed') {
    const said = `the sandbox failed while ${what} was compiled: ${reason}`;
    return { reason: `${said}. ${notAFault}`, isMachineFault: true };
  }
  if (outcome !== undefined && machineWasBusy(outcome, compileLimits))
    return { reason: `the machine was too busy to compile ${what}. ${notAFault}`, isMachineFault: true };
  return { reason: `${what} does not compile: ${reason}`, isMachineFault: false };
}

/**
 * Compiles with the language's compiler and also runs the task's own build command. Cases of kind `command`
 * need only the build command: it decides what the program is.
 */
async function compileAndBuild(
  toolchain: Toolchain,
  files: readonly SourceFile[],
  context: CompileContext,
  build: readonly string[] | undefined,
): Promise<Compiled> {
  const onlyCommands = context.cases.length > 0 && context.cases.every(({ kind }) => kind === 'command');
  const compiles = toolchain.compile !== undefined && !(build !== undefined && onlyCommands);
  const compiled = compiles ? await toolchain.compile!(files, context) : ({ ok: true, files } as const);
  if (build === undefined || !compiled.ok) return compiled;
  const built = await compileInSandbox(context, {
    argv: packedAfter(build),
    files,
    collect: [buildArchivePath],
  });
  return built.ok ? { ok: true, files: [...compiled.files, ...built.files] } : built;
}

/**
 * The parts of the cases that affect compilation: the group if the language has groups, else the sources of
 * the tests.
 */
function compiledParts(toolchain: Toolchain, cases: readonly Case[]): object {
  const [first] = cases;
  if (toolchain.compileGroup !== undefined && first !== undefined)
    return { group: toolchain.compileGroup(first) };
  return { tests: cases.filter((testCase) => testCase.kind === 'unit') };
}

function remember(known: Map<string, Compiled>, key: string, compiled: Compiled): void {
  known.set(key, compiled);
  let bytes = [...known.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  for (const [oldest, each] of known) {
    if (oldest === key || (known.size <= kept.count && bytes <= kept.bytes)) return;
    known.delete(oldest);
    bytes -= sizeOf(each);
  }
}

function sizeOf(compiled: Compiled): number {
  if (!compiled.ok) return compiled.reason.length;
  return compiled.files.reduce((sum, file) => sum + ('bytes' in file ? file.bytes : file.text).length, 0);
}

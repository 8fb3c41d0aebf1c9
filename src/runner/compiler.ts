import { contentHash } from '../core/hash.ts';
import type { Case, SourceFile } from '../core/task.ts';
import { buildArchivePath, packedAfter } from './archive.ts';
import type { Ground } from './ground.ts';
import { compileInSandbox } from './languages/compiling.ts';
import type { CompileContext, Compiled, Toolchain } from './toolchain.ts';

/** Compiles answers, each content once. */
export interface Compiler {
  /** A language without a compiler gives the files as they are. */
  compile(ground: Ground, files: readonly SourceFile[], cases: readonly Case[]): Promise<Compiled>;
}

/** Some hundred answers' worth, and as much memory as the host can spare for them; the oldest goes. */
const kept = { count: 200, bytes: 96 << 20 };

/** Remembers what compiling gave, by source, tests and compiler. Failures of the sandbox are not remembered. */
export function createCompiler(): Compiler {
  const known = new Map<string, Compiled>();

  return {
    async compile(ground, files, cases) {
      const { toolchain, found, sandbox, request, signal } = ground;
      const { entry, build } = request;
      if (toolchain.compile === undefined && build === undefined) return { ok: true, files };
      const key = contentHash({ files, ...compiledParts(toolchain, cases), entry, build, found });
      const before = known.get(key);
      if (before !== undefined) return before;
      const context = { found, sandbox, cases, entry, ...(signal === undefined ? {} : { signal }) };
      const compiled = await compileAndBuild(toolchain, files, context, build);
      if (compiled.ok || compiled.outcome === undefined || compiled.outcome.end === 'exit')
        remember(known, key, compiled);
      return compiled;
    },
  };
}

/**
 * Compiles as the language does, and runs the task's own build command beside it. Commands need only the latter: a task
 * that says how it is built says what its program is.
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

/** What of the cases goes into compiling: a group says it all; without groups, the tests' sources do. */
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

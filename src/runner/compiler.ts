import { contentHash } from '../core/hash.ts';
import type { Case, SourceFile } from '../core/task.ts';
import type { Ground } from './ground.ts';
import type { Compiled, Toolchain } from './toolchain.ts';

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
    async compile({ toolchain, found, sandbox, request, signal }, files, cases) {
      if (toolchain.compile === undefined) return { ok: true, files };
      const key = contentHash({ files, ...compiledParts(toolchain, cases), entry: request.entry, found });
      const before = known.get(key);
      if (before !== undefined) return before;
      const context = {
        found,
        sandbox,
        cases,
        entry: request.entry,
        ...(signal === undefined ? {} : { signal }),
      };
      const compiled = await toolchain.compile(files, context);
      if (compiled.ok || compiled.outcome === undefined || compiled.outcome.end === 'exit')
        remember(known, key, compiled);
      return compiled;
    },
  };
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

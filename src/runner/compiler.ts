import { contentHash } from '../core/hash.ts';
import type { Case, SourceFile } from '../core/task.ts';
import type { Ground } from './ground.ts';
import type { Compiled } from './toolchain.ts';

/** Compiles answers, each content once. */
export interface Compiler {
  /** A language without a compiler gives the files as they are. */
  compile(ground: Ground, files: readonly SourceFile[], cases: readonly Case[]): Promise<Compiled>;
}

/** Some hundred answers' worth; the oldest goes. */
const kept = 200;

/** Remembers what compiling gave, by source, tests and compiler. Failures of the sandbox are not remembered. */
export function createCompiler(): Compiler {
  const known = new Map<string, Compiled>();

  return {
    async compile({ toolchain, found, sandbox, request, signal }, files, cases) {
      if (toolchain.compile === undefined) return { ok: true, files };
      const tests = cases.filter((testCase) => testCase.kind === 'unit');
      const key = contentHash({ files, tests, entry: request.entry, found });
      const before = known.get(key);
      if (before !== undefined) return before;
      const context = {
        found,
        sandbox,
        cases: tests,
        entry: request.entry,
        ...(signal === undefined ? {} : { signal }),
      };
      const compiled = await toolchain.compile(files, context);
      if (compiled.ok || compiled.outcome.end === 'exit') remember(known, key, compiled);
      return compiled;
    },
  };
}

function remember(known: Map<string, Compiled>, key: string, compiled: Compiled): void {
  known.set(key, compiled);
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
}

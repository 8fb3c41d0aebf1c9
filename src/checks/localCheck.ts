import { codeHash } from '../core/task/codeHash.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { runTool, type MissingTool, type Tool, type Workbench } from './tool.ts';

/** A check that uses a compiler, interpreter or linter installed on this machine. */
export interface LocalCheck {
  readonly id: string;
  readonly languages: readonly string[];
  /** The extensions of the files that the check looks at. */
  readonly extensions: readonly string[];
  readonly find: () => Promise<FoundToolchain | MissingTool>;
  /** The command for an answer; `paths` are the files that the check looks at. */
  readonly over: (
    found: FoundToolchain,
    files: readonly SourceFile[],
    paths: readonly string[],
  ) => Pick<Tool, 'argv' | 'read'> & Partial<Pick<Tool, 'files' | 'env' | 'reservesMemory'>>;
}

export function localCheck(bench: Workbench, { id, languages, extensions, find, over }: LocalCheck): Check {
  return {
    id,
    languages,
    check: async (request, signal) => {
      const prepare = async (files: readonly SourceFile[]): Promise<Tool | MissingTool> => {
        const found = await find();
        if ('missing' in found) return found;
        const { version, readOnly, env } = found;
        const run = over(found, files, pathsOf(files, extensions));
        return { version, readOnly, files, ...run, env: { ...env, ...run.env } };
      };
      const report = await runTool(id, bench, request, prepare, signal);
      if (pathsOf(request.files, extensions).length > 0 || report.status !== 'failed') return report;
      // Some tools report an error if they receive no files.
      return { ...report, codeHash: codeHash(request.files), status: 'done' };
    },
  };
}

/** Paths as arguments that cannot be mistaken for options. */
export function pathsOf(files: readonly SourceFile[], extensions: readonly string[]): string[] {
  return files
    .map(({ path }) => `./${path}`)
    .filter((path) => extensions.some((extension) => path.toLowerCase().endsWith(extension)));
}

/** Runs a program for each file separately, for programs that accept only one file. */
export function overEach(program: string, options: readonly string[], paths: readonly string[]): string[] {
  const loop = 'for path in "${@:2:$#}"; do $0 $1 "$path"; done; true';
  return ['/bin/bash', '-c', loop, program, options.join(' '), ...paths];
}

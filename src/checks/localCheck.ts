import { codeHash } from '../core/codeHash.ts';
import type { SourceFile } from '../core/task.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { runTool, type MissingTool, type Tool, type Workbench } from './tool.ts';

/** A check by a compiler, interpreter or linter that is installed on this machine. */
export interface LocalCheck {
  readonly id: string;
  readonly languages: readonly string[];
  /** What the files end with that it looks at. */
  readonly extensions: readonly string[];
  readonly find: () => Promise<FoundToolchain | MissingTool>;
  /** How it is started over an answer; `paths` are those of the files that it looks at. */
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
      // A tool that is given nothing to look at says that this is wrong.
      return { ...report, codeHash: codeHash(request.files), status: 'done' };
    },
  };
}

/** Paths as arguments: none can be taken for an option. */
export function pathsOf(files: readonly SourceFile[], extensions: readonly string[]): string[] {
  return files
    .map(({ path }) => `./${path}`)
    .filter((path) => extensions.some((extension) => path.toLowerCase().endsWith(extension)));
}

/** Runs a program over each file by itself, for programs that take one at a time. */
export function overEach(program: string, options: readonly string[], paths: readonly string[]): string[] {
  const loop = 'for path in "${@:2:$#}"; do $0 $1 "$path"; done; true';
  return ['/bin/bash', '-c', loop, program, options.join(' '), ...paths];
}

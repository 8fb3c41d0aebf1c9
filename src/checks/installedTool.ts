import { search, type Search } from '../runner/detect.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { MissingTool } from './tool.ts';

/** How a linter that the person may have installed is looked for. */
export interface Installed extends Pick<Search, 'names' | 'missing' | 'package' | 'packages'> {
  /** Finds the version in what `--version` prints. */
  readonly version: RegExp;
}

/** Looks for a program once, and again after it was missing: the person may install it meanwhile. */
export function installedTool(wanted: Installed): () => Promise<FoundToolchain | MissingTool> {
  let looking: ReturnType<typeof search> | undefined;
  return async () => {
    looking ??= search({
      ...wanted,
      language: '',
      arguments: ['--version'],
      describe: (printed, program) => {
        const version = wanted.version.exec(printed)?.[1];
        return version === undefined
          ? undefined
          : { name: wanted.missing, version, program, readOnly: [program] };
      },
    });
    const result = await looking;
    if ('missing' in result) looking = undefined;
    return result;
  };
}

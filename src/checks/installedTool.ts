import { search, type Search } from '../runner/toolchains/detect.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { MissingTool } from './tool.ts';

/** How to find a linter that the user may have installed. */
export interface Installed extends Pick<Search, 'names' | 'missing' | 'package' | 'packages'> {
  /** Matches the version in the output of `--version`. */
  readonly version: RegExp;
}

/** Searches for a program once, and again while it is missing: the user may install it in the meantime. */
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

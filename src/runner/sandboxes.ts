import { createBubblewrapSandbox } from './sandbox-bubblewrap.ts';
import { createMissingSandbox } from './sandbox-none.ts';
import type { Sandbox } from './sandbox.ts';

/** What choosing a sandbox depends on. */
export interface SandboxOptions {
  /** The folder of the compiled helpers, which may lack one for this platform; `undefined` to do without. */
  readonly nativeDir: string | undefined;
  readonly platform?: NodeJS.Platform;
}

/** The sandbox of this platform. Ask its `status` before relying on it. */
export function createSandbox({ nativeDir, platform = process.platform }: SandboxOptions): Sandbox {
  return platform === 'linux' ? createBubblewrapSandbox({ nativeDir }) : createMissingSandbox(platform);
}

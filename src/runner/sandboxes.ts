import { createBubblewrapSandbox } from './sandbox-bubblewrap.ts';
import { createMissingSandbox } from './sandbox-none.ts';
import type { Sandbox } from './sandbox.ts';

/** The sandbox of this platform. Ask its `status` before relying on it. */
export function createSandbox(platform: NodeJS.Platform = process.platform): Sandbox {
  return platform === 'linux' ? createBubblewrapSandbox() : createMissingSandbox(platform);
}

import type { Sandbox, SandboxStatus } from './sandbox.ts';

/** The sandbox for a platform without any: it reports what is missing and runs nothing. */
export function createMissingSandbox(platform: NodeJS.Platform = process.platform): Sandbox {
  const missing = `a sandbox for ${platform}`;
  const remedy =
    'Open the folder on Linux (Remote – SSH, a container, WSL), where bubblewrap can be installed';
  const status: SandboxStatus = { usable: false, kind: 'none', missing, remedy };
  return {
    kind: 'none',
    status: () => Promise.resolve(status),
    run: () => Promise.reject(new RangeError(`${missing} is missing. ${remedy}`)),
  };
}

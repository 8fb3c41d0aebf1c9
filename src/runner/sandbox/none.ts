import type { Sandbox, SandboxStatus } from './sandbox.ts';

/** Stands where no kind of sandbox exists for the platform: it says what is missing and runs nothing. */
export function createMissingSandbox(platform: NodeJS.Platform = process.platform): Sandbox {
  const missing = `a sandbox for ${platform}`;
  const mend = 'Open the folder on Linux (Remote – SSH, a container, WSL), where bubblewrap can be installed';
  const status: SandboxStatus = { usable: false, kind: 'none', missing, mend };
  return {
    kind: 'none',
    status: () => Promise.resolve(status),
    run: () => Promise.reject(new RangeError(`${missing} is missing. ${mend}`)),
  };
}

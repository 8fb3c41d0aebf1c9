import { unprotected, unsandboxed } from '../core/unsandboxed.ts';
import { createGroupSandbox } from './local/group.ts';
import type { Sandbox, SandboxStatus } from './sandbox.ts';

/** No sandbox: programs run as the person. `createSandbox` takes it only where the person has consented. */
export function createUnsandboxed(platform: NodeJS.Platform = process.platform): Sandbox {
  const status: SandboxStatus =
    platform === 'win32'
      ? {
          usable: false,
          kind: unsandboxed,
          missing: 'a way to run programs without a sandbox on Windows',
          mend: 'Install Docker or Podman, or reopen the folder in WSL',
        }
      : {
          usable: true,
          kind: unsandboxed,
          approximate: true,
          notes: ['there is no sandbox', ...unprotected],
        };
  return createGroupSandbox(
    unsandboxed,
    async () => status,
    (command) => command,
  );
}

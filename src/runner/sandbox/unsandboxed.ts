import { unprotected, unsandboxed } from '../../core/run/unsandboxed.ts';
import { createGroupSandbox } from './local/group.ts';
import type { Sandbox, SandboxStatus } from './sandbox.ts';

/**
 * No sandbox: programs run with the user's rights. `createSandbox` uses this only if the user has consented.
 */
export function createUnsandboxed(platform: NodeJS.Platform = process.platform): Sandbox {
  const status: SandboxStatus =
    platform === 'win32'
      ? {
          usable: false,
          kind: unsandboxed,
          missing: 'a way to run programs without a sandbox on Windows',
          remedy: 'Install Docker or Podman, or reopen the folder in WSL',
        }
      : {
          usable: true,
          kind: unsandboxed,
          approximate: true,
          notes: ['there is no sandbox', ...unprotected],
          talks: true,
        };
  return createGroupSandbox(
    unsandboxed,
    async () => status,
    (command) => command,
  );
}

import type { Sandbox, SandboxStatus } from './sandbox.ts';

/** Stands where no sandbox exists for the platform: it says what is missing and runs nothing. */
export function createMissingSandbox(platform: NodeJS.Platform = process.platform): Sandbox {
  const status: SandboxStatus = { usable: false, kind: 'none', ...explanations(platform) };
  return {
    kind: 'none',
    status: () => Promise.resolve(status),
    run: () => Promise.reject(new RangeError(`${status.missing}. ${status.mend}`)),
  };
}

function explanations(platform: NodeJS.Platform): { missing: string; mend: string } {
  if (platform === 'win32') {
    return {
      missing: 'a sandbox for Windows',
      mend: 'Open the folder in WSL (command "WSL: Reopen Folder in WSL"), where bubblewrap can be installed',
    };
  }
  if (platform === 'darwin') {
    return {
      missing: 'a sandbox for macOS',
      mend: 'Open the folder on a Linux machine or in a Linux container (Remote – SSH, Dev Containers)',
    };
  }
  return {
    missing: `a sandbox for ${platform}`,
    mend: 'Open the folder on a Linux machine (Remote – SSH), where bubblewrap can be installed',
  };
}

import { createBubblewrapSandbox } from './sandbox-bubblewrap.ts';
import { createContainerSandbox } from './sandbox-container.ts';
import { createMacSandbox } from './sandbox-macos.ts';
import { createMissingSandbox } from './sandbox-none.ts';
import { createUnsandboxed } from './sandbox-unsandboxed.ts';
import { createWslSandbox } from './sandbox-wsl.ts';
import type { Sandbox, SandboxStatus } from './sandbox.ts';

/** What choosing a sandbox depends on. */
export interface SandboxOptions {
  /** The folder of the compiled helpers, which may lack one for this platform; `undefined` to do without. */
  readonly nativeDir: string | undefined;
  /** Image for containers, where the platform's own sandbox is missing. */
  readonly containerImage?: string | undefined;
  /** Whether the person has agreed to run without a sandbox in this workspace; asked before each run. */
  readonly consent?: () => boolean;
  readonly platform?: NodeJS.Platform;
}

/** The sandbox of this platform. Ask its `status` before relying on it. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { consent = () => false, platform = process.platform } = options;
  return chooseSandbox(sandboxesOf(platform, options), createUnsandboxed(platform), consent);
}

/** The kinds of sandbox that a platform may have, the best first. The first that works here is taken. */
export function sandboxesOf(platform: NodeJS.Platform, options: SandboxOptions): readonly Sandbox[] {
  const container = createContainerSandbox({ image: options.containerImage, platform });
  if (platform === 'linux') return [createBubblewrapSandbox(options), container];
  if (platform === 'darwin') return [createMacSandbox(), container];
  if (platform === 'win32') return [container, createWslSandbox()];
  return [createMissingSandbox(platform)];
}

/**
 * One sandbox out of several: the first that is usable. Where none is, nothing runs and the first says what is missing,
 * unless the person has agreed to do without; an agreement that is taken back counts from the next run on.
 */
export function chooseSandbox(
  sandboxes: readonly Sandbox[],
  without: Sandbox,
  consent: () => boolean,
): Sandbox {
  let chosen: Choice | undefined;
  /** Where none was usable it is tried again: the person may mend it meanwhile. */
  const choose = async (): Promise<Choice> => {
    if (chosen?.status.usable === true && chosen.sandbox !== without) return chosen;
    const choice = await firstUsable(sandboxes);
    const agreed = !choice.status.usable && consent();
    return (chosen = agreed ? { sandbox: without, status: await without.status() } : choice);
  };
  /** For a job, what the status has just told; an agreement is asked for each time. */
  const sandboxForJob = async (): Promise<Sandbox> => {
    const known = chosen?.sandbox === without && consent() ? chosen : await choose();
    return known.sandbox;
  };
  return {
    kind: sandboxes[0]?.kind ?? without.kind,
    status: async () => (await choose()).status,
    run: async (job, signal) => (await sandboxForJob()).run(job, signal),
  };
}

interface Choice {
  readonly sandbox: Sandbox;
  readonly status: SandboxStatus;
}

async function firstUsable(sandboxes: readonly Sandbox[]): Promise<Choice> {
  const tried: Choice[] = [];
  for (const sandbox of sandboxes) {
    const choice = { sandbox, status: await sandbox.status() };
    if (choice.status.usable) return choice;
    tried.push(choice);
  }
  const [first] = tried;
  if (first === undefined) throw new RangeError('a platform has at least one kind of sandbox');
  return first;
}

import { createBubblewrapSandbox } from './bubblewrap/bubblewrap.ts';
import { createContainerSandbox } from './container/container.ts';
import { createMacSandbox } from './macos.ts';
import { createMissingSandbox } from './none.ts';
import { createUnsandboxed } from './unsandboxed.ts';
import { createWslSandbox } from './wsl/wsl.ts';
import type { Sandbox, SandboxStatus } from './sandbox.ts';

/** What the choice of a sandbox depends on. */
export interface SandboxOptions {
  /**
   * The folder of the compiled helpers, which may not include this platform; `undefined` to run without a
   * helper.
   */
  readonly nativeDir: string | undefined;
  /** The container image to use if the platform's own sandbox is missing; by default "tiebreak". */
  readonly containerImage?: string | undefined;
  /** Whether the user has agreed to run without a sandbox in this workspace; checked before each run. */
  readonly consent?: () => boolean;
  readonly platform?: NodeJS.Platform;
  /** How many sandboxes of each kind in use are made ahead of their jobs, where that is possible; none by default. */
  readonly ready?: number;
}

/** The sandbox of this platform. Check its `status` before relying on it. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { consent = () => false, platform = process.platform } = options;
  return chooseSandbox(sandboxesOf(platform, options), createUnsandboxed(platform), consent);
}

/** The kinds of sandbox for a platform, the best first. The first that works is used. */
export function sandboxesOf(platform: NodeJS.Platform, options: SandboxOptions): readonly Sandbox[] {
  const container = createContainerSandbox({ ...options, image: options.containerImage, platform });
  if (platform === 'linux') return [createBubblewrapSandbox(options), container];
  if (platform === 'darwin') return [createMacSandbox(), container];
  if (platform === 'win32') return [container, createWslSandbox()];
  return [createMissingSandbox(platform)];
}

/**
 * Combines several sandboxes: the first usable one runs the jobs. If none is usable, nothing runs and the
 * first one reports what is missing, unless the user has agreed to run without a sandbox. If the user
 * withdraws that consent, the next run is blocked again.
 */
export function chooseSandbox(
  sandboxes: readonly Sandbox[],
  without: Sandbox,
  consent: () => boolean,
): Sandbox {
  let chosen: Choice | undefined;
  /** Retries while no sandbox is usable: the user may install one before the next run. */
  const choose = async (): Promise<Choice> => {
    if (chosen?.status.usable === true && chosen.sandbox !== without) return chosen;
    const choice = await firstUsable(sandboxes);
    const agreed = !choice.status.usable && consent();
    return (chosen = agreed ? { sandbox: without, status: await without.status() } : choice);
  };
  /** The sandbox for a job, from the last status. Checks the user's consent each time. */
  const sandboxForJob = async (): Promise<Sandbox> => {
    const known = chosen?.sandbox === without && consent() ? chosen : await choose();
    return known.sandbox;
  };
  return {
    kind: sandboxes[0]?.kind ?? without.kind,
    status: async () => (await choose()).status,
    run: async (job, signal) => (await sandboxForJob()).run(job, signal),
    dispose: () => sandboxes.forEach((sandbox) => sandbox.dispose?.()),
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

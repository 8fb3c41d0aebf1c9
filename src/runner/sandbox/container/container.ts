import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLimits } from '../../../core/run/run.ts';
import { askProgram } from '../../toolchains/findProgram.ts';
import { createHelper, findHelper } from '../bubblewrap/helper.ts';
import { systemFolders } from '../bubblewrap/mounts.ts';
import { scratchFolders } from '../limits.ts';
import type { Sandbox, SandboxJob, SandboxStatus } from '../sandbox.ts';
import { hardLimit } from '../stack.ts';
import { emptyOutcome } from '../supervise.ts';
import { containerCommand, type ContainerParts } from './command.ts';
import { findEngine, type Engine } from './engine.ts';
import { runInContainer } from './run.ts';

/** A container that takes so long has a reason other than a busy machine. */
const slowSeconds = 15;

/** The image that the recipe in `image/` makes. */
const usualImage = 'tiebreak';

export interface ContainerOptions {
  /** The folder of the compiled helpers, one of which is the first process of each container. */
  readonly nativeDir: string | undefined;
  /** The name of an image on this machine, by default "tiebreak"; images are never downloaded. */
  readonly image: string | undefined;
  readonly platform?: NodeJS.Platform;
}

/**
 * Docker or Podman, whichever is installed: one container for each job, from an image that the user has
 * chosen. The compiled helper enforces the limits in it, as in bubblewrap.
 */
export function createContainerSandbox(options: ContainerOptions): Sandbox {
  let found: Promise<Found> | undefined;
  const find = async (): Promise<Found> => {
    const result = await (found ??= findContainers(options));
    // The user may install or start the engine before the next run.
    if (result.parts === undefined) found = undefined;
    return result;
  };
  return {
    kind: 'container',
    status: async () => (await find()).status,
    async run(job, signal) {
      const { parts, status } = await find();
      if (parts !== undefined) return runInContainer(job, containerCommand(job, parts), parts.helper, signal);
      const words = status.usable ? 'no container engine' : `${status.missing} is missing. ${status.remedy}`;
      return emptyOutcome('failed', words);
    },
  };
}

interface Found {
  readonly status: SandboxStatus;
  readonly parts: ContainerParts | undefined;
}

async function findContainers({
  nativeDir,
  image: named = '',
  platform = process.platform,
}: ContainerOptions): Promise<Found> {
  const image = named === '' ? usualImage : named;
  const engine = await findEngine();
  if (engine === undefined)
    return missing('the program "podman" or "docker"', `Install Podman or Docker${orWsl(platform)}`);
  const path = nativeDir === undefined ? undefined : await findHelper(nativeDir);
  if (path === undefined)
    return missing(
      `the compiled helper for linux-${process.arch}`,
      'Install Tiebreak from a package that contains it, or install a C compiler and build Tiebreak again',
    );
  const helper = createHelper({ path, reachable: true, tasksPerNamespace: false, cgroups: undefined });
  const hostSystem = platform === 'linux' ? systemFolders() : undefined;
  const mostProcesses = platform === 'linux' ? processLimit() : undefined;
  const parts: ContainerParts = { engine, image, helper, hostSystem, mostProcesses };
  const started = performance.now();
  const outcome = await runInContainer(hello, containerCommand(hello, parts), helper);
  const seconds = Math.round((performance.now() - started) / 1000);
  if (outcome.end !== 'exit' || outcome.exit !== 0) {
    const words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
    return missing(
      `a working container of "${image}" (${words})`,
      await imageRemedy(engine, image, nativeDir),
    );
  }
  return {
    parts,
    status: {
      usable: true,
      kind: 'container',
      approximate: false,
      notes: notesFor(image, platform, seconds),
    },
  };
}

function processLimit(): number | undefined {
  const most = hardLimit('processes', readFileSync('/proc/self/limits', 'utf8'));
  return most === Number.POSITIVE_INFINITY ? undefined : most;
}

/** The command that makes the image, or what else to do if the image exists or is the user's own. */
async function imageRemedy({ program }: Engine, image: string, nativeDir = ''): Promise<string> {
  if ((await askProgram(program, ['info'])) === undefined)
    return `Start the engine: ${program} info should work in a terminal`;
  const exists = (await askProgram(program, ['image', 'inspect', image])) !== undefined;
  if (exists) return `Check that a container works: ${program} run --rm --network none ${image} /bin/true`;
  const recipe = join(nativeDir, 'image');
  return image === usualImage
    ? `Make the image, which takes some minutes: ${program} build --tag ${image} --file "${join(recipe, 'Containerfile')}" "${recipe}"`
    : `Make or pull the image, or clear the setting "tiebreak.containerImage" to use the usual one`;
}

function orWsl(platform: NodeJS.Platform): string {
  return platform === 'win32' ? ', or open the folder in WSL (command "WSL: Reopen Folder in WSL")' : '';
}

function missing(what: string, remedy: string): Found {
  return { parts: undefined, status: { usable: false, kind: 'container', missing: what, remedy } };
}

/** `seconds`: how long one container took. */
function notesFor(image: string, platform: NodeJS.Platform, seconds: number): string[] {
  const notes = [`containers of "${image}": each takes much longer to create than a sandbox of bubblewrap`];
  if (seconds >= slowSeconds)
    notes.push(
      `a container takes ${seconds} s here. If this system is itself a container, start it with --init: without, Podman waits for 20 s`,
    );
  if (platform !== 'linux')
    notes.push(`programs come from the image "${image}": their versions may differ from those shown`);
  return notes;
}

/** Succeeds if exactly the job's folders can be written to, and there is no network. */
const hello: SandboxJob = {
  argv: [
    '/bin/sh',
    '-c',
    `for folder in ${scratchFolders.join(' ')}; do : > $folder/probe || exit; done; ! (: > /probe) 2>/dev/null && [ "$(ls /sys/class/net)" = lo ]`,
  ],
  files: [],
  env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  limits: defaultLimits,
};

import { release } from 'node:os';
import { defaultLimits } from '../../../core/run/run.ts';
import type { SandboxJob, SandboxOutcome, SandboxStatus } from '../sandbox.ts';
import { launchOf, type Machine } from './arguments.ts';
import { findProgram } from '../../toolchains/findProgram.ts';
import { installRemedy } from '../../toolchains/install.ts';
import { findCgroupPlace } from './cgroup.ts';
import type { FirstProcess, Launch } from './firstProcess.ts';
import { createHelper, findHelper } from './helper.ts';
import { remedyFor } from './remedy.ts';
import { isRunnableByAnyone, systemMounts } from './mounts.ts';
import { maxStackBytes } from '../stack.ts';
import { seccompFilter } from './seccomp.ts';
import { createWrapper } from './wrapper.ts';

/** The result of the probe: a usable machine, or what is missing. */
export type Probe =
  | {
      readonly usable: true;
      readonly status: Extract<SandboxStatus, { usable: true }>;
      readonly machine: Machine;
    }
  | { readonly usable: false; readonly status: Extract<SandboxStatus, { usable: false }> };

export type RunLaunch = (launch: Launch, job: SandboxJob, signal?: AbortSignal) => Promise<SandboxOutcome>;

/** Where to look. */
export interface ProbeOptions {
  /**
   * The folder of the compiled helpers (`PLATFORM-ARCHITECTURE/helper`). If it or the helper is missing,
   * figures are approximate.
   */
  readonly nativeDir: string | undefined;
}

/** RLIMIT_NPROC counts per user namespace since Linux 5.14; before, it counted all processes of the user. */
const tasksPerNamespace = kernelIsAtLeast(5, 14);

/** "nobody" on every Linux: owns no files and has no rights. */
const nobody = 65_534;

/** Finds the programs and then runs one: a sandbox counts as usable only after it has worked once. */
export async function probe(options: ProbeOptions, run: RunLaunch): Promise<Probe> {
  const [bwrap, bash, setpriv, nice] = await Promise.all(
    ['bwrap', 'bash', 'setpriv', 'nice'].map(findProgram),
  );
  if (bwrap === undefined)
    return unusable('the program "bwrap" (bubblewrap)', await installRemedy('bubblewrap'));
  const firsts = await firstProcesses(options, bash);
  const [first] = firsts;
  if (first === undefined) return unusable('the program "bash"', await installRemedy('bash'));
  const full: Machine = {
    bwrap,
    first,
    system: await systemMounts(),
    seccomp: seccompFilter(),
    disableUserns: true,
    dropTo: process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined,
    setpriv,
    nice,
  };
  let words = '';
  for (const machine of firsts.flatMap((one) => fallbacks({ ...full, first: one }))) {
    const outcome = await run(launchOf(hello, machine), hello);
    if (outcome.end === 'exit' && outcome.exit === 0) {
      return { usable: true, status: usable(machine), machine };
    }
    words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
  }
  return unusable(`a working sandbox (${words})`, await remedyFor(words));
}

/** The first processes that this machine supports, the best first. */
async function firstProcesses(
  { nativeDir }: ProbeOptions,
  bash: string | undefined,
): Promise<FirstProcess[]> {
  const path = nativeDir === undefined ? undefined : await findHelper(nativeDir);
  const found: FirstProcess[] = [];
  if (path !== undefined) {
    const reachable = await isRunnableByAnyone(path);
    found.push(createHelper({ path, reachable, tasksPerNamespace, cgroups: findCgroupPlace() }));
  }
  if (bash !== undefined) found.push(createWrapper({ bash, tasksPerNamespace }));
  return found;
}

/**
 * The machine with all features, then with fewer: a bwrap before 0.8 cannot disable user namespaces, and root
 * in a container may be unable to switch to another user.
 */
function fallbacks(full: Machine): Machine[] {
  const without = { ...full, disableUserns: false };
  if (full.dropTo === undefined) return [full, without];
  return [full, without, { ...full, dropTo: undefined }, { ...without, dropTo: undefined }];
}

/** Succeeds if the root folder is read-only and there is no network. Runs long enough to be watched. */
const hello: SandboxJob = {
  argv: ['/bin/sh', '-c', '! (: > /probe) 2>/dev/null && [ ! -e /sys/class/net ] && sleep 0.02'],
  files: [],
  env: {},
  limits: { ...defaultLimits, wallMs: 10_000 },
};

function usable(machine: Machine): Extract<SandboxStatus, { usable: true }> {
  const { approximate } = machine.first;
  const notes: string[] = [];
  if (approximate)
    notes.push(
      `times and memory are approximate: without the compiled helper for ${process.platform}-${process.arch} they come from watching the processes`,
    );
  if (machine.seccomp === undefined) {
    notes.push(`no system call filter for ${process.arch}: memory in memfd is not limited`);
  }
  if (!machine.disableUserns)
    notes.push('bubblewrap cannot forbid user namespaces here; the system call filter does');
  if (!tasksPerNamespace)
    notes.push('this kernel cannot limit processes per sandbox, so Tiebreak counts them');
  const stack = maxStackBytes();
  if (stack < Number.POSITIVE_INFINITY)
    notes.push(
      `this system allows programs a stack of ${Math.floor(stack / 1024)} KiB only: raise the hard limit (ulimit -H -s) where the editor is started`,
    );
  if (machine.dropTo !== undefined) notes.push('running as root: programs run as "nobody"');
  else if (process.getuid?.() === 0) notes.push('running as root, and cannot switch to another user');
  return { usable: true, kind: 'bubblewrap', approximate, notes, talks: true };
}

function unusable(missing: string, remedy: string): Probe {
  return { usable: false, status: { usable: false, kind: 'bubblewrap', missing, remedy } };
}

function kernelIsAtLeast(major: number, minor: number): boolean {
  const [foundMajor = 0, foundMinor = 0] = release().split('.').map(Number);
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}

import { access } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../../core/run.ts';
import type { SandboxJob, SandboxOutcome, SandboxStatus } from '../sandbox.ts';
import { launchOf, type Launch, type Machine } from './arguments.ts';
import { findProgram } from '../find-program.ts';
import { installMend } from '../install.ts';
import { findCgroupPlace } from './cgroup.ts';
import type { FirstProcess } from './first-process.ts';
import { createHelper } from './helper.ts';
import { mendFor } from './mend.ts';
import { isRunnableByAnyone, systemMounts } from './mounts.ts';
import { seccompFilter } from './seccomp.ts';
import { createWrapper } from './wrapper.ts';

/** What the probe found: a machine to run on, or what is missing. */
export type Probe =
  | {
      readonly usable: true;
      readonly status: Extract<SandboxStatus, { usable: true }>;
      readonly machine: Machine;
    }
  | { readonly usable: false; readonly status: Extract<SandboxStatus, { usable: false }> };

export type RunLaunch = (launch: Launch, job: SandboxJob) => Promise<SandboxOutcome>;

/** Where to look. */
export interface ProbeOptions {
  /** The folder of the compiled helpers, `PLATFORM-ARCHITECTURE/helper` in it; without it, or one, figures are approximate. */
  readonly nativeDir: string | undefined;
}

/** RLIMIT_NPROC counts per user namespace (Linux 5.14); before, it would count the person's whole session. */
const tasksPerNamespace = kernelIsAtLeast(5, 14);

/** "nobody" on every Linux: owns no file and has no rights. */
const nobody = 65_534;

/** Finds the programs, then runs one for real: only a sandbox that has held once is called usable. */
export async function probe(options: ProbeOptions, run: RunLaunch): Promise<Probe> {
  const [bwrap, bash, setpriv] = await Promise.all(['bwrap', 'bash', 'setpriv'].map(findProgram));
  if (bwrap === undefined)
    return unusable('the program "bwrap" (bubblewrap)', await installMend('bubblewrap'));
  const firsts = await firstProcesses(options, bash);
  const [first] = firsts;
  if (first === undefined) return unusable('the program "bash"', await installMend('bash'));
  const full: Machine = {
    bwrap,
    first,
    system: await systemMounts(),
    seccomp: seccompFilter(),
    disableUserns: true,
    dropTo: process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined,
    setpriv,
  };
  let words = '';
  for (const machine of firsts.flatMap((one) => fallbacks({ ...full, first: one }))) {
    const outcome = await run(launchOf(hello, machine), hello);
    if (outcome.end === 'exit' && outcome.exit === 0) {
      return { usable: true, status: usable(machine), machine };
    }
    words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
  }
  return unusable(`a sandbox cannot be made here: ${words}`, await mendFor(words));
}

/** The first processes that this machine can have, the best first. */
async function firstProcesses(
  { nativeDir }: ProbeOptions,
  bash: string | undefined,
): Promise<FirstProcess[]> {
  const path = nativeDir === undefined ? undefined : await readable(helperPath(nativeDir));
  const found: FirstProcess[] = [];
  if (path !== undefined) {
    const reachable = await isRunnableByAnyone(path);
    found.push(createHelper({ path, reachable, tasksPerNamespace, cgroups: findCgroupPlace() }));
  }
  if (bash !== undefined) found.push(createWrapper({ bash, tasksPerNamespace }));
  return found;
}

/** Where the compiled helper of a platform lies. */
function helperPath(nativeDir: string): string {
  return join(nativeDir, `${process.platform}-${process.arch}`, 'helper');
}

async function readable(path: string): Promise<string | undefined> {
  try {
    await access(path);
    return path;
  } catch {
    // Not built for this platform.
    return undefined;
  }
}

/**
 * The machine in full, then without what may be missing: a bwrap before 0.8 cannot disable user namespaces, and the root
 * of a container may have no other user to become.
 */
function fallbacks(full: Machine): Machine[] {
  const without = { ...full, disableUserns: false };
  if (full.dropTo === undefined) return [full, without];
  return [full, without, { ...full, dropTo: undefined }, { ...without, dropTo: undefined }];
}

/** Says hello from inside with the network gone and the root folder closed, and long enough to be seen by the watch. */
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
    notes.push(`no filter of system calls for ${process.arch}: memory in memfd is not bounded`);
  }
  if (!machine.disableUserns)
    notes.push('bubblewrap cannot forbid user namespaces here; the filter of system calls does');
  if (!tasksPerNamespace) notes.push('this kernel does not bound processes per sandbox; watching them does');
  if (machine.dropTo !== undefined) notes.push('running as root: programs run as "nobody"');
  else if (process.getuid?.() === 0) notes.push('running as a root that cannot become another user');
  return { usable: true, kind: 'bubblewrap', approximate, notes };
}

function unusable(missing: string, mend: string): Probe {
  return { usable: false, status: { usable: false, kind: 'bubblewrap', missing, mend } };
}

function kernelIsAtLeast(major: number, minor: number): boolean {
  const [foundMajor = 0, foundMinor = 0] = release().split('.').map(Number);
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}

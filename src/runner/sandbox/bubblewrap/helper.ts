import { access } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { JobEnd, SandboxJob } from '../sandbox.ts';
import type { CgroupPlace } from './cgroup.ts';
import { createReportReader, signalName } from '../report.ts';
import type { FirstProcess, Report } from './firstProcess.ts';
import { jobRecords } from './records.ts';
import { createStarter } from './starter.ts';
import {
  dataLimit,
  descriptorsAllowed,
  filesAllowed,
  roomInFolders,
  taskLimit,
  terminalsAllowed,
  watchesAllowed,
  writableFolders,
} from '../limits.ts';
import { stackLimit } from '../stack.ts';

/** The helper's path inside the sandbox. Nothing there is writable once the sandbox is made. */
const inside = '/run/helper';

/** What the helper needs on a machine. */
export interface HelperParts {
  /** Path of the compiled native/helper.c on the host. */
  readonly path: string;
  /** See `OwnProgram.reachable`. */
  readonly reachable: boolean;
  /** RLIMIT_NPROC is usable: it counts per namespace. Otherwise it would count all processes of the user. */
  readonly tasksPerNamespace: boolean;
  /** Where to create a control group for each job, if possible. */
  readonly cgroups: CgroupPlace | undefined;
}

/**
 * The compiled first process. It enforces every limit by itself, and its figures come from the kernel. The
 * host only kills a job that the user cancels or whose helper does not respond. With control groups, the
 * kernel limits memory as well.
 */
export function createHelper({ path, reachable, tasksPerNamespace, cgroups }: HelperParts): FirstProcess {
  const starter = createStarter(path);
  return {
    approximate: false,
    program: { path, inside, reachable },
    waitsForHost: false,
    endsWithHost: true,
    needsCover: false,
    graceMs: 300,
    start: (launch, talks) => starter.start(launch, talks),
    command: () => [inside],
    records: (job) => jobRecords(job, optionsOf(job, tasksPerNamespace)),
    watch: cgroups === undefined ? undefined : (init, job) => cgroups.enter(init, job),
    readReport,
  };
}

/** The path of the compiled helper for Linux on this processor; `undefined` if it was not built. */
export async function findHelper(nativeDir: string): Promise<string | undefined> {
  const path = join(nativeDir, `linux-${process.arch}`, 'helper');
  try {
    await access(path);
    return path;
  } catch {
    // Not built for this processor.
    return undefined;
  }
}

/** The `options` of native/helper.c. */
function optionsOf(job: SandboxJob, tasksPerNamespace: boolean): string[] {
  return [
    ...Object.entries(numbers(job, tasksPerNamespace)).map(([name, value]) => `${name}=${value}`),
    ...writableFolders(job).map((folder) => `folder=${folder}`),
    ...(job.collect ?? []).map((file) => `collect=./${file}`),
  ];
}

function numbers(job: SandboxJob, tasksPerNamespace: boolean): Readonly<Record<string, number>> {
  const { limits } = job;
  const tasks = taskLimit(limits.processes);
  return {
    'cpu-us': Math.round(limits.cpuMs * 1000),
    'wall-us': Math.round(limits.wallMs * 1000),
    memory: limits.memoryBytes,
    data: dataLimit(job) ?? 0,
    stack: stackLimit(limits) ?? 0,
    file: limits.fileBytes,
    output: limits.outputBytes,
    processes: limits.processes,
    tasks,
    nproc: tasksPerNamespace ? tasks : 0,
    files: filesAllowed,
    room: roomInFolders(job),
    descriptors: descriptorsAllowed,
    watches: watchesAllowed,
    terminals: terminalsAllowed,
    channel: job.channel === true ? 1 : 0,
    live: job.talk === undefined ? 0 : 1,
  };
}

const ends = ['exit', 'cpu', 'memory', 'processes', 'wall', 'output', 'cancelled', 'failed'] as const;
ends satisfies readonly JobEnd[];

/** The helper's report, one line of JSON. */
const lineSchema = z.strictObject({
  end: z.enum(ends),
  reason: z.string(),
  exit: z.int(),
  signal: z.int(),
  wallUs: z.number(),
  cpuUs: z.number(),
  peakBytes: z.number(),
  waitedUs: z.number(),
});

function readReport(bytes: Uint8Array): Report | undefined {
  const reader = createReportReader(bytes);
  const line = reader.line();
  const reported = line === undefined ? undefined : lineSchema.safeParse(parse(line)).data;
  if (reported === undefined) return undefined;
  return {
    end: reported.end,
    ...(reported.reason === '' ? {} : { reason: reported.reason }),
    exit: reported.exit < 0 ? null : reported.exit,
    signal: reported.signal === 0 ? null : (signalName(reported.signal) ?? `signal ${reported.signal}`),
    wallMs: reported.wallUs / 1000,
    cpuMs: reported.cpuUs / 1000,
    peakBytes: reported.peakBytes,
    waitedMs: reported.waitedUs / 1000,
    files: reader.files(),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The line is incomplete.
    return undefined;
  }
}

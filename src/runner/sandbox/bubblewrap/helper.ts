import * as z from 'zod';
import { scratchFolder, type JobEnd, type SandboxJob } from '../sandbox.ts';
import type { CgroupPlace } from './cgroup.ts';
import { createReportReader, signalName } from '../report.ts';
import { noUsage, type FirstProcess, type Report } from './first-process.ts';
import { dataLimit, filesAllowed, taskLimit } from '../limits.ts';

/** Where the helper lies inside. Nothing there can be written to once the sandbox is made. */
const inside = '/run/helper';

/** Where the programs can write. */
const writableFolders = [scratchFolder, '/tmp', '/dev/shm'];

/** What goes with the helper on a machine. */
export interface HelperParts {
  /** Path of the compiled native/helper.c on the host. */
  readonly path: string;
  /** See `OwnProgram.reachable`. */
  readonly reachable: boolean;
  /** RLIMIT_NPROC can be set: it would count the person's whole session otherwise. */
  readonly tasksPerNamespace: boolean;
  /** Where a control group can be made for each job, if anywhere. */
  readonly cgroups: CgroupPlace | undefined;
}

/**
 * The compiled first process: it keeps every limit by itself and its figures are the kernel's. The host only ends a job
 * that the person cancels, and one whose helper does not answer; with control groups the kernel bounds memory as well.
 */
export function createHelper({ path, reachable, tasksPerNamespace, cgroups }: HelperParts): FirstProcess {
  const waitsForWord = cgroups !== undefined;
  return {
    approximate: false,
    program: { path, inside, reachable },
    waitsForWord,
    endsWithHost: true,
    graceMs: 300,
    command: (job, stdin) => [
      inside,
      ...Object.entries(options(job, tasksPerNamespace)).map(([name, value]) => `${name}=${value}`),
      ...(waitsForWord ? ['wait=1'] : []),
      `stdin=${stdin}`,
      ...writableFolders.map((folder) => `folder=${folder}`),
      ...(job.collect ?? []).map((file) => `collect=./${file}`),
      '--',
      ...job.argv,
    ],
    watch: (init, limits) => cgroups?.enter(init, limits) ?? { stop: () => noUsage },
    readReport,
  };
}

/** The numbers among `options` in native/helper.c. */
function options(job: SandboxJob, tasksPerNamespace: boolean): Readonly<Record<string, number>> {
  const { limits } = job;
  const tasks = taskLimit(limits.processes);
  return {
    'cpu-us': Math.round(limits.cpuMs * 1000),
    'wall-us': Math.round(limits.wallMs * 1000),
    memory: limits.memoryBytes,
    data: dataLimit(job) ?? 0,
    file: limits.fileBytes,
    output: limits.outputBytes,
    processes: limits.processes,
    tasks,
    nproc: tasksPerNamespace ? tasks : 0,
    files: filesAllowed,
    channel: job.channel === true ? 1 : 0,
  };
}

const ends = ['exit', 'cpu', 'memory', 'processes', 'wall', 'output', 'cancelled', 'failed'] as const;
ends satisfies readonly JobEnd[];

/** The helper's line of JSON. */
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
  let line = reader.line();
  if (line === 'ready') line = reader.line();
  const told = line === undefined ? undefined : lineSchema.safeParse(parse(line)).data;
  if (told === undefined) return undefined;
  return {
    end: told.end,
    ...(told.reason === '' ? {} : { reason: told.reason }),
    exit: told.exit < 0 ? null : told.exit,
    signal: told.signal === 0 ? null : (signalName(told.signal) ?? `signal ${told.signal}`),
    wallMs: told.wallUs / 1000,
    cpuMs: told.cpuUs / 1000,
    peakBytes: told.peakBytes,
    waitedMs: told.waitedUs / 1000,
    files: reader.files(),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that was cut off is no report.
    return undefined;
  }
}

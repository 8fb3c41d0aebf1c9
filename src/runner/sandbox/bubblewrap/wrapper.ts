import type { SandboxJob } from '../sandbox.ts';
import { createReportReader, exitOrSignal, timesToMs } from '../report.ts';
import type { FirstProcess, Report } from './firstProcess.ts';
import { startSandbox } from './process.ts';
import { dataLimit, taskLimit } from '../limits.ts';
import { stackWord } from '../stack.ts';
import { watchTree } from './watch.ts';

// The first process inside the sandbox, without a compiled helper: a bash script. It closes inherited
// descriptors, sets the limits that the kernel enforces, waits for the host's signal, runs the program, and
// reports on its own descriptor. The host gives the signal only while it is alive and watching; from then on,
// every process here dies with it. A program of the same user could rewrite the script in memory, and so its own
// exit status: hence its memory is covered in /proc, and the system call filter refuses ptrace and its like.

/**
 * Arguments: stdin's path or "-" for the own input, whether the channel stays open, CPU seconds, file KiB, data KiB, tasks, stack KiB, the
 * number of paths to collect, these paths, the program and its arguments. If a limit cannot be set, a lower limit is
 * already in effect. `exec` runs the program even if a builtin has the same name.
 */
const script = `
exec 9>&2 2>/dev/null
for fd in /proc/self/fd/*; do
  fd=\${fd##*/}
  case $fd in 0|1|2|3|4|9) ;; *) eval "exec $fd>&-" ;; esac
done
export -n PWD OLDPWD SHLVL _
input=$1 channel=$2 count=$8
if [ "$input" = - ]; then exec 8<&0; else exec 8<"$input"; fi
ulimit -c 0; ulimit -i 1024; ulimit -n 512; ulimit -t "$3"; ulimit -f "$4"; ulimit -d "$5"; ulimit -u "$6"; ulimit -s "$7"
shift 8
collect=("\${@:1:count}"); shift "$count"
[ "$channel" = open ] || exec 3>&-
printf 'ready\\n' >&4; read -r -N 1 <&4 || exit 125
start=$EPOCHREALTIME
( exec -- "$@" ) <&8 2>&9 8<&- 9>&- 4>&-
code=$?
printf 'end %s %s %s\\n' "$code" "$start" "$EPOCHREALTIME" >&4
times >&4
for index in "\${!collect[@]}"; do
  path=\${collect[index]}
  if [ -f "$path" ] && [ ! -L "$path" ]; then
    printf 'file %s %s\\n' "$index" "$(/usr/bin/stat -c %s -- "$path")" >&4
    /usr/bin/cat -- "$path" >&4
  fi
done
exit "$code"
`;

/** What the script needs to know about a machine. */
interface WrapperParts {
  readonly bash: string;
  /** RLIMIT_NPROC is usable: it counts per namespace. Otherwise it would count all processes of the user. */
  readonly tasksPerNamespace: boolean;
}

/** The first process if there is no compiled helper: limits by `ulimit` and by watching from outside. */
export function createWrapper(parts: WrapperParts): FirstProcess {
  return {
    approximate: true,
    program: undefined,
    waitsForHost: true,
    endsWithHost: false,
    needsCover: true,
    graceMs: 0,
    start: startSandbox,
    command: (job, stdin) => wrapperCommand(job, stdin, parts),
    watch: watchTree,
    readReport,
  };
}

function wrapperCommand(job: SandboxJob, stdin: string, { bash, tasksPerNamespace }: WrapperParts): string[] {
  const { limits } = job;
  const data = dataLimit(job);
  const collect = (job.collect ?? []).map((path) => `./${path}`);
  return [
    bash,
    '-c',
    script,
    'sandbox',
    job.talk === undefined ? stdin : '-',
    job.channel === true ? 'open' : 'closed',
    // A second line behind the watching: in whole seconds, with one second to spare.
    String(Math.ceil(limits.cpuMs / 1000) + 1),
    String(Math.ceil(limits.fileBytes / 1024)),
    data === undefined ? 'unlimited' : String(Math.ceil(data / 1024)),
    tasksPerNamespace ? String(taskLimit(limits.processes)) : 'unlimited',
    stackWord(limits),
    String(collect.length),
    ...collect,
    ...job.argv,
  ];
}

/** The watch adds memory and waiting time, which the script does not know. */
export function readReport(bytes: Uint8Array): Report | undefined {
  const reader = createReportReader(bytes);
  // "ready"
  reader.line();
  const [word, code, start, end] = reader.line()?.split(' ') ?? [];
  // The first line of `times` is the wrapper itself, the second its children.
  reader.line();
  const children = reader.line();
  if (word !== 'end' || children === undefined) return undefined;
  const ended = exitOrSignal(Number(code));
  return {
    end: ended.signal === 'SIGXCPU' ? 'cpu' : 'exit',
    ...ended,
    wallMs: between(start, end),
    cpuMs: timesToMs(children),
    peakBytes: 0,
    waitedMs: 0,
    files: reader.files(),
  };
}

function between(start: string | undefined, end: string | undefined): number | undefined {
  const ms = (Number(end) - Number(start)) * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

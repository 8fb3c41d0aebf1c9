import { scratchFolder, type SandboxJob } from '../sandbox.ts';

// Runs a job through standard input and output only, for sandboxes that pass no descriptors and share no
// folder: a shell script writes the files, runs the job, and prints its status, outputs and collected files
// one after the other.

/** The folder for outputs while the program runs; outside of its working folder. */
const outputs = '/tmp/.tiebreak';

/** In the order in which they are printed, before the collected files. */
export const streamNames = ['stdout', 'stderr', 'channel'] as const;

/**
 * The script for `sh`. All of it is inside a function, so that the shell has read it completely before the
 * job starts. `prepare` runs before the program and sets limits. Needs `base64`, `wc`, `cat` and `head`.
 */
export function jobScript(job: SandboxJob, { argv, prepare = '' }: ScriptParts): string {
  const { limits } = job;
  const out = (name: string): string => `${outputs}/${name}`;
  const lines = [
    'main() {',
    `mkdir -p ${outputs} && cd ${scratchFolder} || exit 125`,
    ...job.files.flatMap((file) => layOut(`./${file.path}`, file)),
    ...layOut(out('stdin'), { bytes: bytesOf(job.stdin ?? '') }),
    'echo ready',
    `( ${prepare} ${job.channel === true ? '' : 'exec 3>&-;'} exec ${argv.map(quoted).join(' ')} )` +
      ` <${out('stdin')} >${out('stdout')} 2>${out('stderr')} 3>${out('channel')}`,
    'echo "end $?"',
    'times',
    // With version 2 of control groups, a container sees its own accounting here.
    'echo "memory $(cat /sys/fs/cgroup/memory.peak 2>/dev/null || echo 0) $(sed -n "s/^oom_kill //p" /sys/fs/cgroup/memory.events 2>/dev/null || echo 0)"',
    ...streamNames.map((name, index) => printed(index, out(name), limits.outputBytes + 1)),
    ...(job.collect ?? []).map((path, index) =>
      printed(streamNames.length + index, `./${path}`, limits.fileBytes),
    ),
    '}',
    'main',
    '',
  ];
  return lines.join('\n');
}

interface ScriptParts {
  /** The job's command inside the sandbox. */
  readonly argv: readonly string[];
  readonly prepare?: string;
}

/** Writes a file as base64 piped to a decoder, so that no byte of it can be read as a command. */
function layOut(path: string, file: SandboxJob['files'][number] | { bytes: Uint8Array }): string[] {
  const bytes = 'bytes' in file ? file.bytes : bytesOf(file.text);
  const mode = 'mode' in file && file.mode !== undefined ? file.mode & 0o777 : 0o644;
  const place = quoted(path);
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return [
    `mkdir -p "$(dirname ${place})"`,
    `base64 -d >${place} <<'.'`,
    ...lines,
    '.',
    `chmod ${mode.toString(8)} ${place}`,
  ];
}

/** Prints a regular file in the format of `createReportReader`; skips links. */
function printed(index: number, path: string, maxBytes: number): string {
  const place = quoted(path);
  const size = `$(head -c ${maxBytes} ${place} | wc -c | tr -d ' ')`;
  return `[ -f ${place} ] && [ ! -L ${place} ] && { echo "file ${index} ${size}"; head -c ${maxBytes} ${place}; }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

import { scratchFolder, type SandboxJob } from '../sandbox.ts';

// A job through nothing but standard input and output, for sandboxes that pass no descriptors and share no folder: a
// shell's program lays the files out, runs the job, and prints status, outputs and wanted files one after the other.

/** Where the outputs go while the program runs; outside of its working folder. */
const outputs = '/tmp/.tiebreak';

/** In the order in which they are printed, before the files to collect. */
export const streamNames = ['stdout', 'stderr', 'channel'] as const;

/**
 * The program for `sh`, all of it inside a function: the shell has read it to its end before the job starts. `prepare`
 * stands before the program and sets limits. Needs `base64`, `wc`, `cat` and `head`.
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
    // Version 2 of control groups shows a container its own account here.
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
  /** The job's command as it is inside. */
  readonly argv: readonly string[];
  readonly prepare?: string;
}

/** A file as base64 behind a command that decodes it; no byte of it can be read as a command. */
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

/** Prints a regular file as `createReportReader` reads it; a link is none. */
function printed(index: number, path: string, mostBytes: number): string {
  const place = quoted(path);
  const size = `$(head -c ${mostBytes} ${place} | wc -c | tr -d ' ')`;
  return `[ -f ${place} ] && [ ! -L ${place} ] && { echo "file ${index} ${size}"; head -c ${mostBytes} ${place}; }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

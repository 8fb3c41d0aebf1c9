import type { SandboxFile, SandboxJob } from '../sandbox.ts';
import { frameHead } from './frames.ts';

/** The letters of `take_job` in native/helper.c. */
type Letter = 'o' | 'a' | 'e' | 'p' | 'f' | 'i' | 'l' | 's';

/** Throws for a text with a NUL character, which no program can get. */
export function jobRecords(job: SandboxJob, options: readonly string[]): Uint8Array[] {
  return [
    ...options.flatMap((option) => textRecord('o', option)),
    ...job.argv.flatMap((argument) => textRecord('a', argument)),
    ...Object.entries(job.env).flatMap(([name, value]) => textRecord('e', `${name}=${value}`)),
    ...job.files.flatMap((file) => [
      ...textRecord('p', file.path),
      ...record('f', bytesOf(file), modeOf(file)),
    ]),
    ...(job.stdin === undefined ? [] : record('i', toBytes(job.stdin))),
    ...record('s', new Uint8Array()),
  ];
}

/** The list of forbidden system calls, to send before the job where the helper applies it itself. */
export function filterRecord(filter: Uint8Array): Uint8Array[] {
  return record('l', filter);
}

function record(letter: Letter, content: Uint8Array, value = 0): Uint8Array[] {
  return [frameHead(letter.charCodeAt(0), value, content.byteLength), content];
}

function textRecord(letter: Letter, text: string): Uint8Array[] {
  if (text.includes('\0')) throw new RangeError(`${JSON.stringify(text)} must be a text without null bytes`);
  return record(letter, toBytes(text));
}

export function bytesOf(file: SandboxFile): Uint8Array {
  return 'bytes' in file ? file.bytes : toBytes(file.text);
}

/** The permissions of a file in a job's scratch folder. */
export function modeOf(file: SandboxFile): number {
  return ('bytes' in file ? (file.mode ?? 0o644) : 0o644) & 0o777;
}

export function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

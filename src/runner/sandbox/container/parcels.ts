import { seccompFilter } from '../bubblewrap/seccomp.ts';
import type { SandboxFile, SandboxJob } from '../sandbox.ts';

// The other direction of `frames.ts`: the helper reads a job's files, its input and the list of forbidden system calls from
// standard input. `struct parcel` in native/helper.c is the head of each: four numbers of 32 bits, then the name, then the
// bytes. Both processors that the helper is compiled for are little-endian.

const kinds = { last: 0, file: 1, input: 2, filter: 3 } as const;

interface Parcel {
  readonly kind: keyof typeof kinds;
  readonly mode?: number;
  readonly name?: string;
  readonly bytes?: Uint8Array;
}

/** What the helper needs to read before it starts the job's program. `architecture` is that of the container. */
export function parcelsOf(job: SandboxJob, architecture: NodeJS.Architecture = process.arch): Uint8Array {
  const filter = seccompFilter(architecture);
  return Buffer.concat([
    ...job.files.flatMap((file) => packed(fileParcel(file))),
    ...packed({ kind: 'input', bytes: toBytes(job.stdin ?? '') }),
    ...(filter === undefined ? [] : packed({ kind: 'filter', bytes: filter })),
    ...packed({ kind: 'last' }),
  ]);
}

function fileParcel(file: SandboxFile): Parcel {
  return 'bytes' in file
    ? { kind: 'file', name: file.path, mode: file.mode ?? 0o644, bytes: file.bytes }
    : { kind: 'file', name: file.path, mode: 0o644, bytes: toBytes(file.text) };
}

function packed({ kind, mode = 0, name = '', bytes = new Uint8Array() }: Parcel): Uint8Array[] {
  const named = toBytes(name);
  const head = Buffer.alloc(16);
  [kinds[kind], mode, named.length, bytes.length].forEach((value, index) =>
    head.writeUInt32LE(value, 4 * index),
  );
  return [head, named, bytes];
}

function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

import type { EventEmitter } from 'node:events';

/** A stream, or what emits its events: `data` with a `Buffer`, then `close` or `error`. */
export type Output = EventEmitter;

/** Bytes read from a stream, up to a cap. */
export interface Captured {
  /** What was kept so far. */
  bytes(): Uint8Array;
  readonly ended: Promise<void>;
}

/** Reads a stream to its end and keeps the first `cap` bytes; calls `onOverflow` once if there are more. */
export function capture(stream: Output, cap: number, onOverflow: () => void): Captured {
  const chunks: Buffer[] = [];
  let size = 0;
  let over = false;
  stream.on('data', (chunk: Buffer) => {
    if (over) return;
    chunks.push(chunk.subarray(0, cap - size));
    size += chunk.length;
    if (size > cap) {
      over = true;
      onOverflow();
    }
  });
  const ended = new Promise<void>((resolve) => {
    stream.once('close', resolve);
    // A reset by a killed process counts as a normal end.
    stream.once('error', () => resolve());
  });
  return { bytes: () => Buffer.concat(chunks), ended };
}

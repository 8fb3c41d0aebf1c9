import { constants } from 'node:os';

// Reads the reports of the processes that watch over a job: lines, with files between them.

/** Reads a report's lines and the files between them. */
export function createReportReader(bytes: Uint8Array): {
  line(): string | undefined;
  files(): ReadonlyMap<number, Uint8Array>;
} {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  const line = (): string | undefined => {
    const end = buffer.indexOf(0x0a, offset);
    if (end === -1) return undefined;
    const text = buffer.toString('latin1', offset, end);
    offset = end + 1;
    return text;
  };
  return {
    line,
    /** Reads `file INDEX SIZE` followed by that many bytes, repeated to the end. */
    files() {
      const files = new Map<number, Uint8Array>();
      for (let head = line(); head !== undefined; head = line()) {
        const [, index, size] = head.split(' ').map(Number);
        if (index === undefined || size === undefined || !(offset + size <= buffer.length)) break;
        files.set(index, buffer.subarray(offset, offset + size));
        offset += size;
      }
      return files;
    },
  };
}

/** If a signal has two names, the first, which is the usual one: SIGABRT rather than SIGIOT. */
const signalNames = new Map<number, string>(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

export function signalName(number: number): string | undefined {
  return signalNames.get(number);
}

/** `0m0.018s 0m0.011s` → 29. */
export function timesToMs(line: string): number {
  let ms = 0;
  for (const [, minutes, seconds] of line.matchAll(/(\d+)m(\d+[.,]\d+)s/g)) {
    ms += Number(minutes) * 60_000 + Number(seconds!.replace(',', '.')) * 1000;
  }
  return Math.round(ms);
}

/**
 * A shell reports 128 + n for a program that signal n killed. A program can also choose that exit code: the
 * two are indistinguishable.
 */
export function exitOrSignal(code: number): { exit: number | null; signal: string | null } {
  const signal = code > 128 ? signalName(code - 128) : undefined;
  return signal === undefined ? { exit: code, signal: null } : { exit: null, signal };
}

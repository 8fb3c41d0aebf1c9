import { createReadStream } from 'node:fs';

const newline = 0x0a;

/** A line of a file, without its newline. */
export interface RecordLine {
  readonly text: string;
  /** The offset of its first byte in the file. */
  readonly start: number;
  /** Whether the line ends with a newline: a line that was only half written does not. */
  readonly isWhole: boolean;
}

/** The lines of a file, of any length, one in memory at a time. Rejects if the file cannot be read. */
export async function* recordLines(path: string): AsyncGenerator<RecordLine> {
  let begun: Buffer[] = [];
  let start = 0;
  const line = (last: Buffer, isWhole: boolean): RecordLine => {
    const bytes = Buffer.concat([...begun, last]);
    const read = { text: bytes.toString('utf8'), start, isWhole };
    begun = [];
    start += bytes.length + 1;
    return read;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      yield line(chunk.subarray(from, end), true);
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield line(Buffer.alloc(0), false);
}

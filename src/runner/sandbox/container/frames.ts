import { PassThrough, type Readable } from 'node:stream';

// A container engine passes only standard input and output. The compiled helper therefore writes frames: the number of
// the program's descriptor (1 to 3), the size in four bytes, and so many bytes. The number 4 begins the report, which is
// all the rest.

const headBytes = 5;
const reportNumber = 4;

/** The streams of a job. */
export interface JobStreams {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly channel: Readable;
  readonly report: Readable;
}

/** Splits the output of a container into the streams of the job. All of them end with the output. */
export function splitFrames(output: Readable): JobStreams {
  const streams = [new PassThrough(), new PassThrough(), new PassThrough(), new PassThrough()] as const;
  const [stdout, stderr, channel, report] = streams;
  let head = Buffer.alloc(0);
  let target: PassThrough | undefined;
  let left = 0;

  /** Takes what belongs to one frame from the beginning of the bytes, and returns the rest. */
  function take(bytes: Buffer): Buffer {
    if (target !== undefined) {
      const part = bytes.subarray(0, left);
      target.write(part);
      left -= part.length;
      if (left === 0) target = undefined;
      return bytes.subarray(part.length);
    }
    const known = head.length;
    head = Buffer.concat([head, bytes.subarray(0, headBytes - known)]);
    if (head[0] === reportNumber) {
      target = report;
      left = Number.POSITIVE_INFINITY;
      return bytes.subarray(1 - known);
    }
    if (head.length < headBytes) return bytes.subarray(bytes.length);
    target = streams[head[0]! - 1];
    left = head.readUInt32LE(1);
    if (target === undefined || left === 0)
      throw new RangeError('the container printed something else than its helper prints');
    head = Buffer.alloc(0);
    return bytes.subarray(headBytes - known);
  }

  output.on('data', (chunk: Buffer) => {
    try {
      for (let rest = chunk; rest.length > 0;) rest = take(rest);
    } catch {
      // Without a report, the job counts as failed.
      output.destroy();
    }
  });
  const endAll = (): void => streams.forEach((stream) => stream.end());
  output.once('close', endAll);
  output.once('error', endAll);
  return { stdout, stderr, channel, report };
}

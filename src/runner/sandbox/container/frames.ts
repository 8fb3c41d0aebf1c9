import { PassThrough, type Readable } from 'node:stream';
import { frameReader } from '../bubblewrap/frames.ts';

// A container engine passes only standard input and output. The compiled helper therefore writes the frames that it sends to a
// socket elsewhere: their kinds are the numbers of the streams, from 1 on.

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
  const read = frameReader(2, ([kind], content) => {
    const stream = streams[kind! - 1];
    // Something else than the helper has printed. Without a report, the job counts as failed.
    if (stream === undefined) output.destroy();
    else stream.write(content);
  });
  output.on('data', read);
  const endAll = (): void => streams.forEach((stream) => stream.end());
  output.once('close', endAll);
  output.once('error', endAll);
  return { stdout, stderr, channel, report };
}

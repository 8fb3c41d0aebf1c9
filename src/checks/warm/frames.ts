import type { Output } from '../../runner/sandbox/output.ts';

// The messages between the host and a checker that stays up: the length in four bytes, followed by JSON.

const headBytes = 4;

/** One message. */
export function frame(message: object): Uint8Array {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/**
 * Calls `onMessage` with the text of each message of a stream. The stream is hostile: `onTooLong` is called once for a
 * message of more than `most` bytes, and the rest of the stream is ignored.
 */
export function readFrames(
  stream: Output,
  most: number,
  { onMessage, onTooLong }: { onMessage: (text: string) => void; onTooLong: () => void },
): void {
  let pieces: Buffer[] = [];
  let size = 0;
  let wanted = headBytes;
  let isHead = true;
  const take = (): void => {
    while (size >= wanted) {
      const all = Buffer.concat(pieces);
      const part = all.subarray(0, wanted);
      pieces = [all.subarray(wanted)];
      size -= wanted;
      wanted = isHead ? part.readUInt32BE() : headBytes;
      isHead = !isHead;
      if (isHead) onMessage(part.toString());
      else if (wanted > most) return stop();
    }
  };
  const stop = (): void => {
    stream.off('data', read);
    onTooLong();
  };
  const read = (piece: Buffer): void => {
    pieces.push(piece);
    size += piece.length;
    take();
  };
  stream.on('data', read);
}

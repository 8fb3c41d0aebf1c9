/** The content of a frame, and the numbers of its head without the size. */
export type OnFrame = (numbers: readonly number[], content: Buffer) => void;

const numberBytes = 4;

/**
 * A head of numbers of four bytes, little-endian as on every machine that the helper runs on. The last number is the size
 * of the content that follows.
 */
export function frameHead(...numbers: readonly number[]): Buffer {
  const head = Buffer.allocUnsafe(numbers.length * numberBytes);
  numbers.forEach((number, index) => head.writeUInt32LE(number, index * numberBytes));
  return head;
}

/** Reads frames with heads of `length` numbers from pieces of any size. */
export function frameReader(length: number, onFrame: OnFrame): (piece: Buffer) => void {
  const headBytes = length * numberBytes;
  let begun: Buffer[] = [];
  let missing = headBytes;
  return (piece) => {
    begun.push(piece);
    missing -= piece.length;
    // Joins pieces only once a whole frame is there.
    if (missing > 0) return;
    const bytes = begun.length === 1 ? piece : Buffer.concat(begun);
    let at = 0;
    let wanted = headBytes;
    while (bytes.length - at >= headBytes) {
      const size = bytes.readUInt32LE(at + headBytes - numberBytes);
      wanted = headBytes + size;
      if (bytes.length - at < wanted) break;
      const numbers = Array.from({ length: length - 1 }, (_, index) =>
        bytes.readUInt32LE(at + index * numberBytes),
      );
      onFrame(numbers, bytes.subarray(at + headBytes, at + wanted));
      at += wanted;
      wanted = headBytes;
    }
    const rest = bytes.subarray(at);
    begun = rest.length === 0 ? [] : [rest];
    missing = wanted - rest.length;
  };
}

import { inflateSync } from 'node:zlib';

/** Maximum size of unpacked tests in bytes: the file may be hostile. */
const longestTests = 64 << 20;

/**
 * Decodes LiveCodeBench's private tests: a pickled string, compressed with zlib, in base 64; `undefined` for anything
 * else. The pickle is not executed: only the opcodes of one string are read.
 */
export function unpackTests(packed: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(packed)) return undefined;
  try {
    return pickledText(inflateSync(Buffer.from(packed, 'base64'), { maxOutputLength: longestTests }));
  } catch {
    return undefined;
  }
}

/** The string after the opcode SHORT_BINUNICODE, BINUNICODE or BINUNICODE8, which follows PROTO and FRAME. */
function pickledText(bytes: Buffer): string | undefined {
  let at = bytes[0] === 0x80 ? 2 : 0;
  if (bytes[at] === 0x95) at += 9;
  const lengths: Readonly<Record<number, () => readonly [start: number, length: number]>> = {
    0x8c: () => [at + 2, bytes.readUInt8(at + 1)],
    0x58: () => [at + 5, bytes.readUInt32LE(at + 1)],
    0x8d: () => [at + 9, Number(bytes.readBigUInt64LE(at + 1))],
  };
  const found = lengths[bytes[at] ?? 0]?.();
  return found === undefined ? undefined : bytes.toString('utf8', found[0], found[0] + found[1]);
}

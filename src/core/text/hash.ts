import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonicalJson.ts';

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits. */
export function textHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of a value's canonical JSON: equal content, equal hash, whatever the order of the keys. */
export function contentHash(value: unknown): string {
  return textHash(canonicalJson(value));
}

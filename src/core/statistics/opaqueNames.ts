import { textHash } from '../text/hash.ts';

const fewestDigits = 4;

/**
 * Evaluator → an opaque name such as `E-3fa9`, because an id may be a person's name. An id has the same opaque name in
 * every list and on every machine; the name is longer only if two names would be equal.
 */
export function opaqueNames(evaluators: readonly string[]): Map<string, string> {
  const hashes = new Map(evaluators.map((evaluator) => [evaluator, textHash(`evaluator ${evaluator}`)]));
  let digits = fewestDigits;
  while (new Set([...hashes.values()].map((hash) => hash.slice(0, digits))).size < hashes.size) digits += 1;
  return new Map([...hashes].map(([evaluator, hash]) => [evaluator, `E-${hash.slice(0, digits)}`]));
}

import { textHash } from './hash.ts';

const fewestDigits = 4;

/**
 * Evaluator → a name that tells nothing of them, such as `E-3fa9`: an id may be somebody's name. The same for the same
 * id in every list and on every machine; longer only where two would be alike.
 */
export function opaqueNames(evaluators: readonly string[]): Map<string, string> {
  const hashes = new Map(evaluators.map((evaluator) => [evaluator, textHash(`evaluator ${evaluator}`)]));
  let digits = fewestDigits;
  while (new Set([...hashes.values()].map((hash) => hash.slice(0, digits))).size < hashes.size) digits += 1;
  return new Map([...hashes].map(([evaluator, hash]) => [evaluator, `E-${hash.slice(0, digits)}`]));
}

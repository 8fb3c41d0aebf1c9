import { textHash } from './hash.ts';

/** Returns the next number of a sequence, at least 0 and less than 1. */
export type Random = () => number;

/**
 * A sequence of random numbers that is the same for the same seed, on every machine. The generator is sfc32 (Chris
 * Doty-Humphrey, PractRand), its state 96 bits of the seed's SHA-256.
 */
export function seededRandom(seed: string): Random {
  const hash = textHash(seed);
  let [a = 0, b = 0, c = 0] = [0, 8, 16].map((at) => Number.parseInt(hash.slice(at, at + 8), 16) | 0);
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
}

/** A whole number of at least 0 and less than `below`. */
export function randomIndex(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** The same items in a random order (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomIndex(random, last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

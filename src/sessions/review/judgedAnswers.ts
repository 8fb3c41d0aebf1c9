import { codeHash } from '../../core/task/codeHash.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { Side } from '../../core/task/side.ts';
import type { Case } from '../../core/task/task.ts';
import type { ShownAnswer } from './answers.ts';

/** The answers and cases that are run and checked. */
export interface Judged {
  readonly answers: readonly ShownAnswer[];
  readonly cases: readonly Case[];
}

/** Ids of the cases that were removed, or that were replaced under the same id. */
export function changedCases(before: Judged, now: Judged): string[] {
  const hashes = new Map(now.cases.map((testCase) => [testCase.id, contentHash(testCase)]));
  return before.cases
    .filter((testCase) => hashes.get(testCase.id) !== contentHash(testCase))
    .map(({ id }) => id);
}

/** Sides whose reading of the answer changed. */
export function changedSides(before: Judged, now: Judged): Side[] {
  const hashes = new Map(before.answers.map(({ side, files }) => [side, codeHash(files)]));
  return now.answers
    .filter(({ side, files }) => hashes.get(side) !== codeHash(files))
    .map(({ side }) => side);
}

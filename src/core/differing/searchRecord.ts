import * as z from 'zod';
import { runSchema } from '../run/run.ts';
import { contentHash } from '../text/hash.ts';
import { differencesSchema } from './record.ts';
import { differenceClasses } from './outcome.ts';

/** What the evaluator says of an input on which the answers differ. */
export const witnessDecisionSchema = z.discriminatedUnion('kind', [
  /** The prompt allows the input, and a case of the review says what it expects. */
  z.strictObject({ kind: z.literal('allowed'), caseId: z.string() }),
  /** The prompt excludes the input. */
  z.strictObject({ kind: z.literal('not-allowed') }),
  /** The prompt does not say whether the input is allowed, or what it should give. */
  z.strictObject({ kind: z.literal('unsaid') }),
]);
export type WitnessDecision = z.infer<typeof witnessDecisionSchema>;

/** An input on which the answers differ, and the decision on it. */
const searchedWitnessSchema = z.strictObject({
  /** The case of the search's runs that runs the input. */
  caseId: z.string(),
  class: z.enum(differenceClasses),
  withinBounds: z.boolean(),
  decision: witnessDecisionSchema.optional(),
});

/** A search for differences between the answers of a review, with everything that is needed to repeat it. */
export const searchSchema = z.strictObject({
  id: z.string(),
  /** ISO 8601 in UTC. */
  at: z.iso.datetime(),
  /** The answers as they were searched, `[A, B]`. */
  answers: z.array(z.strictObject({ answerId: z.string(), codeHash: z.string() })).length(2),
  ...differencesSchema.omit({ taskId: true, witnesses: true }).shape,
  /**
   * Tried no input outside of the bounds, because the evaluator had said that such an input is not allowed; absent if others
   * were tried as well.
   */
  staysWithinBounds: z.literal(true).optional(),
  /** At most five, the best first. */
  witnesses: z.array(searchedWitnessSchema),
  /** What each answer did with the witnesses; empty without witnesses. */
  runs: z.array(runSchema),
});
export type Search = z.infer<typeof searchSchema>;

/** The searches and a new one, which takes over the decisions on inputs that an earlier search found. */
export function withSearch(searches: readonly Search[], search: Search): Search[] {
  const decided = new Map(
    searches.flatMap((earlier) =>
      earlier.witnesses.map(({ caseId, decision }) => [inputKey(earlier, caseId), decision] as const),
    ),
  );
  const [taken] = mapWitnesses([search], (_search, { decision: _none, ...witness }) =>
    decidedAs(witness, decided.get(inputKey(search, witness.caseId))),
  );
  return [...searches, taken!];
}

/** The searches with the decision on an input replaced, wherever it was found; `null` drops the decision. */
export function withDecision(
  searches: readonly Search[],
  searchId: string,
  caseId: string,
  decision: WitnessDecision | null,
): Search[] {
  const found = searches.find(({ id }) => id === searchId);
  if (found === undefined) return [...searches];
  const key = inputKey(found, caseId);
  return mapWitnesses(searches, (search, { decision: before, ...witness }) =>
    decidedAs(witness, inputKey(search, witness.caseId) === key ? (decision ?? undefined) : before),
  );
}

/** The searches without the decisions that rest on a case that was removed. */
export function withoutCase(searches: readonly Search[], caseId: string): Search[] {
  return mapWitnesses(searches, (_search, { decision, ...witness }) => {
    const restsOnIt = decision?.kind === 'allowed' && decision.caseId === caseId;
    return decidedAs(witness, restsOnIt ? undefined : decision);
  });
}

type SearchedWitness = Search['witnesses'][number];

function decidedAs(
  witness: Omit<SearchedWitness, 'decision'>,
  decision: WitnessDecision | undefined,
): SearchedWitness {
  return decision === undefined ? witness : { ...witness, decision };
}

/** The same for two witnesses with the same input. */
function inputKey({ runs }: Search, caseId: string): string {
  const testCase = runs[0]?.cases.find(({ id }) => id === caseId);
  return testCase === undefined ? caseId : contentHash({ ...testCase, id: '' });
}

function mapWitnesses(
  searches: readonly Search[],
  change: (search: Search, witness: SearchedWitness) => SearchedWitness,
): Search[] {
  return searches.map((search) => ({
    ...search,
    witnesses: search.witnesses.map((witness) => change(search, witness)),
  }));
}

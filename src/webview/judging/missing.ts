import type { Model } from '../state/model.ts';
import { counted } from '../text/format.ts';

/** The parts that can be missing from a review, each with a link to it. */
export type Missing = 'preference' | 'scores' | 'rationale' | 'ideal' | 'case';

/** The parts that the task asks for and the draft does not have yet, in the order of the panel. */
export function missingIn({ state, asked }: Model): { readonly what: Missing; readonly text: string }[] {
  const { task, draft, ideal, cases } = state;
  if (!task || !draft || !asked) return [];
  const scores = task.answers.flatMap(({ side }) =>
    task.rubric.criteria.filter(({ id }) => draft.scores[side]?.[id] === undefined),
  );
  const isUnproved = !ideal || ideal.proof.state === 'missing';
  const hasWrongNotes = ideal?.findings.some(({ severity }) => severity === 'E') === true;
  const isMissing: readonly [isIt: boolean, what: Missing, text: string][] = [
    [asked.rank && draft.preference === null, 'preference', 'preference'],
    [asked.scores && scores.length > 0, 'scores', counted(scores.length, 'score')],
    [asked.judgement && draft.rationale.text.trim() === '', 'rationale', 'rationale'],
    [asked.ideal && isUnproved, 'ideal', 'a proved ideal'],
    [asked.ideal && hasWrongNotes, 'ideal', 'notes on the ideal'],
    [asked.cases && !cases?.cases.some(({ origin }) => origin !== 'task'), 'case', 'a case'],
  ];
  return isMissing.filter(([isIt]) => isIt).map(([, what, text]) => ({ what, text }));
}

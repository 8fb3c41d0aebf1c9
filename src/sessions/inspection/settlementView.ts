import { compareReviews } from '../../core/compareReviews.ts';
import { preferenceStatement, sides, toShown, type ShownOrder } from '../../core/preference.ts';
import type { Review } from '../../core/review.ts';
import type { PanelSettlement } from '../../protocol/inspection.ts';

type Difference = PanelSettlement['differences'][number];

/** The latest review of each evaluator, in the order of submission: one that a revision replaces speaks no more. */
export function standingReviews(reviews: readonly Review[]): Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    last.delete(review.evaluator);
    last.set(review.evaluator, review);
  }
  return [...last.values()];
}

/** What reviews are called where nobody may know who wrote them. */
export function reviewNames(reviews: readonly Review[], showsEvaluators: boolean): string[] {
  return reviews.map(({ evaluator }, index) => (showsEvaluators ? evaluator : `Evaluator ${index + 1}`));
}

/** The reviews as they are held side by side, in terms of the sides that the reviewer sees. */
export function shownReviews(
  reviews: readonly Review[],
  names: readonly string[],
  order: ShownOrder,
): PanelSettlement['reviews'] {
  return reviews.map((review, index) => ({
    reviewId: review.id,
    name: names[index]!,
    preference: review.preference === null ? null : toShown(review.preference, order),
    scores: Object.fromEntries(order.map((id, side) => [sides[side]!, review.scores[id] ?? {}])),
    rationale: review.rationale,
    isSwapped: review.shown[0] !== order[0],
    activeMs: review.activeMs,
  }));
}

/** Where the reviews differ, each as a line, and on what the difference most likely rests. */
export function shownDifferences(
  reviews: readonly Review[],
  names: readonly string[],
  order: ShownOrder,
): Pick<PanelSettlement, 'differences' | 'restsOn'> {
  const named = reviews.map((review, index) => ({ ...review, evaluator: names[index]! }));
  const { isSameDirection, strengthApart, facts, scores, flags, restsOn } = compareReviews(named);
  const side = (answerId: string): string => sides[order.indexOf(answerId)] ?? '?';
  const list = <T>(values: ReadonlyMap<string, T>): string =>
    names.map((name) => `${name}: ${values.has(name) ? String(values.get(name)) : 'none'}`).join(', ');
  const differences: Difference[] = [
    ...(isSameDirection ? [] : [{ kind: 'verdict' as const, text: verdicts(named, order) }]),
    ...(isSameDirection && (strengthApart ?? 0) > 0
      ? [
          {
            kind: 'verdict' as const,
            text: `The same verdict, ${strengthApart} apart in strength. ${verdicts(named, order)}`,
          },
        ]
      : []),
    ...facts.map(({ answerId, caseId, verdicts: ended }) => ({
      kind: 'fact' as const,
      text: `case ${caseId} of ${side(answerId)}. ${[...ended].map(([name, verdict]) => `${name}: ${verdict}`).join(', ')}`,
    })),
    ...flags.map(({ flag, raisedBy, notRaisedBy }) => ({
      kind: 'flag' as const,
      text: `${side(flag.answerId)}:${flag.startLine} ${flag.kind}: raised by ${raisedBy.join(', ')}, not by ${notRaisedBy.join(', ')}`,
    })),
    ...scores.map(({ answerId, criterion, scores: given }) => ({
      kind: 'score' as const,
      text: `${criterion} of ${side(answerId)}. ${list(given)}`,
    })),
  ];
  return { differences, ...(restsOn === undefined ? {} : { restsOn }) };
}

function verdicts(reviews: readonly Review[], order: ShownOrder): string {
  const said = ({ preference }: Review): string =>
    preference === null ? 'no verdict' : preferenceStatement(toShown(preference, order)).replaceAll('@', '');
  return reviews.map((review) => `${review.evaluator}: ${said(review)}`).join('; ');
}

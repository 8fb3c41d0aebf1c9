import { compareReviews } from '../../core/inspection/compareReviews.ts';
import { preferenceStatement, toShown, type ShownOrder } from '../../core/task/preference.ts';
import { sides } from '../../core/task/side.ts';
import { swapSides } from '../../core/text/swapSides.ts';
import type { Review } from '../../core/review/review.ts';
import type { PanelSettlement } from '../../protocol/inspection.ts';

type Difference = PanelSettlement['differences'][number];

/** The latest review of each evaluator, in the order of submission. Reviews that were revised are left out. */
export function pairReviewsInEffect(reviews: readonly Review[]): Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    last.delete(review.evaluator);
    last.set(review.evaluator, review);
  }
  return [...last.values()];
}

/** Names of the reviews; numbered if evaluators must not be shown. */
export function reviewNames(reviews: readonly Review[], showsEvaluators: boolean): string[] {
  return reviews.map(({ evaluator }, index) => (showsEvaluators ? evaluator : `Evaluator ${index + 1}`));
}

/** The reviews side by side, by the sides that the reviewer sees. */
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
    ...rationaleInOrder(review, order),
    activeMs: review.activeMs,
  }));
}

/** The rationale rewritten to the sides that the reviewer sees; the record keeps the evaluator's text. */
function rationaleInOrder(
  { rationale, shown }: Review,
  order: ShownOrder,
): Pick<PanelSettlement['reviews'][number], 'rationale' | 'isSwapped' | 'isUnsure'> {
  if (shown[0] === order[0]) return { rationale, isSwapped: false, isUnsure: false };
  const { text, isUnsure } = swapSides(rationale);
  return { rationale: text, isSwapped: true, isUnsure };
}

/** The differences between the reviews, a line each, and the most likely cause. */
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

/** The kinds of decisions on a review. */
export const decisionKinds = ['approve', 'send-back', 'correct', 'reject'] as const;

/** Why reviews of one task differ: facts, the weights of criteria, or taste. */
export const differenceKinds = ['facts', 'weights', 'taste'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

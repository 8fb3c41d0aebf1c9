/** The side an answer is shown on. */
export const sides = ['A', 'B'] as const;
export type Side = (typeof sides)[number];

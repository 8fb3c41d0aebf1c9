export const flagKinds = [
  'wrong',
  'hallucinated-api',
  'unsafe',
  'games-tests',
  'misleading',
  'incomplete',
  'ignores-instructions',
] as const;
export type FlagKind = (typeof flagKinds)[number];

import type { Step, Trail } from './trail.ts';

/** The trail with one more step; unchanged if it already has the step. */
export function withStep(trail: Trail, step: Step): Trail {
  const isSame = ({ kind, what }: Step): boolean => kind === step.kind && what === step.what;
  if (step.kind === 'preference') return [...trail.filter((other) => !isSame(other)), step];
  return trail.some(isSame) ? trail : [...trail, step];
}

/** The steps before and after the last choice of the preference; without a choice, all steps are before. */
export function aroundDecision(trail: Trail): { before: Trail; decidedMs: number | undefined; after: Trail } {
  const at = trail.findLastIndex(({ kind }) => kind === 'preference');
  if (at === -1) return { before: trail, decidedMs: undefined, after: [] };
  return { before: trail.slice(0, at), decidedMs: trail[at]!.activeMs, after: trail.slice(at + 1) };
}

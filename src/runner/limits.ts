import { defaultLimits } from '../core/run.ts';
import type { FullLimits, Limits } from '../core/task.ts';

/**
 * Lays limits over the defaults, later ones over earlier. Where processor time is given and wall time is not, the wall
 * follows it: 3 × CPU + 2 s, which leaves room for a busy machine and still ends a program that sleeps.
 */
export function effectiveLimits(...layers: readonly (Limits | undefined)[]): FullLimits {
  const given: Partial<FullLimits> = {};
  for (const layer of layers) Object.assign(given, withoutAbsent(layer ?? {}));
  const wallMs = given.wallMs ?? (given.cpuMs === undefined ? defaultLimits.wallMs : 3 * given.cpuMs + 2000);
  return { ...defaultLimits, ...given, wallMs };
}

function withoutAbsent(limits: Limits): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

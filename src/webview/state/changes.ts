/** A change of the judgement that can be undone. */
export interface Change {
  readonly id: string;
  /** The target of the change, such as `preference`. */
  readonly target: string;
  /** The change in words, such as `Preference: A slightly better`. */
  readonly text: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The value of the target as the host sent it last. */
  readonly shown: () => unknown;
  readonly set: (value: unknown) => void;
}

/** The last step of each target, forward or back. The host may not have answered it yet. */
export type Steps = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;

/** The value of a target. Until the host has answered the last step, it is the value that the step set. */
export function valueOf(steps: Steps, target: string, shown: unknown): unknown {
  const step = steps[target];
  return step !== undefined && isSame(step.from, shown) ? step.to : shown;
}

/** Whether two values are equal, whatever the order of their fields. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return JSON.stringify(fields.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

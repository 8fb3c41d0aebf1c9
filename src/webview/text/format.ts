import type { Verdict } from '../core/run.ts';

/** A time for a person: `9 ms`, `1.2 s`. */
export function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A count with its noun: `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A size for a person, in decimal units: `9.1 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  if (bytes < 100_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes < 1_000_000_000
    ? `${Math.round(bytes / 1_000_000)} MB`
    : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** Minutes and seconds of active time: `4:12`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The time of day of an ISO date, on the person's clock. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB');
}

/** How a verdict looks: its codicon and the class of its colour. The word always stands beside it. */
export const verdictLook: Readonly<Record<Verdict, { icon: string; tone: string }>> = {
  pass: { icon: 'check', tone: 'ok' },
  fail: { icon: 'close', tone: 'bad' },
  error: { icon: 'error', tone: 'bad' },
  timeout: { icon: 'watch', tone: 'bad' },
  memory: { icon: 'database', tone: 'bad' },
  output: { icon: 'output', tone: 'bad' },
  unsupported: { icon: 'circle-slash', tone: 'dim' },
};

/** Any JSON value on one line, as a person would write it: `{"a": [1, "two"]}`. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shownValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${shownValue(member)}`,
  );
  return `{${members.join(', ')}}`;
}

export const flagNames = {
  wrong: 'Wrong',
  'hallucinated-api': 'Hallucinated API',
  unsafe: 'Unsafe',
  misleading: 'Misleading',
  incomplete: 'Incomplete',
  'ignores-instructions': 'Ignores instructions',
} as const;

export const decisionNames = {
  approve: 'Approve',
  'send-back': 'Send back',
  correct: 'Correct',
  reject: 'Reject',
} as const;

/** How a finding of a rule looks, and what its severity is called. */
export const severityLook = {
  E: { icon: 'error', tone: 'bad', name: 'blocks' },
  W: { icon: 'warning', tone: 'warn', name: 'warning' },
  I: { icon: 'info', tone: 'dim', name: 'note' },
} as const;

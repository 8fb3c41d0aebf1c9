import { isRecord } from '../../core/text/json.ts';
import type { Verdict } from '../../core/run/run.ts';
import { visibleJson } from '../../core/text/visible.ts';

/** `9 ms`, `1.2 s`. */
export function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** In decimal units: `9.1 MB`. */
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

/** The local time of day of an ISO date. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB');
}

/** The local time of an ISO date to the minute, with the day unless it is today: `14:32`, `28 Nov, 14:32`. */
export function moment(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === now.toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}

/** Codicon and colour class of a verdict. The word is always shown beside the icon. */
export const verdictStyles: Readonly<Record<Verdict, { icon: string; tone: string }>> = {
  pass: { icon: 'check', tone: 'ok' },
  fail: { icon: 'close', tone: 'bad' },
  error: { icon: 'error', tone: 'bad' },
  timeout: { icon: 'watch', tone: 'bad' },
  memory: { icon: 'database', tone: 'bad' },
  output: { icon: 'output', tone: 'bad' },
  unsupported: { icon: 'circle-slash', tone: 'dim' },
};

/** A JSON value on one line with spaces: `{"a": [1, "two"]}`. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shownValue).join(', ')}]`;
  if (!isRecord(value)) return shownJson(value);
  const members = Object.entries(value).map(([name, member]) => `${shownJson(name)}: ${shownValue(member)}`);
  return `{${members.join(', ')}}`;
}

/** A value without members. `undefined` has no JSON. */
function shownJson(value: unknown): string {
  return value === undefined ? '' : visibleJson(value);
}

export const flagNames = {
  wrong: 'Wrong',
  'hallucinated-api': 'Hallucinated API',
  unsafe: 'Unsafe',
  'games-tests': 'Games the tests',
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

/** Codicon, colour class and name of each severity of a finding. */
export const severityStyles = {
  E: { icon: 'error', tone: 'bad', name: 'error' },
  W: { icon: 'warning', tone: 'warn', name: 'warning' },
  I: { icon: 'info', tone: 'dim', name: 'note' },
} as const;

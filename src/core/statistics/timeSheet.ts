import type { WorkedEntry } from '../review/workedTime.ts';
import { markdownDocument, codeSpan } from '../text/markdownDocument.ts';

/** What a person enters to estimate earnings. It stays on this machine. */
export interface Rate {
  /** Per hour of active time, in any currency. */
  readonly hourly: number;
  /** The number of weeks to estimate for. */
  readonly weeks: number;
}

/** Active and idle time of a day, a task or a record. */
export interface TimeRow {
  readonly name: string;
  readonly activeMs: number;
  readonly idleMs: number;
}

/** What one row of a time sheet sums up. */
export const timeGroups = ['day', 'task', 'record'] as const;
export type TimeGroup = (typeof timeGroups)[number];

/** Sums the entries, in the order in which the names first occur. */
export function timeRows(entries: readonly WorkedEntry[], group: TimeGroup): TimeRow[] {
  const rows = Map.groupBy(entries, (entry) => nameIn(entry, group));
  return [...rows].map(([name, of]) => ({ name, ...spentIn(of) }));
}

/** The whole time sheet as CSV, a line for each day and piece of work. */
export function timeSheetCsv(entries: readonly WorkedEntry[]): string {
  const head = ['day', 'task', 'title', 'work', 'record', 'active_s', 'idle_s'];
  const lines = entries.map(({ day, taskId, title = '', work, recordId = '', activeMs, idleMs }) => [
    day,
    taskId,
    title,
    work,
    recordId,
    seconds(activeMs),
    seconds(idleMs),
  ]);
  return [head, ...lines].map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/** The time sheet as a Markdown document, with an estimate if there is a rate. */
export function timeSheetMarkdown(entries: readonly WorkedEntry[], rate?: Rate): string {
  if (entries.length === 0) return markdownDocument('Time sheet', [['', ['No time has been recorded yet.']]]);
  const { activeMs, idleMs } = spentIn(entries);
  const intro = [
    `Active ${hours(activeMs)}, idle ${hours(idleMs)}.`,
    'Active time counts while a task is in sight, until 30 s after the last key, click or scroll. What follows, up to ten minutes, is idle time.',
    ...(rate === undefined ? [] : [estimateLine(entries, rate)]),
  ];
  const tables = timeGroups.map((group) => `## By ${group}\n\n${table(group, timeRows(entries, group))}\n`);
  return `${markdownDocument('Time sheet', [['', intro]])}\n${tables.join('\n')}`;
}

/** Hours a week so far × hourly rate × weeks. A week counts if there was work in it. */
export function estimate(entries: readonly WorkedEntry[], { hourly, weeks }: Rate): number {
  const worked = new Set(entries.map(({ day }) => weekOf(day))).size;
  return worked === 0 ? 0 : (spentIn(entries).activeMs / 3_600_000 / worked) * hourly * weeks;
}

function estimateLine(entries: readonly WorkedEntry[], rate: Rate): string {
  const worked = new Set(entries.map(({ day }) => weekOf(day))).size;
  const weekly = spentIn(entries).activeMs / worked;
  return `Estimate: ${hours(weekly)} a week × ${rate.hourly} an hour × ${rate.weeks} ${rate.weeks === 1 ? 'week' : 'weeks'} = ${estimate(entries, rate).toFixed(2)}.`;
}

function nameIn({ day, taskId, title, recordId, work }: WorkedEntry, group: TimeGroup): string {
  if (group === 'day') return day;
  const task = title ?? taskId;
  if (group === 'task') return task;
  return `${task}: ${recordId === undefined ? `unfinished ${work}` : `${work} ${recordId}`}`;
}

function spentIn(entries: readonly WorkedEntry[]): Pick<TimeRow, 'activeMs' | 'idleMs'> {
  return {
    activeMs: entries.reduce((sum, { activeMs }) => sum + activeMs, 0),
    idleMs: entries.reduce((sum, { idleMs }) => sum + idleMs, 0),
  };
}

/** The Monday of a day's week, in days since 1970. */
function weekOf(day: string): number {
  return Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
}

function table(group: TimeGroup, rows: readonly TimeRow[]): string {
  const lines = rows.map(
    ({ name, activeMs, idleMs }) => `| ${cell(name)} | ${hours(activeMs)} | ${hours(idleMs)} |`,
  );
  const head = `| ${group[0]!.toUpperCase()}${group.slice(1)} | Active | Idle |`;
  return [head, '| --- | ---: | ---: |', ...lines].join('\n');
}

function cell(text: string): string {
  return codeSpan(text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|'));
}

/** Hours, minutes and seconds: "1:05:09". */
function hours(ms: number): string {
  const total = Math.round(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(total / 3_600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}

const seconds = (ms: number): string => String(Math.round(ms / 1_000));

/** A field that a spreadsheet reads as text: one that begins like a formula gets an apostrophe. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

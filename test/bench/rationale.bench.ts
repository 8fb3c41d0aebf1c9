// Findings of the rationale's rules in the labelled set, and the time that the rules take per keystroke.

import { lintRationale, rules } from '../../src/core/rationale/lint.ts';
import { labelledRationales } from '../fixtures/labelled.ts';
import { median, printRow } from './table.ts';

const { all, absent } = labelledRationales();
if (absent !== undefined) console.log(`Without the rationales of real pairs: ${absent}.`);
const found = all.map(({ text, context, fault, warned }) => ({
  fault,
  warned,
  rules: new Set(lintRationale(text, context).map(({ rule }) => rule)),
}));

for (const rule of rules) printRule(rule.id, rule.name);
printBlocked();
printTime();

/**
 * Precision: of the texts in which the rule finds something (good texts, and texts with its fault), the share with the fault.
 * Leaves out good texts about which it rightly warns.
 */
function printRule(id: string, name: string): void {
  const planted = found.filter(({ fault }) => fault === id);
  const hits = planted.filter((each) => each.rules.has(id)).length;
  const alarms = found.filter(
    ({ fault, warned, rules: spoke }) => fault === undefined && spoke.has(id) && !warned.includes(id),
  ).length;
  printRow({
    name: `${id} ${name}: precision, recall of ${planted.length} faults`,
    measured: `${share(hits, hits + alarms)} ${share(hits, planted.length)}`,
    goal: '100%',
    ratio: hits / planted.length,
  });
}

/** Good rationales that a rule would block. */
function printBlocked(): void {
  const good = all.filter(({ fault }) => fault === undefined);
  const blocked = good.filter(({ text, context }) =>
    lintRationale(text, context).some(({ severity }) => severity === 'E'),
  ).length;
  printRow({ name: `good rationales blocked, of ${good.length}`, measured: String(blocked), goal: '0' });
}

/** All rules on 300 words with the evidence of a sample task, as at every keystroke. */
function printTime(): void {
  const longest = all
    .filter(({ fault }) => fault === undefined)
    .toSorted((a, b) => b.text.length - a.text.length)[0]!;
  const words = `${longest.text} ${longest.text} ${longest.text}`.split(/(?<=\s)/).slice(0, 300);
  const text = words.join('');
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    lintRationale(text, longest.context);
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  const p95 = times[Math.floor(times.length * 0.95)]!;
  printRow({
    name: `all rules on ${words.length} words, p95 (median ${median(times).toFixed(1)} ms)`,
    measured: `${p95.toFixed(1)} ms`,
    goal: '< 50 ms',
    ratio: p95 / 50,
  });
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`;
}

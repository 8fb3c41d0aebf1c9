import type { Step, Trail } from '../../core/review/trail.ts';
import { aroundDecision } from '../../core/review/steps.ts';
import { clock } from './format.ts';

const names: Readonly<Record<Step['kind'], string>> = {
  written: 'answers as written',
  code: 'code',
  difference: 'difference',
  case: 'case',
  diagnostics: 'diagnostics',
  editor: 'in the editor:',
  run: 'ran the cases',
  times: 'compared times on',
  preference: 'preference',
};

/** The steps before and after the decision, one line each: `code 0:02, ran the cases 0:14`. */
export function trailLines(trail: Trail): { name: string; text: string }[] {
  const { before, decidedMs, after } = aroundDecision(trail);
  const list = (steps: Trail): string => (steps.length === 0 ? 'nothing' : steps.map(stepText).join(', '));
  if (decidedMs === undefined) return [{ name: 'Looked at', text: list(before) }];
  return [
    { name: `Before the decision at ${clock(decidedMs)}`, text: list(before) },
    ...(after.length === 0 ? [] : [{ name: 'After the decision', text: list(after) }]),
  ];
}

function stepText({ kind, what, activeMs }: Step): string {
  return [names[kind], ...(what === undefined ? [] : [what]), clock(activeMs)].join(' ');
}

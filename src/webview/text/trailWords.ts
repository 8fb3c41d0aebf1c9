import { aroundDecision, type Step, type Trail } from '../core/trail.ts';
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

/** What was done before and after deciding, each a line: `code 0:02, ran the cases 0:14`. */
export function trailLines(trail: Trail): { name: string; text: string }[] {
  const { before, decidedMs, after } = aroundDecision(trail);
  const list = (steps: Trail): string => (steps.length === 0 ? 'nothing' : steps.map(stepText).join(', '));
  if (decidedMs === undefined) return [{ name: 'Looked at', text: list(before) }];
  return [
    { name: `Before deciding, ${clock(decidedMs)}`, text: list(before) },
    ...(after.length === 0 ? [] : [{ name: 'After', text: list(after) }]),
  ];
}

function stepText({ kind, what, activeMs }: Step): string {
  return [names[kind], ...(what === undefined ? [] : [what]), clock(activeMs)].join(' ');
}

import type { Case } from '../../core/task/task.ts';
import { changesBetween, isEqual, withChanges } from './fieldChanges.ts';
import type { PanelCases, PanelHighlight, PanelIdeal, PanelRunSide, PanelState } from './state.ts';
import type { RunChanges, StateChanges, Within } from './stateChangesSchema.ts';

/*
 * The difference between the panel's state and the state of the page. Of sections that can be large, only changes are sent: a
 * result as one cell of the matrix, a keystroke in the rationale as one field of the draft.
 */

type WithinName = keyof Within;
type Changes<Name extends WithinName> = NonNullable<Within[Name]>;
type Section<Name extends WithinName> = NonNullable<PanelState[Name]>;

interface Differ<Value, Change> {
  between(before: Value, after: Value): Change | undefined;
  apply(before: Value, changes: Change): Value;
}

/** Sections whose fields, or entries, are sent whole when they change. */
const flat = { between: changesBetween, apply: withChanges } as const;

const differs: { readonly [Name in WithinName]: Differ<Section<Name>, Changes<Name>> } = {
  task: flat,
  draft: flat,
  checks: flat,
  differences: flat,
  inspection: flat,
  settlement: flat,
  cases: { between: caseChanges, apply: withCaseChanges },
  ideal: { between: idealChanges, apply: withIdealChanges },
  highlight: { between: highlightChanges, apply: withHighlightChanges },
};

const emptyRun: PanelRunSide = { phase: 'idle', results: {} };

/** The changes that the sections make in the state; `undefined` if they change nothing. */
export function stateChanges(before: PanelState, sections: PanelState): StateChanges | undefined {
  const whole: Record<string, unknown> = {};
  const within: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sections)) {
    const old = before[name as keyof PanelState];
    if (value === undefined || isEqual(old, value)) continue;
    const differ = differs[name as WithinName] as Differ<unknown, unknown> | undefined;
    if (differ === undefined || !old || value === null) whole[name] = value;
    else within[name] = differ.between(old, value);
  }
  if (Object.keys(whole).length === 0 && Object.keys(within).length === 0) return undefined;
  return { sections: whole, within };
}

/** The state with the changes applied. Unchanged sections, files and cases stay the same objects. */
export function withStateChanges(before: PanelState, { sections, within }: StateChanges): PanelState {
  const changed = Object.entries(within).flatMap(([name, changes]) => {
    const old = before[name as WithinName];
    const differ = differs[name as WithinName] as Differ<unknown, unknown>;
    return old && changes !== undefined ? [[name, differ.apply(old, changes)] as const] : [];
  });
  return { ...before, ...sections, ...(Object.fromEntries(changed) as PanelState) };
}

function runChanges(
  { results: resultsBefore, ...before }: PanelRunSide,
  { results, ...after }: PanelRunSide,
): RunChanges {
  return { fields: changesBetween(before, after), results: changesBetween(resultsBefore, results) };
}

function withRunChanges({ results, ...fields }: PanelRunSide, changes: RunChanges): PanelRunSide {
  return { ...withChanges(fields, changes.fields), results: withChanges(results, changes.results) };
}

function caseChanges(before: PanelCases, after: PanelCases): Changes<'cases'> {
  const { blocked: blockedBefore, timings: timingsBefore = {} } = before;
  const { blocked, timings = {} } = after;
  return {
    list: isEqual(before.cases, after.cases) ? undefined : listChanges(before.cases, after.cases),
    sides: Object.fromEntries(
      Object.entries(after.sides).map(([side, run]) => [
        side,
        runChanges(before.sides[side as keyof PanelCases['sides']] ?? emptyRun, run),
      ]),
    ),
    splitting: {
      added: after.splitting.filter((id) => !before.splitting.includes(id)),
      dropped: before.splitting.filter((id) => !after.splitting.includes(id)),
    },
    timings: changesBetween(timingsBefore, timings),
    rest: changesBetween({ blocked: blockedBefore }, { blocked }),
  };
}

function withCaseChanges(before: PanelCases, changes: Changes<'cases'>): PanelCases {
  const { list, sides = {}, splitting, timings, rest } = changes;
  const { blocked, timings: timingsBefore = {} } = before;
  const dropped = new Set(splitting?.dropped);
  return {
    cases: list === undefined ? before.cases : withListChanges(before.cases, list),
    sides: Object.fromEntries(
      Object.entries(sides).map(([side, run]) => [
        side,
        withRunChanges(before.sides[side as keyof PanelCases['sides']] ?? emptyRun, run),
      ]),
    ),
    splitting: [...before.splitting.filter((id) => !dropped.has(id)), ...(splitting?.added ?? [])],
    timings: withChanges(timingsBefore, timings),
    ...withChanges(blocked === undefined ? {} : { blocked }, rest),
  };
}

function listChanges(before: readonly Case[], after: readonly Case[]): { order: string[]; set: Case[] } {
  const known = new Map(before.map((each) => [each.id, each]));
  return {
    order: after.map(({ id }) => id),
    set: after.filter((each) => !isEqual(known.get(each.id), each)),
  };
}

function withListChanges(
  before: readonly Case[],
  { order, set }: { readonly order: readonly string[]; readonly set: readonly Case[] },
): Case[] {
  const known = new Map([...before, ...set].map((each) => [each.id, each]));
  return order.flatMap((id) => known.get(id) ?? []);
}

function idealChanges(
  { run: runBefore, worth: worthBefore, ...before }: PanelIdeal,
  { run, worth, ...after }: PanelIdeal,
): Changes<'ideal'> {
  return {
    fields: changesBetween(before, after),
    run: runChanges(runBefore, run),
    worth: changesBetween(worthBefore, worth),
  };
}

function withIdealChanges({ run, worth, ...fields }: PanelIdeal, changes: Changes<'ideal'>): PanelIdeal {
  return {
    ...withChanges(fields, changes.fields),
    run: changes.run === undefined ? run : withRunChanges(run, changes.run),
    worth: withChanges(worth, changes.worth),
  };
}

function highlightChanges(before: PanelHighlight, after: PanelHighlight): Changes<'highlight'> {
  return {
    palette: isEqual(before.palette, after.palette) ? undefined : after.palette,
    lines: changesBetween(before.lines, after.lines),
  };
}

function withHighlightChanges(before: PanelHighlight, changes: Changes<'highlight'>): PanelHighlight {
  return {
    palette: changes.palette ?? before.palette,
    lines: withChanges(before.lines, changes.lines),
  };
}

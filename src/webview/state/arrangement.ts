import { sides } from '../../core/task/side.ts';
import { booleanOr, fields, listOf, numberOr, oneOf, recordOf, textOr } from './kept.ts';

export const views = ['written', 'code', 'diff'] as const;
export type View = (typeof views)[number];
/** Which two programs the difference compares. */
export const pairings = ['A|B', 'A|ideal', 'B|ideal'] as const;
export type Pairing = (typeof pairings)[number];
export const caseFilters = ['all', 'splitting', 'mine'] as const;
export type CaseFilter = (typeof caseFilters)[number];

/** What is shown below the answers. */
export const lowers = ['cases', 'diagnostics', 'differences'] as const;
export type Lower = (typeof lowers)[number];

/** What a person arranges for one task only: a new task is shown afresh, an earlier one as it was left. */
const ofTask = {
  pairing: oneOf(pairings, 'A|B'),
  /** The answer that has all the room; `null` for both side by side. */
  alone: oneOf([...sides, null], null),
  promptOpen: booleanOr(true),
  caseFilter: oneOf(caseFilters, 'all'),
  tab: oneOf(['evidence', 'judgement'], 'evidence'),
};

export const freshArrangement = fields(ofTask)(undefined);

/** Where a person was in a task: what they arranged for it alone, and how far each part is scrolled. */
const readPlace = fields({
  ...ofTask,
  lower: oneOf(lowers, 'cases'),
  openCases: listOf(textOr(undefined)),
  /** Name of an element → top and left, in pixels. */
  scroll: recordOf(readOffsets),
});
export type Place = ReturnType<typeof readPlace>;

/** How the panel is arranged; kept through a reload. */
export const readArrangement = fields({
  /** The subject that the panel showed last; see `Model.subject`. */
  subject: textOr(undefined),
  view: oneOf(views, 'code'),
  ...ofTask,
  /** Width of the judgement and height of the cases in pixels, if the person chose them. */
  judgementWidth: numberOr(424),
  casesHeight: numberOr(undefined),
  /** Whether long lines of code are wrapped. */
  wrap: booleanOr(false),
  /** Whether A and B scroll together. */
  scrollTogether: booleanOr(false),
  /** Whether the prompt is shown as it was written, without its Markdown being rendered. */
  plainPrompt: booleanOr(false),
  /** The options of the difference, on this task and the next. */
  compareBy: fields({
    ignoreWhitespace: booleanOr(false),
    ignoreComments: booleanOr(false),
    format: booleanOr(false),
  }),
  /** Unsaved texts of dialogs: fields by name, under a key for each dialog. */
  unsaved: recordOf(recordOf(textOr(undefined))),
  /** By subject, the one that was left last at the end. */
  places: listOf(readPlaceOf),
});
export type Arrangement = ReturnType<typeof readArrangement>;

function readOffsets(kept: unknown): readonly [top: number, left: number] | undefined {
  if (!Array.isArray(kept)) return undefined;
  const [top, left] = kept as unknown[];
  return typeof top === 'number' && typeof left === 'number' ? [top, left] : undefined;
}

function readPlaceOf(kept: unknown): [subject: string, place: Place] | undefined {
  if (!Array.isArray(kept)) return undefined;
  const [subject, place] = kept as unknown[];
  return typeof subject === 'string' ? [subject, readPlace(place)] : undefined;
}

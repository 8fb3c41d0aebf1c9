import { withCaseForm } from '../../core/review/caseForm.ts';
import { withDecision, withoutCase } from '../../core/differing/searchRecord.ts';
import { shownOrder } from '../../core/task/blind.ts';
import { toShown, type ShownOrder } from '../../core/task/preference.ts';
import { sides, type Side } from '../../core/task/side.ts';
import type { Draft, Flag, Review } from '../../core/review/review.ts';
import type { WorkedEntry } from '../../core/review/workedTime.ts';
import { isOnScale } from '../../core/task/scoring.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { Edit } from '../../protocol/panel/edits.ts';
import type { PanelDraft, PanelFlag } from '../../protocol/panel/state.ts';

/**
 * The draft with which a task opens: the saved draft, the submitted review, or a new draft. If the task has different answers
 * now, only the rationale, the unsaved cases and the active time of the saved draft are kept.
 */
export function openingDraft(
  task: Task,
  evaluator: string,
  kept: Draft | undefined,
  submitted: Review | undefined,
): Draft {
  if (kept !== undefined && isOfAnswers(kept.shown, task)) return { ...kept, taskHash: contentHash(task) };
  const earlier = submitted !== undefined && isOfAnswers(submitted.shown, task) ? submitted : undefined;
  const draft = newDraft(task, earlier?.shown ?? shownOrder(task, evaluator), evaluator, earlier);
  if (kept === undefined) return draft;
  const { rationale, activeMs, startedAt, caseForms } = kept;
  return { ...draft, rationale, activeMs, startedAt, ...(caseForms === undefined ? {} : { caseForms }) };
}

/** An opened draft, including the time spent on it without a change of the judgement. */
export function withTimeSpent(draft: Draft, worked: readonly WorkedEntry[]): Draft {
  const begun = worked.filter(({ work, recordId }) => work === 'review' && recordId === undefined);
  const startedAt = begun.some((entry) => entry.startedAt === draft.startedAt)
    ? draft.startedAt
    : (begun.at(-1)?.startedAt ?? draft.startedAt);
  const ofDraft = begun.filter((entry) => entry.startedAt === startedAt);
  const spent = ofDraft.reduce((sum, { activeMs }) => sum + activeMs, 0);
  return { ...draft, startedAt, activeMs: Math.max(draft.activeMs, spent) };
}

/** The contents of a submitted review as the draft of its revision, which has its own time and its own trail. */
export function revisionOf({ trail: _trail, ...draft }: Draft): Draft {
  return { ...draft, activeMs: 0 };
}

/** Whether these are the current answers of the task. An import may have replaced them since they were judged. */
export function isOfAnswers(shown: ShownOrder, task: Task): boolean {
  const ids = task.answers.map(({ id }) => id);
  return shown.toSorted().join('\n') === ids.toSorted().join('\n');
}

/** A warning if the task has changed since its draft was begun or its review submitted. */
export function changeSince(task: Task, earlier: Draft | Review | undefined): string | undefined {
  if (earlier === undefined || earlier.taskHash === contentHash(task)) return undefined;
  return isOfAnswers(earlier.shown, task)
    ? 'The task was imported again and has changed. Check your review before you submit.'
    : 'The task was imported again with other answers. Your rationale was kept; the rest of your judgement was not.';
}

/** An empty draft, or one with the contents of the review to revise. */
function newDraft(task: Task, order: ShownOrder, evaluator: string, earlier: Review | undefined): Draft {
  const now = new Date().toISOString();
  return {
    taskId: task.id,
    taskHash: contentHash(task),
    evaluator,
    shown: [...order],
    preference: earlier?.preference ? toShown(earlier.preference, order) : null,
    scores: earlier?.scores ?? {},
    flags: earlier?.flags ?? [],
    rationale: earlier?.rationale ?? '',
    cases: earlier?.cases ?? [],
    readings: earlier?.readings ?? {},
    overrides: earlier?.overrides ?? [],
    ...(earlier?.timings === undefined ? {} : { timings: earlier.timings }),
    ...(earlier?.searches === undefined ? {} : { searches: earlier.searches }),
    ...(earlier?.trail === undefined ? {} : { trail: earlier.trail }),
    activeMs: earlier?.activeMs ?? 0,
    startedAt: now,
    updatedAt: now,
  };
}

/** The change that an edit makes in the draft. Sides become answer ids only here. */
export function applyEdit(draft: Draft, edit: Edit, order: ShownOrder): Partial<Draft> {
  switch (edit.kind) {
    case 'preference':
      return { preference: edit.value };
    case 'score':
      return { scores: withScore(draft.scores, answerOn(edit.side, order), edit.criterion, edit.value) };
    case 'flag':
      return { flags: replaced(draft.flags, storedFlag(edit.flag, order)) };
    case 'unflag':
      return { flags: draft.flags.filter((flag) => flag.id !== edit.id) };
    case 'rationale':
      return { rationale: edit.text };
    case 'override':
      return { overrides: withOverride(draft.overrides, edit.rule, edit.reason) };
    case 'case':
      return { cases: replaced(draft.cases, ownCase(edit.case)) };
    case 'remove-case':
      return {
        cases: draft.cases.filter((testCase) => testCase.id !== edit.id),
        ...(draft.searches === undefined ? {} : { searches: withoutCase(draft.searches, edit.id) }),
      };
    case 'witness':
      return { searches: withDecision(draft.searches ?? [], edit.search, edit.caseId, edit.decision) };
    case 'case-form':
      return { caseForms: withCaseForm(draft.caseForms ?? [], edit.form, edit.fields) };
    case 'reading':
      return { readings: { ...draft.readings, [answerOn(edit.side, order)]: edit.reading } };
  }
}

/** The writer of the latest version of each text that both the panel and documents edit. */
export interface Writers {
  readonly rationale: PanelDraft['rationale']['from'];
  readonly caseForms: PanelDraft['caseForms']['from'];
}

/** A draft as it was stored. */
export const fromStore: Writers = { rationale: 'store', caseForms: 'store' };

/** The draft in terms of sides, as the panel shows it. */
export function panelDraft(draft: Draft, from = fromStore): PanelDraft {
  const order = draft.shown;
  return {
    preference: draft.preference,
    scores: Object.fromEntries(order.map((answerId, index) => [sides[index]!, draft.scores[answerId] ?? {}])),
    flags: draft.flags.map(({ answerId, ...flag }) => ({ ...flag, side: sideOf(answerId, order) })),
    rationale: { text: draft.rationale, from: from.rationale },
    caseForms: { forms: draft.caseForms ?? [], from: from.caseForms },
    overrides: draft.overrides,
    activeMs: draft.activeMs,
  };
}

/** Mean score of each side over the scored criteria, weighted by criterion. */
export function weightedMeans(
  rubric: Rubric,
  draft: Draft,
  order: ShownOrder,
): Partial<Record<Side, number>> {
  const means: Partial<Record<Side, number>> = {};
  order.forEach((answerId, index) => {
    const scores = draft.scores[answerId] ?? {};
    const scored = rubric.criteria.filter((criterion) =>
      isOnScale(criterion, scores[criterion.id] ?? Number.NaN),
    );
    const weight = scored.reduce((sum, criterion) => sum + criterion.weight, 0);
    const total = scored.reduce((sum, criterion) => sum + criterion.weight * scores[criterion.id]!, 0);
    if (weight > 0) means[sides[index]!] = total / weight;
  });
  return means;
}

function answerOn(side: Side, order: ShownOrder): string {
  const answerId = order[sides.indexOf(side)];
  if (answerId === undefined) throw new RangeError(`no answer is shown on side ${side}`);
  return answerId;
}

function sideOf(answerId: string, order: ShownOrder): Side {
  return sides[order.indexOf(answerId)] ?? 'A';
}

function storedFlag({ side, ...flag }: PanelFlag, order: ShownOrder): Flag {
  return { ...flag, answerId: answerOn(side, order) };
}

function withScore(
  scores: Draft['scores'],
  answerId: string,
  criterion: string,
  value: number | null,
): Draft['scores'] {
  const { [criterion]: _dropped, ...others } = scores[answerId] ?? {};
  return { ...scores, [answerId]: value === null ? others : { ...others, [criterion]: value } };
}

function withOverride(overrides: Draft['overrides'], rule: string, reason: string): Draft['overrides'] {
  const others = overrides.filter((override) => override.rule !== rule);
  return reason.trim() === '' ? others : [...others, { rule, reason }];
}

/** A case of the evaluator, or one that the evaluator made of a difference. */
function ownCase(testCase: Case): Case {
  return testCase.origin === 'difference' ? testCase : { ...testCase, origin: 'evaluator' };
}

/** The list with the item of the same id replaced, or the item added at the end. */
function replaced<Item extends { id: string }>(items: readonly Item[], item: Item): Item[] {
  return items.some((other) => other.id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item];
}

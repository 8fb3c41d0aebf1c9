import { shownOrder } from '../../core/blind.ts';
import { sides, toShown, type ShownOrder, type Side } from '../../core/preference.ts';
import type { Draft, Flag, Review } from '../../core/review.ts';
import { isOnScale } from '../../core/scoring.ts';
import type { Rubric } from '../../core/rubric.ts';
import { contentHash } from '../../core/hash.ts';
import type { Task } from '../../core/task.ts';
import type { Edit, PanelDraft, PanelFlag } from '../../protocol/webview.ts';

/**
 * The draft a task is opened with: the one that was kept, what was submitted, or a new one. When the task has got
 * other answers since the draft was begun, its judgement says nothing of them; only the text that was typed stays.
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
  return kept === undefined ? draft : { ...draft, rationale: kept.rationale, activeMs: kept.activeMs };
}

/** Whether it is this task's answers that were judged: an import can have put others in their place. */
export function isOfAnswers(shown: ShownOrder, task: Task): boolean {
  const ids = task.answers.map(({ id }) => id);
  return shown.toSorted().join('\n') === ids.toSorted().join('\n');
}

/** What a person must know of a task that is not as it was when its draft was begun, or its review submitted. */
export function changeSince(task: Task, earlier: Draft | Review | undefined): string | undefined {
  if (earlier === undefined || earlier.taskHash === contentHash(task)) return undefined;
  return isOfAnswers(earlier.shown, task)
    ? 'The task was imported anew and is not quite as you left it: look again before you submit.'
    : 'The task was imported anew with other answers: your text was kept, your judgement of the old ones was not.';
}

/** A draft with nothing judged yet, or what an earlier review said where there is one to revise. */
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
    ...(earlier?.trail === undefined ? {} : { trail: earlier.trail }),
    activeMs: earlier?.activeMs ?? 0,
    startedAt: now,
    updatedAt: now,
  };
}

/** What one edit changes in the draft. Sides become answer ids here and nowhere else. */
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
      return { cases: replaced(draft.cases, { ...edit.case, origin: 'evaluator' }) };
    case 'remove-case':
      return { cases: draft.cases.filter((testCase) => testCase.id !== edit.id) };
    case 'reading':
      return { readings: { ...draft.readings, [answerOn(edit.side, order)]: edit.reading } };
  }
}

/** The draft in terms of sides, as the panel shows it. */
export function panelDraft(draft: Draft, from: PanelDraft['rationale']['from']): PanelDraft {
  const order = draft.shown;
  return {
    preference: draft.preference,
    scores: Object.fromEntries(order.map((answerId, index) => [sides[index]!, draft.scores[answerId] ?? {}])),
    flags: draft.flags.map(({ answerId, ...flag }) => ({ ...flag, side: sideOf(answerId, order) })),
    rationale: { text: draft.rationale, from },
    overrides: draft.overrides,
    activeMs: draft.activeMs,
  };
}

/** Each side's mean score, weighted by criterion, over the criteria that have one. */
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

/** The list with the item of the same id replaced in its place, or the item added at the end. */
function replaced<Item extends { id: string }>(items: readonly Item[], item: Item): Item[] {
  return items.some((other) => other.id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item];
}

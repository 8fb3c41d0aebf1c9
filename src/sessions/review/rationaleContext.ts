import { askedOf } from '../../core/task/asked.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import type { ShownOrder } from '../../core/task/preference.ts';
import { sides, type Side } from '../../core/task/side.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import type { Draft } from '../../core/review/review.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { CaseResult } from '../../core/run/run.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { PanelDiffFile } from '../../protocol/panel/state.ts';
import { panelSearches } from './searches.ts';
import { diffAnswers, linesOf, showAnswers, type ShownAnswer } from './answers.ts';

/** The context against which the rules check a rationale, by sides. `draft` has the judgement by answer. */
export function rationaleContext(parts: {
  task: Task;
  rubric: Rubric;
  draft: Pick<Draft, 'preference' | 'scores' | 'shown' | 'searches'>;
  answers: readonly ShownAnswer[];
  diff: readonly PanelDiffFile[];
  cases: readonly Case[];
  results: (side: Side) => readonly CaseResult[];
  reports: (side: Side) => readonly CheckReport[];
  recent: readonly string[];
}): RationaleContext {
  const { task, rubric, draft, answers, cases } = parts;
  const bySide = <T>(value: (side: Side) => T) =>
    Object.fromEntries(answers.map(({ side }) => [side, value(side)]));
  return {
    ranked: askedOf(task).rank,
    shown: draft.preference,
    rubric,
    scores: Object.fromEntries(
      draft.shown.map((answerId, index) => [sides[index]!, draft.scores[answerId] ?? {}]),
    ),
    prompt: task.prompt,
    answers: answers.map(({ side, shownFiles, panel }) => ({
      side,
      text: panel.segments.map((segment) => segment.text).join('\n'),
      files: shownFiles.map(({ path, text }) => ({ path, lines: linesOf(text) })),
    })),
    cases: cases.map(({ id, title }) => ({ id, title })),
    results: bySide(parts.results),
    diagnostics: bySide((side) => parts.reports(side).flatMap((report) => report.diagnostics)),
    hunks: hunkCount(parts.diff),
    searches: panelSearches(draft.searches ?? [], answers).map(({ number, text, witnesses }) => ({
      number,
      text,
      witnesses: witnesses.map((witness) => ({
        text: witness.text,
        isExcluded: witness.decision?.kind === 'not-allowed',
      })),
    })),
    recent: parts.recent,
  };
}

/** The context of a rationale if only the task is known: without scores, runs and checks. */
export function contextOfTask(
  task: Task,
  given: {
    /** Answer ids in the order in which the rationale calls them A and B. */
    readonly order: ShownOrder;
    readonly preference: Draft['preference'];
    readonly rubric: Rubric;
    /** Name of the file for a code block without a name. */
    readonly mainFile: string;
  },
): RationaleContext {
  const { order, preference, rubric, mainFile } = given;
  const answers = showAnswers(task, order, {}, mainFile);
  return rationaleContext({
    task,
    rubric,
    draft: { preference, scores: {}, shown: [...order] },
    answers,
    diff: diffAnswers(answers, task.language),
    cases: task.cases ?? [],
    results: () => [],
    reports: () => [],
    recent: [],
  });
}

/** The number of differing stretches of rows, over all files. */
function hunkCount(diff: readonly PanelDiffFile[]): number {
  return diff
    .map(
      ({ rows }) =>
        rows.filter((row, at) => row.kind !== 'same' && (at === 0 || rows[at - 1]!.kind === 'same')).length,
    )
    .reduce((sum, hunks) => sum + hunks, 0);
}

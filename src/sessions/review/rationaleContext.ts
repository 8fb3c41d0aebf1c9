import { askedOf } from '../../core/asked.ts';
import type { CheckReport } from '../../core/diagnostic.ts';
import { sides, type Side } from '../../core/preference.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import type { Draft } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { CaseResult } from '../../core/run.ts';
import type { Case, Task } from '../../core/task.ts';
import type { PanelDiffFile } from '../../protocol/webview.ts';
import { linesOf, type ShownAnswer } from './answers.ts';

/** What the rules hold a rationale against, in terms of sides. */
export function rationaleContext(parts: {
  task: Task;
  rubric: Rubric;
  draft: Draft;
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
    recent: parts.recent,
  };
}

/** Stretches of rows that are not the same, over all files. */
function hunkCount(diff: readonly PanelDiffFile[]): number {
  return diff
    .map(
      ({ rows }) =>
        rows.filter((row, at) => row.kind !== 'same' && (at === 0 || rows[at - 1]!.kind === 'same')).length,
    )
    .reduce((sum, hunks) => sum + hunks, 0);
}

import type { CheckReport } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { CaseKind, Task } from '../../core/task/task.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';
import type { IdealWork } from '../ideal/idealWork.ts';
import type { SectionBuilders } from '../panelSections.ts';
import type { QueuePlace } from '../panelSession.ts';
import type { SavedStatus } from '../savedStatus.ts';
import type { AnswerDiff } from './answerDiff.ts';
import type { ShownAnswer } from './answers.ts';
import type { CheckBoard } from './checkBoard.ts';
import { weightedMeans } from './draftEdits.ts';
import { panelTask } from './panelTask.ts';
import type { ReviewDraft } from './reviewDraft.ts';
import type { ReviewSubmission } from './reviewSubmission.ts';
import type { TaskRuns } from './taskRuns.ts';

/** The parts of a session that the panel shows; parts that change are functions. */
export interface ReviewView {
  readonly task: Task;
  readonly rubric: Rubric;
  /** The kinds of cases that run in the task's language. */
  readonly kinds: readonly CaseKind[];
  readonly draft: ReviewDraft;
  readonly diff: AnswerDiff;
  readonly runs: TaskRuns;
  readonly checks: CheckBoard;
  readonly ideal: IdealWork;
  readonly saved: SavedStatus<string>;
  readonly submission: ReviewSubmission;
  /** The changes that reviewers request in the submitted review. */
  readonly feedback: PanelFeedback | null;
  readonly place: () => QueuePlace;
  readonly answers: () => readonly ShownAnswer[];
  readonly findings: () => readonly Finding[];
  /** The reports of the checks without names. */
  readonly reports: (side: Side) => readonly CheckReport[];
  /** What has changed about the task since it was last worked on. */
  readonly change: () => string | undefined;
}

/** The sections of the panel for a task under judgement. */
export function reviewSections(view: ReviewView): SectionBuilders {
  const { task, rubric, kinds, draft, diff, submission, feedback, answers, reports, change } = view;
  return {
    task: () => {
      const { submitted } = submission;
      return panelTask(task, { place: view.place(), answers: answers(), diff, rubric, kinds, submitted });
    },
    empty: () => null,
    draft: () => draft.panel(),
    totals: () => weightedMeans(rubric, draft.current, draft.current.shown),
    trial: () => view.runs.trialPanel(),
    differences: () => view.runs.differencesPanel(),
    cases: () => view.runs.panel(draft.current.timings ?? []),
    checks: () =>
      view.checks.panel(
        answers().map(({ side }) => side),
        reports,
      ),
    ideal: () => view.ideal.panel(),
    findings: () => [...view.findings()],
    saved: () => view.saved.worst,
    feedback: () => (submission.submitted ? null : feedback),
    notice: () => {
      const text = change();
      return text === undefined ? null : { severity: 'warning', text };
    },
  };
}

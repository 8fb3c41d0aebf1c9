import { v7 as uuid } from 'uuid';
import { askedOf } from '../../core/asked.ts';
import type { CheckReport } from '../../core/diagnostic.ts';
import { contentHash } from '../../core/hash.ts';
import { toStored } from '../../core/preference.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Draft, UnchainedReview } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Run } from '../../core/run.ts';
import { summariseScores } from '../../core/scoring.ts';
import type { Task } from '../../core/task.ts';

/** What still stands between the draft and its submission, each as an instruction. */
export function obstacles(
  task: Pick<Task, 'ask' | 'answers'>,
  rubric: Rubric,
  draft: Draft,
  findings: readonly Finding[],
): string[] {
  const asked = askedOf(task);
  return [
    ...(asked.rank && draft.preference === null
      ? ['Choose a preference (keys 1 to 7, or 0 for both bad)']
      : []),
    ...(asked.scores ? missingScores(rubric, draft) : []),
    ...(asked.cases && draft.cases.length === 0 ? ['Add a case (key N)'] : []),
    ...(asked.judgement ? blockingFindings(draft, findings) : []),
  ];
}

/**
 * The record as it is handed to the store, without a judgement that the task does not ask for and the panel does not
 * show: the task may have asked for it when it was imported first. A new id each time: call it once a submission.
 */
export function buildReview(parts: {
  task: Pick<Task, 'ask' | 'answers'>;
  draft: Draft;
  rubric: Rubric;
  runs: readonly Run[];
  reports: readonly CheckReport[];
  toolVersion: string;
  revises: string | undefined;
  ideal?: string | undefined;
}): UnchainedReview {
  const { preference, updatedAt: _updatedAt, ...judgement } = parts.draft;
  const asked = askedOf(parts.task);
  return {
    ...judgement,
    id: uuid(),
    preference: preference === null || !asked.rank ? null : toStored(preference, judgement.shown),
    scores: asked.scores ? judgement.scores : {},
    flags: asked.judgement ? judgement.flags : [],
    runs: [...parts.runs],
    checks: [...parts.reports],
    ...(parts.revises === undefined ? {} : { revises: parts.revises }),
    ...(parts.ideal === undefined ? {} : { ideal: parts.ideal }),
    submittedAt: new Date().toISOString(),
    rubricHash: contentHash(parts.rubric),
    toolVersion: parts.toolVersion,
  };
}

function missingScores(rubric: Rubric, draft: Draft): string[] {
  return draft.shown.flatMap((answerId, index) => {
    const { missing } = summariseScores(rubric, draft.scores[answerId] ?? {});
    if (missing.length === 0) return [];
    const titles = rubric.criteria
      .filter((criterion) => missing.includes(criterion.id))
      .map(({ title }) => title);
    return [`Score ${titles.join(', ')} for ${index === 0 ? 'A' : 'B'}`];
  });
}

function blockingFindings(draft: Draft, findings: readonly Finding[]): string[] {
  const overridden = new Set(draft.overrides.map((override) => override.rule));
  return findings
    .filter((finding) => finding.severity === 'E' && !overridden.has(finding.rule))
    .map((finding) => `${finding.rule}: ${finding.message}`);
}

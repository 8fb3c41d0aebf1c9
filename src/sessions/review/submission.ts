import { v7 as uuid } from 'uuid';
import { askedOf } from '../../core/task/asked.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import { contentHash } from '../../core/text/hash.ts';
import { toStored } from '../../core/task/preference.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import { problem, type Obstacle } from '../../core/review/obstacle.ts';
import type { Draft, UnchainedReview } from '../../core/review/review.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { Run } from '../../core/run/run.ts';
import { summariseScores } from '../../core/task/scoring.ts';
import type { Task } from '../../core/task/task.ts';

/** The obstacles to a submission: a list of the missing parts, and each finding that blocks. */
export function obstacles(
  task: Pick<Task, 'ask' | 'answers'>,
  rubric: Rubric,
  draft: Draft,
  findings: readonly Finding[],
): Obstacle[] {
  const asked = askedOf(task);
  const scores = asked.scores ? missingScores(rubric, draft) : 0;
  const blocking = asked.judgement ? blockingFindings(draft, findings) : [];
  // Without a text, all rules about its content report the same.
  const isTextMissing = blocking.length > 0 && draft.rationale.trim() === '';
  const missing = [
    ...(asked.rank && draft.preference === null ? ['preference'] : []),
    ...(scores > 0 ? [scores === 1 ? '1 score' : `${scores} scores`] : []),
    ...(isTextMissing ? ['rationale'] : []),
    ...(asked.cases && draft.cases.length === 0 ? ['a case'] : []),
  ];
  return [
    ...(missing.length === 0 ? [] : [{ kind: 'missing', parts: missing } as const]),
    ...(isTextMissing ? [] : blocking.map(problem)),
  ];
}

/**
 * The record to hand to the store. Leaves out judgements that the task no longer asks for and that the panel therefore hides;
 * an earlier import of the task may have asked for them. Has a new id each time: call it once per submission.
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
  const { preference, updatedAt: _updatedAt, caseForms: _unsaved, ...judgement } = parts.draft;
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

function missingScores(rubric: Rubric, draft: Draft): number {
  const missing = draft.shown.map(
    (answerId) => summariseScores(rubric, draft.scores[answerId] ?? {}).missing.length,
  );
  return missing.reduce((sum, count) => sum + count, 0);
}

function blockingFindings(draft: Draft, findings: readonly Finding[]): string[] {
  const overridden = new Set(draft.overrides.map((override) => override.rule));
  return findings
    .filter((finding) => finding.severity === 'E' && !overridden.has(finding.rule))
    .map((finding) => `${finding.rule}: ${finding.message}`);
}

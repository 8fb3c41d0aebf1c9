import type { PanelState } from '../../protocol/panel/state.ts';

/** Fingerprints of the evidence that a rationale is checked against. */
export interface EvidencePrint {
  readonly answers: string;
  readonly judgement: string;
  readonly cases: string;
  readonly checks: string;
}

export const noEvidence: EvidencePrint = { answers: '', judgement: '', cases: '', checks: '' };

/** The fingerprints after some sections of the panel's state changed. */
export function evidencePrint(sections: PanelState, before: EvidencePrint): EvidencePrint {
  const { task, draft, cases, checks } = sections;
  return {
    answers: task ? JSON.stringify([task.id, task.answers.map((answer) => answer.reading)]) : before.answers,
    judgement: draft ? JSON.stringify([draft.preference, draft.scores]) : before.judgement,
    cases: cases ? JSON.stringify([cases.cases, Object.entries(cases.sides).map(outcomes)]) : before.cases,
    checks: checks ? JSON.stringify(checks) : before.checks,
  };
}

export function sameEvidence(one: EvidencePrint, other: EvidencePrint): boolean {
  return (
    one.answers === other.answers &&
    one.judgement === other.judgement &&
    one.cases === other.cases &&
    one.checks === other.checks
  );
}

/** Verdicts and times distinguish two runs; outputs can be long. */
function outcomes([side, board]: [string, NonNullable<PanelState['cases']>['sides']['A']]): unknown[] {
  const results = Object.values(board?.results ?? {});
  return [side, ...results.map(({ caseId, verdict, wallMs }) => [caseId, verdict, wallMs])];
}

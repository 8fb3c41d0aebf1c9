import type { PanelState } from '../../protocol/webview.ts';

/** Texts that differ when what a rationale is checked against differs; the rationale itself is no part of them. */
export interface EvidencePrint {
  readonly answers: string;
  readonly judgement: string;
  readonly cases: string;
  readonly checks: string;
}

export const noEvidence: EvidencePrint = { answers: '', judgement: '', cases: '', checks: '' };

/** The prints after some sections of the panel's state changed. */
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

/** Outputs can be long: verdict and time tell one run from the next. */
function outcomes([side, board]: [string, NonNullable<PanelState['cases']>['sides']['A']]): unknown[] {
  const results = Object.values(board?.results ?? {});
  return [side, ...results.map(({ caseId, verdict, wallMs }) => [caseId, verdict, wallMs])];
}

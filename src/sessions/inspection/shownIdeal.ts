import { editDistance, type Ideal } from '../../core/ideal.ts';
import { writeReferences } from '../../core/idealDraft.ts';
import type { Case } from '../../core/task.ts';
import type { CompareBy, PanelIdeal } from '../../protocol/webview.ts';
import { panelFile } from '../ideal/idealWork.ts';
import { diffFiles, type ShownAnswer } from '../session/answers.ts';
import { RunBoard } from '../session/runBoard.ts';

/** A submitted ideal as the panel shows it beside the answers that it was held against. */
export function shownIdeal(
  ideal: Ideal,
  shown: {
    readonly answers: readonly ShownAnswer[];
    readonly language: string;
    readonly cases: readonly Case[];
    readonly by: CompareBy;
  },
): PanelIdeal {
  const { answers, language, cases, by } = shown;
  const { files, startedFrom, notes, references, proof } = ideal;
  const start = answers.find(({ answerId }) => answerId === startedFrom);
  return {
    files: files.map(panelFile),
    startedFrom: start?.side ?? null,
    notes,
    references: writeReferences(references),
    reason: proof.by === 'reason' ? proof.reason : '',
    proof: proof.by === 'reason' ? { state: 'reason' } : { state: 'cases', cases: [...proof.cases] },
    distance: editDistance(start?.shownFiles ?? [], files),
    run: columnOf(ideal, cases),
    // A record of an ideal holds no diagnostics.
    checks: { phase: 'none', diagnostics: [], notes: [], absent: [] },
    diff: Object.fromEntries(
      answers.map(({ side, shownFiles }) => [side, diffFiles(shownFiles, files, language, by)]),
    ),
    findings: [],
    worth: {},
  };
}

function columnOf(ideal: Ideal, cases: readonly Case[]): PanelIdeal['run'] {
  const board = new RunBoard<'ideal'>();
  const run = ideal.runs.findLast(({ answerId }) => answerId === ideal.id);
  if (run !== undefined) board.restore('ideal', run, run.files, cases);
  return board.column('ideal');
}

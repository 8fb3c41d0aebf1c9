import { editDistance, type Ideal } from '../../core/ideal/ideal.ts';
import { writeReferences } from '../../core/ideal/idealDraft.ts';
import type { Case } from '../../core/task/task.ts';
import type { CompareBy, PanelIdeal } from '../../protocol/panel/state.ts';
import { panelFile } from '../ideal/idealDiff.ts';
import { diffFiles, type ShownAnswer } from '../review/answers.ts';
import { RunBoard } from '../review/runBoard.ts';

/** A submitted ideal as the panel shows it beside the answers. */
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
    // The record of an ideal has no diagnostics.
    checks: { phase: 'none', diagnostics: [], notes: [], absent: [], tools: [] },
    diff: Object.fromEntries(
      answers.map(({ side, shownFiles }) => [side, diffFiles(shownFiles, files, language, by)]),
    ),
    findings: [],
    worth: {},
  };
}

function columnOf(ideal: Ideal, cases: readonly Case[]): PanelIdeal['run'] {
  const board = new RunBoard<'ideal'>();
  const own = ideal.runs.filter(({ answerId }) => answerId === ideal.id);
  board.restore('ideal', own, own.at(-1)?.files ?? [], cases);
  return board.column('ideal');
}

import { editDistance } from '../../../src/core/ideal/ideal.ts';
import type { Side } from '../../../src/core/task/side.ts';
import type { SourceFile } from '../../../src/core/task/task.ts';
import { diffFiles, compareExactly, linesOf, showAnswers } from '../../../src/sessions/review/answers.ts';
import type { PanelIdeal } from '../../../src/protocol/panel/state.ts';
import { chunkResults, chunkTask } from './chunkTask.ts';

/** The ideal of the chunk task as the host sends it, started from B and proved. */
export function chunkIdeal(over: Partial<PanelIdeal> = {}): PanelIdeal {
  const answers = showAnswers(
    chunkTask,
    chunkTask.answers.map(({ id }) => id),
    {},
    'main.py',
  );
  const start = answers[1]!.shownFiles;
  const [first] = start;
  const files: SourceFile[] = [
    {
      path: first!.path,
      text: first!.text.replace('# raises on bad sizes', '# what is left over is yielded as well'),
    },
  ];
  const results = chunkResults('A');
  const diffs = answers.map(({ side, shownFiles }): [Side, PanelIdeal['diff'][Side]] => [
    side,
    diffFiles(shownFiles, files, 'python', compareExactly),
  ]);
  return {
    files: files.map(({ path, text }) => ({ path, lines: linesOf(text), key: `ideal/file/${path}` })),
    startedFrom: 'B',
    notes: 'Says what it does.',
    references: '',
    reason: '',
    findings: [],
    proof: { state: 'cases', cases: ['size-zero'] },
    distance: editDistance(start, files),
    run: {
      phase: 'done',
      results: Object.fromEntries(results.map((result) => [result.caseId, result])),
      toolchain: 'Python 3.12.4',
      sandbox: 'bubblewrap',
    },
    checks: { phase: 'done', diagnostics: [], notes: [], absent: [], tools: [] },
    diff: Object.fromEntries(diffs),
    worth: { 'size-zero': { answers: { failing: 1, of: 2 }, mutants: { failing: 5, of: 8 } } },
    ...over,
  };
}

import type { Run } from '../../core/run/run.ts';
import type { Case } from '../../core/task/task.ts';
import type { PanelIdeal } from '../../protocol/panel/state.ts';

/** The results of one program on the cases. */
type Results = Pick<Run, 'results'>;

/** For each case that the ideal passes: how many answers, and how many mutants of the ideal, fail it. */
export function caseWorth(
  cases: readonly Case[],
  ideal: Results | undefined,
  answers: readonly Results[],
  mutants: readonly Results[],
): PanelIdeal['worth'] {
  const passed = new Set(
    ideal?.results.filter(({ verdict }) => verdict === 'pass').map(({ caseId }) => caseId),
  );
  return Object.fromEntries(
    cases
      .filter(({ id }) => passed.has(id))
      .map(({ id }) => [id, { answers: share(id, answers), mutants: share(id, mutants) }]),
  );
}

/** A program on which the case could not run counts in neither number. */
function share(caseId: string, programs: readonly Results[]): { failing: number; of: number } {
  const verdicts = programs.flatMap(({ results }) =>
    results.filter((result) => result.caseId === caseId).map(({ verdict }) => verdict),
  );
  const failing = verdicts.filter((verdict) => verdict !== 'pass' && verdict !== 'unsupported').length;
  return { failing, of: verdicts.length };
}

import type { Run } from '../../core/run.ts';
import type { Case } from '../../core/task.ts';
import type { PanelIdeal } from '../../protocol/webview.ts';

type Outcome = Pick<Run, 'results'>;

/** What each case is worth: how many of the answers, and of the mutants of the ideal, it tells apart from the ideal. */
export function caseWorth(
  cases: readonly Case[],
  ideal: Outcome | undefined,
  answers: readonly Outcome[],
  mutants: readonly Outcome[],
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

/** A case that could not be run tells nothing. */
function share(caseId: string, programs: readonly Outcome[]): { told: number; of: number } {
  const verdicts = programs.flatMap(({ results }) =>
    results.filter((result) => result.caseId === caseId).map(({ verdict }) => verdict),
  );
  const told = verdicts.filter((verdict) => verdict !== 'pass' && verdict !== 'unsupported').length;
  return { told, of: verdicts.length };
}

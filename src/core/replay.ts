import { canonicalJson } from './canonicalJson.ts';
import type { CaseResult, Run, Verdict } from './run.ts';

/** How one case of a recorded run ended when it was run again. */
export interface ReplayedCase {
  readonly caseId: string;
  readonly was: Verdict;
  /** `undefined` where the replay gave no result. */
  readonly now: Verdict | undefined;
  readonly same: boolean;
}

/**
 * Holds a replay against its record, case by case in the order of the record. The same is the same verdict and the same
 * actual value: what was printed and how long it took may differ from run to run.
 */
export function compareRuns(recorded: Pick<Run, 'results'>, replay: Pick<Run, 'results'>): ReplayedCase[] {
  const again = new Map(replay.results.map((result) => [result.caseId, result]));
  return recorded.results.map((result) => {
    const other = again.get(result.caseId);
    return {
      caseId: result.caseId,
      was: result.verdict,
      now: other?.verdict,
      same: other !== undefined && isSame(result, other),
    };
  });
}

function isSame(one: CaseResult, other: CaseResult): boolean {
  return (
    one.verdict === other.verdict && canonicalJson(one.actual ?? null) === canonicalJson(other.actual ?? null)
  );
}

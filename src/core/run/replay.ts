import { canonicalJson } from '../text/canonicalJson.ts';
import { ExactNumber, isInteger, isJsonNumber, numberOf } from '../text/exactNumber.ts';
import { isRecord, type Json } from '../text/json.ts';
import type { CaseResult, Run, Verdict } from './run.ts';

/** The result of a case of a recorded run when it was run again. */
export interface ReplayedCase {
  readonly caseId: string;
  readonly was: Verdict;
  /** `undefined` if the replay gave no result. */
  readonly now: Verdict | undefined;
  readonly same: boolean;
}

/**
 * Compares a replay with its record, case by case in the order of the record. Two results are the same if verdict and
 * actual value are equal; output and times may differ from run to run.
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
  return one.verdict === other.verdict && valueText(one.actual ?? null) === valueText(other.actual ?? null);
}

/** Numbers by value: earlier versions recorded a returned `2.0` as `2`, and a large integer as a text. */
function valueText(value: Json): string {
  return canonicalJson(withPlainFractions(value));
}

function withPlainFractions(value: Json): Json {
  if (typeof value === 'string') return isJsonNumber(value) ? withPlainFractions(numberOf(value)) : value;
  if (value instanceof ExactNumber) return isInteger(value.digits) ? value : Number(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(withPlainFractions);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withPlainFractions(member)]),
  );
}

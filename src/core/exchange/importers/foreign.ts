import { argillaRecord, labelStudioTask } from './labelling.ts';
import { bigCodeRewardPair, helpSteer3Pair, openaiPair, trlPair, trlSingle } from './pairs.ts';
import { codeContestsProblem, humanEvalProblem, judgeProblem, mbppProblem } from './problems.ts';
import type { Members, Reading } from './shape.ts';

/** Every shape of other programs that can be read, each by its fields; the first that fits is taken. */
const readings: readonly Reading[] = [
  openaiPair,
  helpSteer3Pair,
  bigCodeRewardPair,
  trlPair,
  trlSingle,
  labelStudioTask,
  argillaRecord,
  humanEvalProblem,
  mbppProblem,
  codeContestsProblem,
  judgeProblem,
];

/**
 * A record of another program as a task, not yet checked: pairs of TRL, OpenAI, HelpSteer3, BigCodeReward, Label Studio
 * and Argilla, and problems of HumanEval, MBPP and stdin/stdout judges. `undefined` for anything else. What was judged
 * of a pair there goes to `source`, which is never shown before a review is submitted.
 */
export function foreignTask(value: unknown): Members | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const record = value as Members;
  // A task of Tiebreak's own has answers; none of the others calls them so.
  if (Object.hasOwn(record, 'answers')) return undefined;
  for (const read of readings) {
    const task = read(record);
    if (task !== undefined) return task;
  }
  return undefined;
}

import { isNumber } from '../../text/exactNumber.ts';
import type { Message } from '../../task/task.ts';
import { isMembers, listIn, numberIn, textIn, type Members } from './members.ts';
import { asText, messagesOf } from './messages.ts';
import { promptNames, promptOf } from './pairs.ts';
import { pairTask, type Shape } from './shape.ts';

/** Names of a list of answers. */
const listNames = [
  'completions',
  'generations',
  'responses',
  'candidates',
  'replies',
  'outputs',
  'output',
  'summaries',
  'samples',
  'choices',
] as const;
/** Names of an answer's text in its list. */
const textNames = [
  'response',
  'text',
  'content',
  'completion',
  'output',
  'answer',
  'code',
  'message',
  'value',
] as const;
/** Names of an answer's score; more is better. */
const scoreNames = ['overall_score', 'fine-grained_score', 'score', 'rating', 'reward'] as const;
/** Names of lists of scores beside the answers. */
const scoreLists = ['ratings', 'scores', 'rewards'] as const;
/** Names of the index of the best answer. */
const bestNames = ['choice', 'best', 'best_index', 'chosen_index'] as const;

interface Listed {
  readonly messages: readonly Message[];
  readonly model: string | undefined;
  readonly score: number | undefined;
}

/**
 * One prompt and a list of answers, as in UltraFeedback's rows and the files of samplers. The task gets the two answers with
 * the best scores, best first, or else the first two; the others are kept in its source.
 */
export const listedAnswers: Shape = {
  title: 'a prompt with a list of answers',
  needs: [promptNames, listNames],
  read(record) {
    const prompt = promptOf(record);
    const name = listNames.find((it) => listIn(record, it) !== undefined);
    // A problem whose tests cannot be read must not lose them.
    if (prompt === undefined || name === undefined || testsIn(record) !== undefined) return undefined;
    const read = listIn(record, name)!.map((item, at) => answerOf(item, at, record));
    const answers = read.filter((answer) => answer !== undefined);
    if (answers.length < 2 || answers.length < read.length) return undefined;
    const isScored = answers.every(({ score }) => score !== undefined);
    const best = isScored ? answers.toSorted((a, b) => b.score! - a.score!) : answers;
    const [one, other, ...others] = best;
    return pairTask({
      format: 'list',
      foreignId: record['id'],
      language: textIn(record, 'language'),
      prompt,
      answers: [one!, other!],
      verdict: {
        ...(isScored ? rated(one!, other!) : chosen(record, answers.length)),
        ...(others.length > 0 && {
          others: others.map(({ messages, ...rest }) => ({ text: asText(messages), ...rest })),
        }),
      },
    });
  },
};

const testName =
  /^(?:(?:public|private|hidden|unit|base|plus)_)?(?:tests?|test_?(?:list|cases?|code)|inputs?_outputs?|verification_info|(?:base|plus)_input)$/;

/** The name of the member that holds a problem's tests; `undefined` without tests. */
export function testsIn(record: Members): string | undefined {
  const isTests = ([name, value]: [string, unknown]) => testName.test(name) && value !== null && value !== '';
  return Object.entries(record).find(isTests)?.[0];
}

function answerOf(item: unknown, at: number, record: Members): Listed | undefined {
  const text = isMembers(item)
    ? textNames.map((name) => item[name]).find((value) => value !== undefined)
    : item;
  const messages = messagesOf(text, 'assistant');
  if (messages === undefined) return undefined;
  const own = isMembers(item) ? item : {};
  const model = textIn(own, 'model', 'model_name') ?? itemIn(record, ['models', 'generation_models'], at);
  const score = numberIn(own, ...scoreNames) ?? itemIn(record, scoreLists, at) ?? fromRank(own);
  return {
    messages,
    model: typeof model === 'string' ? model : undefined,
    score: isNumber(score) ? Number(score) : undefined,
  };
}

/** The item at an index of the first list that has one. */
function itemIn(record: Members, names: readonly string[], at: number): unknown {
  return names.map((name) => listIn(record, name)?.[at]).find((value) => value !== undefined);
}

/** A rank as a score: rank 0 or 1 is the best. */
function fromRank(own: Members): number | undefined {
  const rank = numberIn(own, 'rank');
  return rank === undefined ? undefined : -rank;
}

function rated(one: Listed, other: Listed): Members {
  return { winner: one.score === other.score ? null : 0, ratings: [one.score, other.score] };
}

/** The verdict by the index of the best answer, if it is one of the first two. */
function chosen(record: Members, count: number): Members {
  const best = numberIn(record, ...bestNames);
  if (best === undefined || !Number.isInteger(best) || best < 0 || best >= count) return {};
  return best < 2 ? { winner: best, best } : { best };
}

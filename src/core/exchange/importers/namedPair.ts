import type { Message } from '../../task/task.ts';
import { numberIn, textIn, type Members } from './members.ts';
import { messagesOf } from './messages.ts';
import { promptNames, promptOf, strengthOf } from './pairs.ts';
import { conversationPair, type Shape } from './shape.ts';

/** Any other record with a prompt and two texts under a known pair of names: `response_1` and `response_2`. */
export const namedPair: Shape = {
  title: 'a pair',
  needs: [
    promptNames,
    ['response_1', 'response_a', 'answer_1', 'text1', 'left'],
    ['response_2', 'response_b', 'answer_2', 'text2', 'right'],
  ],
  read(record) {
    const prompt = promptOf(record);
    const texts = pairIn(record);
    if (prompt === undefined || texts === undefined) return undefined;
    const strength = numberIn(record, 'preference_strength');
    return conversationPair({
      format: 'pair',
      foreignId: record['id'],
      language: textIn(record, 'language'),
      prompt,
      one: texts.one,
      other: texts.other,
      models: texts.models,
      verdict: {
        ...(strength !== undefined && strengthOf(strength)),
        ...judgedIn(record),
      },
    });
  },
};

/** The verdict and its author in a flat record, such as Label Studio's JSON_MIN. */
function judgedIn(record: Members): Members {
  const names = [
    'comparison',
    'preference',
    'preference_statement',
    'preference_elaboration',
    'better_response_id',
    'safer_response_id',
    'orig_preference',
    'labels',
    'vote',
    'judge',
    'source',
    'subset',
    'dataset',
    'winner',
    'label',
    'annotator',
    'annotation_id',
    'lead_time',
    'created_at',
    'updated_at',
  ];
  const found = names.flatMap((name) =>
    record[name] === undefined || record[name] === null ? [] : [[name, record[name]] as const],
  );
  return found.length === 0 ? {} : { judged: Object.fromEntries(found) };
}

const bases = [
  'response',
  'orig_response',
  'human_ref',
  'summary',
  'answer',
  'completion',
  'generation',
  'output',
  'text',
  'candidate',
  'reply',
  'solution',
  'code',
  'model_output',
  'assistant',
];
const joints = ['', '_', '-', ' '];
const ends: readonly (readonly [string, string])[] = [
  ['1', '2'],
  ['0', '1'],
  ['a', 'b'],
  ['A', 'B'],
];
/** Pairs of names that programs use for two texts, in the order of search. */
const pairNames: readonly (readonly [string, string])[] = [
  ['left', 'right'],
  ...bases.flatMap((base) =>
    joints.flatMap((joint) =>
      ends.map(([one, other]) => [`${base}${joint}${one}`, `${base}${joint}${other}`] as const),
    ),
  ),
  ['response_j', 'response_k'],
];

/** The two texts of a record, under names that differ only in their suffix; ignores case. */
export function pairIn(record: Members):
  | {
      readonly one: readonly Message[];
      readonly other: readonly Message[];
      readonly models: readonly [string | undefined, string | undefined];
    }
  | undefined {
  const names = new Map(Object.keys(record).map((name) => [name.toLowerCase(), name]));
  for (const pair of pairNames) {
    const [first, second] = [names.get(pair[0].toLowerCase()), names.get(pair[1].toLowerCase())];
    if (first === undefined || second === undefined) continue;
    const [one, other] = [messagesOf(record[first], 'assistant'), messagesOf(record[second], 'assistant')];
    if (one === undefined || other === undefined) continue;
    return { one, other, models: [modelOf(record, first, pair[0]), modelOf(record, second, pair[1])] };
  }
  return undefined;
}

function modelOf(record: Members, name: string, known: string): string | undefined {
  const end = /[0-9a-z]$/i.exec(known)?.[0] ?? '';
  return textIn(
    record,
    `${name}_model`,
    `model_${end}`,
    `model${end}`,
    `model_${end.toUpperCase()}`,
    `generator_${end}`,
  );
}

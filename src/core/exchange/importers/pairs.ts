import { isNumber } from '../../text/exactNumber.ts';
import { messagesOf, transcript } from './messages.ts';
import { isMembers, listIn, membersIn, numberIn, textIn, unpacked, type Members } from './members.ts';
import { conversationPair, pairTask, ratedTask, type Shape } from './shape.ts';
import type { Message } from '../../task/task.ts';

/** Names of the member that holds the prompt. */
export const promptNames = ['prompt', 'instruction', 'question', 'query', 'input'] as const;

/**
 * TRL's preference format, as texts or messages, and the shapes that trainers read in its place: the prompt beside
 * conversations that repeat it (UltraFeedback, `dpo-mix`), Alpaca's instruction and input, Orca's system and question,
 * ShareGPT's turns, HH-RLHF's transcripts (https://huggingface.co/docs/trl/dataset_formats#preference).
 */
export const trlPair: Shape = {
  title: 'a TRL preference pair',
  needs: [['chosen'], ['rejected']],
  read(record) {
    const chosen = sideOf(record['chosen']);
    const rejected = sideOf(record['rejected']);
    if (chosen === undefined || rejected === undefined) return undefined;
    const margin = numberIn(record, 'margin');
    return conversationPair({
      format: 'trl',
      prompt: promptOf(record),
      one: chosen,
      other: rejected,
      verdict: { winner: 0, ...(margin !== undefined && { margin }), ...ratings(record) },
    });
  },
};

function sideOf(value: unknown): readonly Message[] | undefined {
  return (typeof value === 'string' ? transcript(value) : undefined) ?? messagesOf(value, 'assistant');
}

/** The prompt under any of its names, with Alpaca's input after the instruction and Orca's system text first. */
export function promptOf(record: Members): readonly Message[] | undefined {
  const turns = messagesOf(record['conversations'] ?? record['messages'], 'user');
  const asked =
    promptNames
      .map((name) => messagesOf(unpackedTurns(record[name]), 'user'))
      .find((it) => it !== undefined) ?? (turns?.at(-1)?.role === 'assistant' ? turns.slice(0, -1) : turns);
  if (asked === undefined) return undefined;
  const input = textIn(record, 'instruction') === undefined ? '' : (textIn(record, 'input') ?? '');
  const [first, ...others] = asked;
  const whole =
    input.trim() === '' ? asked : [{ ...first!, content: `${first!.content}\n\n${input}` }, ...others];
  const system = textIn(record, 'system', 'system_prompt') ?? '';
  return system.trim() === '' || whole[0]!.role === 'system'
    ? whole
    : [{ role: 'system', content: system }, ...whole];
}

/** Parses a list of turns from a JSON string, as columns of data sets hold it. */
function unpackedTurns(value: unknown): unknown {
  const list = typeof value === 'string' && /^\s*\[/.test(value) ? unpacked(value) : undefined;
  return Array.isArray(list) && list.every(isMembers) ? list : value;
}

function ratings(record: Members): Members {
  const names = [
    'chosen_rating',
    'rejected_rating',
    'score_chosen',
    'score_rejected',
    'chosen_score',
    'rejected_score',
  ];
  const found = names.flatMap((name) => (isNumber(record[name]) ? [[name, record[name]] as const] : []));
  return found.length === 0 ? {} : { ratings: Object.fromEntries(found) };
}

/** TRL unpaired, KTO, HelpSteer2's rated answers and Alpaca's single answers: one answer to rate. */
export const singleAnswer: Shape = {
  title: 'a prompt with one answer',
  needs: [promptNames, ['completion', 'response', 'output']],
  read(record) {
    const prompt = promptOf(record);
    const completion = messagesOf(
      record['completion'] ?? record['response'] ?? record['output'],
      'assistant',
    );
    if (prompt === undefined || completion === undefined) return undefined;
    const { label } = record;
    const isLabel = typeof label === 'boolean' || (isNumber(label) && [0, 1].includes(Number(label)));
    return ratedTask('trl-unpaired', prompt, completion, {
      ...(isLabel && { label: Number(label) === 1 }),
      ...helpfulness(record),
    });
  },
};

const helpSteerNames = ['helpfulness', 'correctness', 'coherence', 'complexity', 'verbosity'];

function helpfulness(record: Members): Members {
  const scores = helpSteerNames.flatMap((name) =>
    isNumber(record[name]) ? [[name, record[name]] as const] : [],
  );
  return scores.length === 0 ? {} : { scores: Object.fromEntries(scores) };
}

/** OpenAI's preference format. */
export const openaiPair: Shape = {
  title: 'an OpenAI preference pair',
  needs: [['input'], ['preferred_output'], ['non_preferred_output']],
  read(record) {
    const prompt = messagesOf(membersIn(record, 'input')?.['messages'], 'user');
    const preferred = messagesOf(record['preferred_output'], 'assistant');
    const other = messagesOf(record['non_preferred_output'], 'assistant');
    if (prompt === undefined || preferred === undefined || other === undefined) return undefined;
    return pairTask({
      format: 'openai-dpo',
      prompt,
      answers: [{ messages: preferred }, { messages: other }],
      verdict: { winner: 0 },
    });
  },
};

/** HelpSteer3: a negative preference means that response 1 is better; 0 is a tie. */
export const helpSteer3Pair: Shape = {
  title: 'a HelpSteer3 pair',
  needs: [['context'], ['response1'], ['response2']],
  read(record) {
    const prompt = messagesOf(record['context'], 'user');
    const [one, other] = [
      messagesOf(record['response1'], 'assistant'),
      messagesOf(record['response2'], 'assistant'),
    ];
    if (prompt === undefined || one === undefined || other === undefined) return undefined;
    const overall = record['overall_preference'];
    const individual = (listIn(record, 'individual_preference') ?? []).filter(isMembers);
    return pairTask({
      format: 'helpsteer3',
      language: textIn(record, 'language'),
      prompt,
      answers: [{ messages: one }, { messages: other }],
      verdict: {
        ...(isNumber(overall) && strengthOf(Number(overall))),
        individual: individual.map(({ score, reasoning, feedback1, feedback2 }) => ({
          score,
          reasoning,
          ...(feedback1 !== undefined && { feedback1 }),
          ...(feedback2 !== undefined && { feedback2 }),
        })),
      },
    });
  },
};

/** A preference as one number: the sign gives the winner, the absolute value the strength. */
function strengthOf(overall: number): Members {
  return { winner: overall === 0 ? null : overall < 0 ? 0 : 1, strength: Math.abs(overall) };
}

/** BigCodeReward: the texts are the last messages of the models' states. */
export const bigCodeRewardPair: Shape = {
  title: 'a BigCodeReward vote',
  needs: [['instruction'], ['states']],
  read(record) {
    const prompt = messagesOf(record['instruction'], 'user');
    const states = membersIn(record, 'states');
    const one = lastMessage(states, 'model_A');
    const other = lastMessage(states, 'model_B');
    if (prompt === undefined || one === undefined || other === undefined) return undefined;
    const vote = textIn(record, 'human_vote', 'vote_type');
    return pairTask({
      format: 'bigcodereward',
      foreignId: record['chat_session_id'],
      prompt,
      answers: [
        { messages: [one], model: textIn(record, 'model_A') },
        { messages: [other], model: textIn(record, 'model_B') },
      ],
      verdict: {
        ...(vote !== undefined && { vote, winner: { vote_model_A: 0, vote_model_B: 1 }[vote] ?? null }),
      },
    });
  },
};

/** Messages are `[role, text]` or `{role, content}`. */
function lastMessage(states: Members | undefined, name: string): Message | undefined {
  const messages = states && membersIn(states, name)?.['messages'];
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  const text: unknown = Array.isArray(last) ? last.at(-1) : isMembers(last) ? last['content'] : undefined;
  return typeof text === 'string' ? { role: 'assistant', content: text } : undefined;
}

/**
 * Votes of the chatbot arenas: two conversations with the user's turns in both (33k, 140k), or a prompt and two
 * responses, each a list of turns in a text (55k).
 */
export const arenaPair: Shape = {
  title: 'an arena vote',
  needs: [
    ['model_a', 'model_A'],
    ['model_b', 'model_B'],
    ['conversation_a', 'response_a'],
    ['conversation_b', 'response_b'],
  ],
  read(record) {
    const [modelA, modelB] = [textIn(record, 'model_a', 'model_A'), textIn(record, 'model_b', 'model_B')];
    if (modelA === undefined || modelB === undefined) return undefined;
    const prompts = turnTexts(record['prompt']) ?? [];
    const one = messagesOf(record['conversation_a'], 'user') ?? interleaved(prompts, record['response_a']);
    const other = messagesOf(record['conversation_b'], 'user') ?? interleaved(prompts, record['response_b']);
    if (one === undefined || other === undefined) return undefined;
    return conversationPair({
      format: 'arena',
      foreignId: record['id'] ?? record['question_id'],
      language: textIn(record, 'language'),
      prompt: undefined,
      one,
      other,
      models: [modelA, modelB],
      verdict: arenaVerdict(record),
    });
  },
};

function turnTexts(value: unknown): readonly string[] | undefined {
  const list = typeof value === 'string' && /^\s*\[/.test(value) ? unpacked(value) : undefined;
  if (Array.isArray(list)) return list.map((turn) => (typeof turn === 'string' ? turn : ''));
  return typeof value === 'string' ? [value] : undefined;
}

/** Prompts and responses, alternating. */
function interleaved(prompts: readonly string[], value: unknown): readonly Message[] | undefined {
  const responses = turnTexts(value);
  if (responses === undefined || prompts.length === 0) return undefined;
  return prompts.flatMap((content, at) => [
    { role: 'user', content },
    ...(responses[at] === undefined ? [] : [{ role: 'assistant', content: responses[at] }]),
  ]);
}

function arenaVerdict(record: Members): Members {
  const winner = textIn(record, 'winner');
  if (winner !== undefined) return { vote: winner, winner: { model_a: 0, model_b: 1 }[winner] ?? null };
  const flags = ['winner_model_a', 'winner_model_b', 'winner_tie'].map(
    (name) => record[name] === true || (isNumber(record[name]) && Number(record[name]) === 1),
  );
  const at = flags.indexOf(true);
  return at === -1 ? {} : { winner: at === 2 ? null : at };
}

/**
 * UltraFeedback's rows: one instruction and the answers of several models. The task gets the two answers with the best
 * overall scores, best first.
 */
export const ultraFeedbackRow: Shape = {
  title: 'an UltraFeedback row',
  needs: [['instruction'], ['completions']],
  read(record) {
    const prompt = promptOf(record);
    const rated = (listIn(record, 'completions') ?? []).filter(isMembers).flatMap((it) => {
      const messages = messagesOf(it['response'], 'assistant');
      return messages === undefined
        ? []
        : [
            {
              messages,
              model: textIn(it, 'model'),
              score: numberIn(it, 'overall_score', 'fine-grained_score') ?? 0,
            },
          ];
    });
    const [one, other] = rated.toSorted((a, b) => b.score - a.score);
    if (prompt === undefined || one === undefined || other === undefined) return undefined;
    return pairTask({
      format: 'ultrafeedback',
      prompt,
      answers: [one, other],
      verdict: { winner: one.score === other.score ? null : 0, ratings: [one.score, other.score] },
    });
  },
};

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
  return textIn(record, `${name}_model`, `model_${end}`, `model${end}`, `model_${end.toUpperCase()}`);
}

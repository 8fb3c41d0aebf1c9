import { isNumber } from '../../text/exactNumber.ts';
import { messagesOf, transcript } from './messages.ts';
import { isMembers, listIn, membersIn, numberIn, textIn, unpacked, type Members } from './members.ts';
import { conversationPair, pairTask, ratedTask, type Shape } from './shape.ts';
import type { Message } from '../../task/task.ts';

/** Names of the member that holds the prompt. */
export const promptNames = [
  'prompt',
  'instruction',
  'question',
  'query',
  'orig_instruction',
  'user_prompt',
  'problem',
  'task',
  'history',
  'post',
  'input',
  'info',
] as const;
/** Names of the text in a prompt that is an object, such as WebGPT's question. */
const promptTexts = ['full_text', 'text', 'post', 'prompt', 'question'] as const;
/** Names of the better and the worse answer of a pair. */
const judgedNames = [
  ['chosen', 'rejected'],
  ...['response', 'answer', 'completion', 'code', 'output', 'solution'].map(
    (base) => [`chosen_${base}`, `rejected_${base}`] as const,
  ),
  ['accepted', 'rejected'],
  ['preferred', 'rejected'],
  ['preferred', 'dispreferred'],
  ['better', 'worse'],
  ['positive', 'negative'],
] as const;

/**
 * TRL's preference format, as texts or messages, and the shapes that trainers read in its place: the prompt beside
 * conversations that repeat it (UltraFeedback, `dpo-mix`), Alpaca's instruction and input, Orca's system and question,
 * ShareGPT's turns, HH-RLHF's transcripts (https://huggingface.co/docs/trl/dataset_formats#preference).
 */
export const trlPair: Shape = {
  title: 'a TRL preference pair',
  needs: [judgedNames.map(([better]) => better), judgedNames.map(([, worse]) => worse)],
  read(record) {
    const names = judgedNames.find((pair) => pair.every((name) => sideOf(record[name]) !== undefined));
    if (names === undefined) return undefined;
    const [chosen, rejected] = names.map((name) => sideOf(record[name])!) as [Message[], Message[]];
    const margin = numberIn(record, 'margin');
    return conversationPair({
      format: 'trl',
      prompt: promptOf(record),
      one: chosen,
      other: rejected,
      models: [
        textIn(record, `${names[0]}_model`, 'chosen_model'),
        textIn(record, `${names[1]}_model`, 'rejected_model'),
      ],
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
    promptNames.map((name) => askedIn(record[name])).find((it) => it !== undefined) ??
    (turns?.at(-1)?.role === 'assistant' ? turns.slice(0, -1) : turns);
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

function askedIn(value: unknown): readonly Message[] | undefined {
  const text = isMembers(value) ? textIn(value, ...promptTexts) : undefined;
  return messagesOf(text ?? unpackedTurns(value), 'user');
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
export function strengthOf(overall: number): Members {
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

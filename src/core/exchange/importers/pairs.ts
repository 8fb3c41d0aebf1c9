import {
  asText,
  fencedLanguage,
  isMembers,
  listIn,
  membersIn,
  messagesOf,
  pairTask,
  textIn,
  type Members,
  type Reading,
} from './shape.ts';
import { canonicalLanguage } from '../../languages.ts';
import { contentHash } from '../../hash.ts';

/** TRL preference, as texts or messages; the prompt may be the beginning that both conversations share. */
export const trlPair: Reading = (record) => {
  const chosen = messagesOf(record['chosen'], 'assistant');
  const rejected = messagesOf(record['rejected'], 'assistant');
  if (chosen === undefined || rejected === undefined) return undefined;
  const shared = chosen.findIndex((message, at) => message.content !== rejected[at]?.content);
  const begin = 'prompt' in record ? 0 : Math.max(0, shared);
  const prompt = messagesOf(record['prompt'], 'user') ?? chosen.slice(0, begin);
  if (prompt.length === 0) return undefined;
  const { margin } = record;
  return pairTask({
    format: 'trl',
    prompt: asText(prompt),
    answers: [{ text: asText(chosen.slice(begin)) }, { text: asText(rejected.slice(begin)) }],
    verdict: { winner: 0, ...(typeof margin === 'number' && { margin }) },
  });
};

/** TRL unpaired: one answer, to be rated. */
export const trlSingle: Reading = (record) => {
  const prompt = messagesOf(record['prompt'], 'user');
  const completion = messagesOf(record['completion'], 'assistant');
  if (prompt === undefined || completion === undefined) return undefined;
  const text = asText(completion);
  const { label } = record;
  return {
    id: `trl-${contentHash([asText(prompt), text]).slice(0, 12)}`,
    language: canonicalLanguage(fencedLanguage([text]) ?? 'text'),
    prompt: asText(prompt),
    answers: [{ id: 'answer', text }],
    ask: ['rate', 'flag'],
    source: { format: 'trl-unpaired', ...(typeof label === 'boolean' && { label }) },
  };
};

/** OpenAI's preference format. */
export const openaiPair: Reading = (record) => {
  const prompt = messagesOf(membersIn(record, 'input')?.['messages'], 'user');
  const preferred = messagesOf(record['preferred_output'], 'assistant');
  const other = messagesOf(record['non_preferred_output'], 'assistant');
  if (prompt === undefined || preferred === undefined || other === undefined) return undefined;
  return pairTask({
    format: 'openai-dpo',
    prompt: asText(prompt),
    answers: [{ text: asText(preferred) }, { text: asText(other) }],
    verdict: { winner: 0 },
  });
};

/** HelpSteer3: negative where response 1 is better. A 0 is a tie, and stays one. */
export const helpSteer3Pair: Reading = (record) => {
  const prompt = messagesOf(record['context'], 'user');
  const [one, other] = [textIn(record, 'response1'), textIn(record, 'response2')];
  if (prompt === undefined || one === undefined || other === undefined) return undefined;
  const overall = record['overall_preference'];
  const individual = listIn(record, 'individual_preference') ?? [];
  const language = textIn(record, 'language');
  return pairTask({
    format: 'helpsteer3',
    language: language !== undefined && /^[a-z][a-z0-9+#.-]*$/i.test(language) ? language : undefined,
    prompt: asText(prompt),
    answers: [{ text: one }, { text: other }],
    verdict: {
      ...(typeof overall === 'number' && {
        winner: overall === 0 ? null : overall < 0 ? 0 : 1,
        strength: Math.abs(overall),
      }),
      individual: individual.filter(isMembers).map(({ score, reasoning }) => ({ score, reasoning })),
    },
  });
};

/** BigCodeReward: the texts are the last messages of the models' states. */
export const bigCodeRewardPair: Reading = (record) => {
  const prompt = textIn(record, 'instruction');
  const states = membersIn(record, 'states');
  const one = lastMessage(states, 'model_A');
  const other = lastMessage(states, 'model_B');
  if (prompt === undefined || one === undefined || other === undefined) return undefined;
  const vote = textIn(record, 'human_vote', 'vote_type');
  return pairTask({
    format: 'bigcodereward',
    id: textIn(record, 'chat_session_id'),
    prompt,
    answers: [
      { text: one, model: textIn(record, 'model_A') },
      { text: other, model: textIn(record, 'model_B') },
    ],
    verdict: {
      ...(vote !== undefined && { vote, winner: { vote_model_A: 0, vote_model_B: 1 }[vote] ?? null }),
    },
  });
};

/** Messages are `[role, text]` or `{role, content}`. */
function lastMessage(states: Members | undefined, name: string): string | undefined {
  const messages = states && membersIn(states, name)?.['messages'];
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  const text: unknown = Array.isArray(last) ? last.at(-1) : isMembers(last) ? last['content'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

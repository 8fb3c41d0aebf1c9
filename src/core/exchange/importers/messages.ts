import type { Message } from '../../task/task.ts';
import { isMembers, listIn, textIn, type Members } from './members.ts';

/** The roles of the chat API, by the names that data sets give them. */
const roles: Readonly<Record<string, string>> = {
  human: 'user',
  prompter: 'user',
  gpt: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  function: 'tool',
  observation: 'tool',
  ipython: 'tool',
};

/**
 * Reads a conversation: a list of `{role, content}` or ShareGPT's `{from, value}`, a single turn, or a text as one turn
 * by `role`. Content in parts becomes the text of its parts in order. A placeholder names each non-text part and each
 * tool call. `undefined` for any other value.
 */
export function messagesOf(value: unknown, role: string): readonly Message[] | undefined {
  if (typeof value === 'string') return [{ role, content: value }];
  if (isMembers(value)) return messagesOf([value], role);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const messages = value.map((member) => (isMembers(member) ? messageOf(member, role) : undefined));
  return messages.includes(undefined) ? undefined : (messages as Message[]);
}

function messageOf(member: Members, role: string): Message | undefined {
  const name = textIn(member, 'role', 'from')?.toLowerCase();
  const content = contentOf(member['content'] ?? member['value'], listIn(member, 'tool_calls'));
  return content === undefined
    ? undefined
    : { role: name === undefined ? role : (roles[name] ?? name), content };
}

function contentOf(content: unknown, calls: readonly unknown[] | undefined): string | undefined {
  const called = (calls ?? []).map(callLine);
  if (typeof content === 'string') return [content, ...called].join('\n\n');
  if (Array.isArray(content) && content.every(isMembers))
    return [...content.map(partText), ...called].join('\n\n');
  return called.length > 0 ? called.join('\n\n') : undefined;
}

function partText(part: Members): string {
  return textIn(part, 'text') ?? `[${textIn(part, 'type') ?? 'part'}]`;
}

function callLine(call: unknown): string {
  const called = isMembers(call) && isMembers(call['function']) ? call['function'] : {};
  return `[call of ${textIn(called, 'name') ?? 'a tool'}: ${textIn(called, 'arguments') ?? ''}]`;
}

/** A conversation as one text: a single turn unchanged, several turns each under the name of its role. */
export function asText(messages: readonly Message[]): string {
  if (messages.length === 1) return messages[0]!.content;
  return messages.map(({ role, content }) => `**${role}**\n\n${content}`).join('\n\n');
}

/** A prompt and the two sides' answers. */
export interface Parted {
  readonly prompt: readonly Message[];
  readonly answers: readonly [readonly Message[], readonly Message[]];
}

/**
 * Splits the common prompt off two conversations, as TRL's `extract_prompt` does. If a separate prompt is given and both
 * conversations repeat it, the repetition is removed. `undefined` if no turn is left for the prompt.
 */
export function parted(
  given: readonly Message[] | undefined,
  one: readonly Message[],
  other: readonly Message[],
): Parted | undefined {
  const begin = sharedTurns(one, other);
  const shared = one.slice(0, begin);
  const answers = [one.slice(begin), other.slice(begin)] as const;
  if (given === undefined || given.length === 0)
    return shared.length === 0 ? undefined : { prompt: shared, answers };
  if (shared.length === 0)
    return { prompt: given, answers: [withoutPrompt(given, one), withoutPrompt(given, other)] };
  const isRepeated = shared.some((turn) => isSameTurn(turn, given.at(-1)!));
  if (!isRepeated) return { prompt: [...given, ...shared], answers };
  const system = given.filter(
    ({ role }) => role === 'system' && !shared.some((turn) => turn.role === 'system'),
  );
  return { prompt: [...system, ...shared], answers };
}

/** Number of leading turns that both share. Each side keeps its answer turns, even if both answers are equal. */
function sharedTurns(one: readonly Message[], other: readonly Message[]): number {
  const first = one.findIndex((turn, at) => other[at] === undefined || !isSameTurn(turn, other[at]));
  const shared = first === -1 ? Math.min(one.length, other.length) : first;
  const maxLeft = Math.min(shared, one.length - 1, other.length - 1);
  // If both conversations are equal, the answers are the turns after the last turn of the prompt.
  const isSame = shared === one.length && shared === other.length;
  const lastAsked = one.findLastIndex(({ role }) => role !== 'assistant') + 1;
  return Math.max(0, isSame ? Math.min(maxLeft, lastAsked) : maxLeft);
}

const isSameTurn = (one: Message, other: Message): boolean =>
  one.role === other.role && one.content === other.content;

/** Removes the prompt from the start of an answer; outputs of base models repeat it. */
function withoutPrompt(given: readonly Message[], answer: readonly Message[]): readonly Message[] {
  const [only] = answer;
  const asked = given.length === 1 ? given[0]!.content : '';
  const isEcho =
    answer.length === 1 && asked.trim() !== '' && only!.content.startsWith(asked) && only!.content !== asked;
  return isEcho ? [{ ...only!, content: only!.content.slice(asked.length) }] : answer;
}

/** The turns of a transcript in HH-RLHF's notation: `\n\nHuman: …\n\nAssistant: …`. */
export function transcript(text: string): readonly Message[] | undefined {
  if (!/^\s*Human: /.test(text)) return undefined;
  const turns = text.trimStart().split(/\n(?=(?:Human|Assistant): )/);
  return turns.map((turn, index) => {
    const content = turn.replace(/^(?:Human|Assistant): /, '');
    // Blank lines part the turns; the last turn keeps its end.
    const isLast = index === turns.length - 1;
    return {
      role: turn.startsWith('Human: ') ? 'user' : 'assistant',
      content: isLast ? content : content.trimEnd(),
    };
  });
}

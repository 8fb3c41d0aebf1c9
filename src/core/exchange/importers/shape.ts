import { contentHash } from '../../hash.ts';
import { canonicalLanguage } from '../../languages.ts';

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** Reads one shape; `undefined` where the record has another. */
export type Reading = (record: Members) => Members | undefined;

/** A text, where the member is one. */
export function textIn(record: Members, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** An object, where the member is one. */
export function membersIn(record: Members, name: string): Members | undefined {
  const value = record[name];
  return isMembers(value) ? value : undefined;
}

/** A list, where the member is one. */
export function listIn(record: Members, name: string): readonly unknown[] | undefined {
  const value = record[name];
  return Array.isArray(value) ? value : undefined;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of texts, where it is one and not empty. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const isTexts =
    Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === 'string');
  return isTexts ? value : undefined;
}

/** One turn of a conversation. */
interface Message {
  readonly role: string;
  readonly content: string;
}

/** A conversation, where it is one: a list of `{role, content}`, or a text for one turn. */
export function messagesOf(value: unknown, role: string): readonly Message[] | undefined {
  if (typeof value === 'string') return [{ role, content: value }];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const messages = value.map((member) => {
    const content = isMembers(member) ? textIn(member, 'content') : undefined;
    return content === undefined ? undefined : { role: textIn(member as Members, 'role') ?? role, content };
  });
  return messages.includes(undefined) ? undefined : (messages as Message[]);
}

/** A conversation as one text: the only turn as it is, several under the names of their roles. */
export function asText(messages: readonly Message[]): string {
  if (messages.length === 1) return messages[0]!.content;
  return messages.map(({ role, content }) => `**${role}**\n\n${content}`).join('\n\n');
}

/** A JSON value that stands in a text, as columns of data sets have it, or by itself. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** One answer of a pair as another program has it. */
export interface ForeignAnswer {
  readonly text: string;
  readonly model?: string | undefined;
}

/** What a pair of another program is made of. */
export interface ForeignPair {
  readonly format: string;
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  readonly prompt: string;
  readonly answers: readonly [ForeignAnswer, ForeignAnswer];
  /** What was judged there; `winner` is 0 or 1, `null` for a tie or both bad. */
  readonly verdict?: Members;
}

/**
 * A pair as a task. The answers are named by their content alone, so that neither name nor order tells which one was
 * preferred.
 */
export function pairTask({ format, id, language, prompt, answers, verdict }: ForeignPair): Members {
  const named = answers
    .map(({ text, model }, at) => ({ at, id: contentHash([at, text]).slice(0, 8), text, model }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return {
    id: id ?? `${format}-${contentHash([prompt, ...named.map(({ text }) => text)]).slice(0, 12)}`,
    language: canonicalLanguage(language ?? fencedLanguage(answers.map(({ text }) => text)) ?? 'text'),
    prompt,
    answers: named.map((answer) => ({
      id: answer.id,
      text: answer.text,
      ...(answer.model !== undefined && { model: answer.model }),
    })),
    source: {
      format,
      order: named.toSorted((one, other) => one.at - other.at).map((answer) => answer.id),
      ...verdict,
    },
  };
}

/** The language that the first fence of the texts names. */
export function fencedLanguage(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const language = /^\s*(?:```|~~~)([A-Za-z][\w+#.-]*)/m.exec(text)?.[1];
    if (language !== undefined) return language.toLowerCase();
  }
  return undefined;
}

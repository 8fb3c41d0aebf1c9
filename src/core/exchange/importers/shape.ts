import { canonicalLanguage, isKnownLanguage } from '../../code/languages.ts';
import type { Message } from '../../task/task.ts';
import { isNumber } from '../../text/exactNumber.ts';
import { contentHash } from '../../text/hash.ts';
import { asText, parted, type Parted } from './messages.ts';
import type { Members } from './members.ts';

/** Functions that the importers need and the caller provides. */
export interface ReadTools {
  /** Decodes LiveCodeBench's private tests: a pickled string, compressed with zlib, in base 64. `undefined` for anything else. */
  readonly unpackTests?: ((packed: string) => string | undefined) | undefined;
}

/** A record shape of another program. */
export interface Shape {
  /** The name for people: "a TRL preference pair". */
  readonly title: string;
  /** The required members; each is a list of alternative names. */
  readonly needs: readonly (readonly string[])[];
  /** The record as a task, not yet validated; `undefined` if the record has another shape. */
  readonly read: (record: Members, tools: ReadTools) => Members | undefined;
}

/** An answer of another program's pair. */
export interface ForeignAnswer {
  readonly messages: readonly Message[];
  readonly model?: string | undefined;
}

/** The parts of another program's pair. */
export interface ForeignPair {
  readonly format: string;
  /** The other program's id. The task id adds a hash of the content, because other files may use the same id. */
  readonly foreignId?: unknown;
  /** The id that Tiebreak gave the task before it was exported. */
  readonly ownId?: string | undefined;
  readonly language?: string | undefined;
  readonly prompt: readonly Message[];
  readonly answers: readonly [ForeignAnswer, ForeignAnswer];
  /** The other program's verdict; `winner` is 0 or 1, `null` for a tie or both bad. */
  readonly verdict?: Members;
}

/**
 * A pair as a task. Answer ids depend only on the content, so that neither id nor order reveals the preferred answer.
 */
export function pairTask({
  format,
  foreignId,
  ownId,
  language,
  prompt,
  answers,
  verdict,
}: ForeignPair): Members {
  const named = answers
    .map(({ messages, model }, at) => ({ at, messages, text: asText(messages), model }))
    .map((answer) => ({ ...answer, id: contentHash([answer.at, answer.text]).slice(0, 8) }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const texts = named.map(({ text }) => text);
  return {
    id: ownId ?? scopedId(format, foreignId, [asText(prompt), ...texts]),
    language: languageNamed(language) ?? fencedLanguage(texts) ?? 'text',
    ...promptMembers(prompt),
    answers: named.map((answer) => ({
      id: answer.id,
      text: answer.text,
      ...(answer.messages.length > 1 && { messages: answer.messages }),
      ...(answer.model !== undefined && { model: answer.model }),
    })),
    source: {
      format,
      ...sourceId(foreignId),
      ...(language !== undefined && languageNamed(language) === undefined && { language }),
      order: named.toSorted((one, other) => one.at - other.at).map((answer) => answer.id),
      ...verdict,
    },
  };
}

/** A pair whose sides are whole conversations, or texts with a separate prompt. */
export function conversationPair({
  prompt,
  one,
  other,
  ...pair
}: Omit<ForeignPair, 'prompt' | 'answers'> & {
  readonly prompt: readonly Message[] | undefined;
  readonly one: readonly Message[];
  readonly other: readonly Message[];
  readonly models?: readonly [string | undefined, string | undefined];
}): Members | undefined {
  const found: Parted | undefined = parted(prompt, one, other);
  if (found === undefined) return undefined;
  const { models = [undefined, undefined], ...rest } = pair;
  return pairTask({
    ...rest,
    prompt: found.prompt,
    answers: [
      { messages: found.answers[0], model: models[0] },
      { messages: found.answers[1], model: models[1] },
    ],
  });
}

/** A task to rate one answer. */
export function ratedTask(
  format: string,
  prompt: readonly Message[],
  answer: readonly Message[],
  verdict: Members,
): Members {
  const [asked, text] = [asText(prompt), asText(answer)];
  return {
    id: scopedId(format, undefined, [asked, text]),
    language: fencedLanguage([text]) ?? 'text',
    ...promptMembers(prompt),
    answers: [{ id: 'answer', text }],
    ask: ['rate', 'flag'],
    source: { format, ...verdict },
  };
}

/** A prompt as a text, and also as turns if it has several turns or a role other than the user's. */
function promptMembers(prompt: readonly Message[]): Members {
  const isPlain = prompt.length === 1 && prompt[0]!.role === 'user';
  return { prompt: asText(prompt), ...(!isPlain && { messages: prompt }) };
}

/**
 * An id that is unique across files and projects: the foreign id, which is unique only in its own file, with a hash of
 * the content. A UUID is kept unchanged.
 */
export function scopedId(format: string, foreignId: unknown, content: unknown): string {
  const hash = contentHash(content);
  if (isNumber(foreignId)) return `${format}-${String(foreignId)}-${hash.slice(0, 8)}`;
  if (typeof foreignId !== 'string' || foreignId.trim() === '') return `${format}-${hash.slice(0, 12)}`;
  if (/^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(foreignId)) return foreignId;
  return `${foreignId.slice(0, 150)}-${hash.slice(0, 8)}`;
}

/** The foreign id, for the record's source. */
export function sourceId(foreignId: unknown): Members {
  return typeof foreignId === 'string' || isNumber(foreignId) ? { id: foreignId } : {};
}

/** A programming language by its canonical name; `undefined` for anything else, such as "english". */
export function languageNamed(name: string | undefined): string | undefined {
  return name !== undefined && isKnownLanguage(name) ? canonicalLanguage(name) : undefined;
}

/** The programming language that the first fence of the texts names. */
export function fencedLanguage(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const language = languageNamed(/^\s*(?:```|~~~)([A-Za-z][\w+#.-]*)/m.exec(text)?.[1]);
    if (language !== undefined) return language;
  }
  return undefined;
}

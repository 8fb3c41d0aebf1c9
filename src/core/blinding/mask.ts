import { attributionSpans } from './attribution.ts';
import {
  isAmbiguous,
  isWrittenAsName,
  namesIn,
  nameSource,
  namesAndVendors,
  plainNameSource,
  vendorSource,
  type Span,
} from './modelNames.ts';
import { Phrases } from './phrases.ts';
import { isQuotedInCode } from './quotedCode.ts';

/** A name that an answer gave itself: the original words, and the position of the replacement in the shown text. */
export interface Mask {
  /** The words that were replaced. Never shown before the review is submitted. */
  readonly original: string;
  /** Offset and length of the replacement in the masked text, in UTF-16 code units. */
  readonly start: number;
  readonly length: number;
}

/** The replacement for a name. */
export const maskWord = '[model]';

/**
 * Replaces the names that an answer gives itself or its maker ("As Claude, …", "I am Gemini, trained by Google",
 * "— ChatGPT") by `[model]`, in prose and in comments. Product names that belong to the work stay: imports,
 * identifiers, string literals, "use the OpenAI API". Lines keep their number and everything else its spelling. In a text
 * with thousands of such phrases, which no person writes, every name is replaced.
 */
export function maskIdentity(text: string): { text: string; masks: Mask[] } {
  if (!anyName.test(text)) return { text, masks: [] };
  const phrases = new Phrases();
  const found = [
    ...clauseSpans(text, phrases),
    ...statementSpans(text, phrases),
    ...attributionSpans(text, phrases),
  ];
  return replaceSpans(text, mergeSpans(phrases.areTooMany ? namesIn(text, 0) : found));
}

const anyName = new RegExp(`${nameSource}|${vendorSource}`, 'iu');

const decoration = String.raw`[\s*_"'“‘\x60\[(]*`;
const article = String.raw`(?:an?|the|your|just|only|actually|also|simply|called|named|known\s+as|indeed)`;
const kind = String.raw`(?:AI|A\.I\.|LLM|language\s+model|chat\s?bot|assistant|bot)`;
const firstPerson = String.raw`(?:\bI\s+am|\bI['’]?m|\bI\s+was|\bmy\s+name\s+is|\bmy\s+name['’]s|\bje\s+suis|\bje\s+m['’]appelle|\bsoy|\bich\s+bin|\bsono|\beu\s+sou|\bik\s+ben|\bjestem|我是|我叫|私は|저는|я\s*[—-])`;
const sentenceStart = String.raw`(?:^|[.!?:;]["'”’)*_]*\s+|\n[ \t]*(?:[#/*>;%"'-]+[ \t]*)?)`;

/**
 * Phrases with which an answer begins to describe itself. The rest of the sentence is searched for names. Each pattern ends
 * before the name.
 */
const leads: readonly RegExp[] = [
  // "I am Claude", "my name is **ChatGPT**", "I was Gemini Pro"
  new RegExp(`${firstPerson}(?:\\s+${article})*(?=${decoration}(?:${nameSource}))`, 'giu'),
  // "I am a large language model", "I'm OpenAI's assistant", "I am an AI"
  new RegExp(
    `${firstPerson}(?:\\s+${article})+(?=(?:\\s+[\\p{L}\\p{N}'’-]+){0,5}?\\s+(?:${kind}|model|system|program)(?!\\p{L}))`,
    'giu',
  ),
  new RegExp(`${firstPerson}(?=\\s+(?:${vendorSource})['’]s\\s)`, 'giu'),
  // "I was trained by …", "I have been created by …", "I'm made by …"
  new RegExp(
    String.raw`\bI\s*(?:['’]m|['’]ve\s+been|am|was|have\s+been)\s+(?:an?\s+\p{L}+\s+)?(?:developed|trained|created|made|built|designed|provided|hosted|fine-tuned|powered|based)(?=\s)`,
    'giu',
  ),
  // "As Claude, …", "As Gemini I …"
  new RegExp(
    `${sentenceStart}As(?=${decoration}(?:${nameSource})[*_\`"'”’]*(?:\\s*[,(—–:]|\\s+(?:I|my)\\b))`,
    'giu',
  ),
  new RegExp(`(?<!known\\s)(?<!such\\s)\\bas(?=\\s+(?:${nameSource}),?\\s+I\\b)`, 'giu'),
  // "As an AI language model developed by …", "as a large language model, …"
  new RegExp(`\\bas\\s+an?(?=(?:\\s+[\\p{L}\\p{N}-]+){0,4}?\\s+${kind}(?!\\p{L}))`, 'giu'),
  // "you are talking to ChatGPT", "speaking as Claude", "it's me, Gemini"
  new RegExp(
    `(?:\\byou(?:['’]re|\\s+are)\\s+(?:talking|chatting|speaking)\\s+(?:to|with)|\\bspeaking\\s+as|\\bbeing|\\bit['’]?s\\s+me,?)(?:\\s+${article})*(?=${decoration}(?:${nameSource}))`,
    'giu',
  ),
  // "Hello, this is Claude." but not "this is Gemini's orbit"
  new RegExp(
    `(?:${sentenceStart}|\\b(?:hi|hello|hey)[,!]?\\s+)(?:this\\s+is|it['’]s)(?=${decoration}(?:${nameSource})[*_\`]*(?:[.!,;:]|\\s*\\n|\\s+(?:here|speaking)\\b|$))`,
    'giu',
  ),
];

/** Text allowed between a lead and a name, or before a further name of the same clause. */
const apposition = new RegExp(
  String.raw`(?:^(?:\s+${article})*|\b(?:by|from|at|of|called|named|as|is|via|behind|on|de|von|par|por)(?:\s+(?:the|an?|team\s+at|researchers\s+at|engineers\s+at|people\s+at))*|[,(—–:/]|\b(?:and|or)|由)${decoration}$`,
  'iu',
);
const product =
  /^['’]?s?\s+(?:API|SDK|client|endpoint|key|library|package|embedding|docs?|documentation|playground)s?\b/iu;
const possessiveMaker = /^['’]s\s/u;

/** Names in sentences in which the answer describes itself. */
function clauseSpans(text: string, phrases: Phrases): Span[] {
  const spans: Span[] = [];
  for (const lead of leads) {
    const matches = [...phrases.in(text, lead)].filter(
      (match) => !isQuotedInCode(text, match.index + match[0].length - 1),
    );
    for (const [at, match] of matches.entries()) {
      const start = match.index + match[0].length;
      // The next lead takes over the names after it.
      const end = Math.min(clauseEnd(text, start), matches[at + 1]?.index ?? text.length);
      spans.push(...namesInClause(text, start, end));
    }
  }
  return spans;
}

/** The names in a clause that refer to the speaker or its maker, in order. */
function namesInClause(text: string, start: number, end: number): Span[] {
  const clause = text.slice(start, end);
  const spans: Span[] = [];
  let reach = 0;
  for (const match of clause.matchAll(namesAndVendors)) {
    const before = clause.slice(reach, match.index);
    const after = clause.slice(match.index + match[0].length);
    const speaks = apposition.test(before) || (match.index < 40 && possessiveMaker.test(after));
    const isWork = product.test(after) || (isAmbiguous(match[0]) && possessiveMaker.test(after));
    if (!speaks || isWork || !isWrittenAsName(match[0])) continue;
    spans.push({ start: start + match.index, end: start + match.index + match[0].length });
    reach = match.index;
  }
  return spans;
}

/** End offset of the sentence that contains `start`. A sentence may continue on the next line; a blank line ends it. */
function clauseEnd(text: string, start: number): number {
  const stretch = text.slice(start, start + 240);
  // oxlint-disable-next-line regexp/no-super-linear-backtracking -- `stretch` has at most 240 characters.
  const stop = /[.!?](?=["'”’)*_]*(?:\s|$))|\n[ \t]*(?:#|\/\/|\*)?[ \t]*\n|```/u.exec(stretch);
  return start + (stop === null ? stretch.length : stop.index);
}

/** Whole phrases that only a model says; every name inside is masked. */
const statements: readonly RegExp[] = [
  new RegExp(
    `(?:${vendorSource})\\s+(?:has\\s+|have\\s+)?(?:developed|trained|created|made|built|designed)\\s+me\\b`,
    'giu',
  ),
  new RegExp(
    String.raw`\bmy\s+(?:creators?|developers?|makers?|company|trainers?|knowledge|training)(?:,|\s+(?:at|is|are|by|from|data\s+from))?\s+(?:${vendorSource})`,
    'giu',
  ),
  new RegExp(
    `(?:${vendorSource})['’]s?\\s+(?:usage|content|use[- ]case|safety|acceptable\\s+use)\\s+(?:polic(?:y|ies)|guidelines?)`,
    'giu',
  ),
  new RegExp(
    `(?:${vendorSource}),\\s+(?:who\\s+(?:made|created|trained)\\s+me|my\\s+(?:creators?|developers?|makers?))\\b`,
    'giu',
  ),
  new RegExp(`\\bI,\\s+(?:${plainNameSource}),`, 'giu'),
  new RegExp(
    `(?:${sentenceStart}|\\b(?:hi|hello|hey)[,!]?\\s+)(?:${nameSource})\\s+here\\b(?=\\s*[.,!—–-])`,
    'giu',
  ),
  new RegExp(`由\\s*(?:${vendorSource})\\s*(?:开发|训练|创建|研发)`, 'giu'),
];

function statementSpans(text: string, phrases: Phrases): Span[] {
  return statements.flatMap((statement) =>
    [...phrases.in(text, statement)]
      .filter((match) => !isQuotedInCode(text, match.index + 1))
      .flatMap((match) => namesIn(match[0], match.index)),
  );
}

/** Sorts the spans and merges overlapping spans. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

function replaceSpans(text: string, spans: readonly Span[]): { text: string; masks: Mask[] } {
  const masks: Mask[] = [];
  let masked = '';
  let reach = 0;
  for (const { start, end } of spans) {
    masked += text.slice(reach, start);
    masks.push({ original: text.slice(start, end), start: masked.length, length: maskWord.length });
    masked += maskWord;
    reach = end;
  }
  return { text: masked + text.slice(reach), masks };
}

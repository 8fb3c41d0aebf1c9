import { areRelated, canonicalLanguage, languageOfPath } from '../code/languages.ts';
import { looksLikeCode } from './codeLines.ts';
import { definedNames, wordsIn } from './definitions.ts';
import { looksLikeDiff } from './diffText.ts';
import { isEditText } from './editBlocks.ts';
import type { ExtractOptions, Segment } from './types.ts';

/** A fenced block with the data that decides which block runs. */
export interface Block {
  /** From 1, in the order of the answer. */
  readonly number: number;
  readonly segment: Segment;
  /** Canonical name; empty if the answer names no language. */
  readonly language: string;
  readonly names: ReadonlySet<string>;
  /** Whether the block can be the solution: in the task's language or without a language, no diff and no program output. */
  readonly usable: boolean;
  readonly isDiff: boolean;
  /** Number of requested names that the block defines. */
  readonly wanted: number;
  /** Whether the block repeats code of the prompt. */
  readonly echo: boolean;
  /** What the text above the block says: it corrects an earlier block, or it is faulty. */
  readonly called: 'corrected' | 'faulty' | undefined;
}

/** The fenced blocks of an answer that are not blank. */
export function readBlocks(segments: readonly Segment[], options: ExtractOptions): Block[] {
  const blocks: Block[] = [];
  let number = 0;
  let before = '';
  for (const segment of segments) {
    if (segment.kind === 'prose') before += segment.text;
    if (segment.kind !== 'code') continue;
    number += 1;
    if (segment.text.trim() !== '') blocks.push(readBlock(segment, number, before, options));
    before = '';
  }
  return blocks.some((block) => block.usable || block.isDiff)
    ? blocks
    : blocks.map((block) => asUsable(block, options));
}

/**
 * Used if no block is in the task's language: makes a "text" block that looks like code usable, and the scripts of a page.
 */
function asUsable(block: Block, options: ExtractOptions): Block {
  if (block.language === 'html' && areRelated('javascript', options.language))
    return asScript(block, options);
  const lines = block.segment.text.split('\n').filter((line) => line.trim() !== '');
  const isCode = block.names.size > 0 || looksLikeCode(lines[0]!);
  return { ...block, usable: block.language === 'text' && isCode };
}

/** The line above a block that shows what a program prints. */
const outputHeading =
  /(?:^|\n)[^\n]{0,60}\b(?:outputs?|prints?|results?|printed|displays?)\b[^\n]{0,20}:?[*_`]*\s*$/i;

/** A page's inline scripts as a block; the page itself if it has no scripts. */
function asScript(block: Block, options: ExtractOptions): Block {
  const scripts = [...block.segment.text.matchAll(/<script\b([^>]*)>([^]*?)<\/script\s*>/gi)];
  const text = scripts
    .filter(([, attributes]) => !/\bsrc\s*=/.test(attributes!))
    .map(([, , code]) => code!.replace(/^[ \t]*\n/, ''))
    .join('\n');
  if (text.trim() === '') return block;
  const names = definedNames(text);
  return {
    ...block,
    segment: { ...block.segment, text, language: 'javascript' },
    language: 'javascript',
    names,
    usable: true,
    wanted: wantedNames(names, options).length,
  };
}

const noun =
  '(?:version|code|solution|implementation|program|function|answer|attempt|class|query|script|one|way|approach)';
/** What may follow the last word of a heading. */
const end = String.raw`[^\n.!?]{0,40}:?[*_\x60]*\s*$`;

/** "Corrected version:", "Here is the final code", "**Fixed:**", "Let me fix it:": the block below replaces earlier blocks. */
const correctedHeading = new RegExp(
  [
    String.raw`\b(?:correct(?:ed|ion)s?|fix(?:ed)?|final|revised|amended|updated|working|right|proper|improved) (?:\w+ ){0,3}?${noun}\b`,
    String.raw`\b(?:corrected|fixed|final(?:ly)?|revised|correction)\b${end}`,
    String.raw`\b(?:let me|let[’']s|i(?:[’']ll| will)|we) (?:correct|fix|redo|rewrite|revise|amend) (?:it|that|this|the \w+)\b${end}`,
    String.raw`\b(?:wait|oops|hmm|actually)\b[^\n]{0,60}\b(?:wrong|incorrect|mistake|bug|not right)\b`,
  ].join('|'),
  'i',
);
/** "A first attempt", "The buggy version", "Don’t do this:": the block below is not the answer if there is another block. */
const faultyHeading = new RegExp(
  [
    String.raw`\b(?:first|initial|naive|earlier|previous) (?:attempt|try|draft|version|idea)\b`,
    String.raw`\b(?:buggy|broken|faulty|incorrect|wrong|original|flawed) (?:\w+ ){0,2}?${noun}\b`,
    String.raw`\bnot working\b|\b(?:common|typical|classic|usual|frequent) (?:mistake|error|pitfall|bug)\b`,
    String.raw`(?:^|\n)\W{0,8}(?:do not|don[’']t|never|avoid)(?! (?:forget|worry))\b[^\n.!?]{0,30}:[*_\x60]*\s*$`,
  ].join('|'),
  'i',
);
/** Number of characters above a block that are searched for its heading. */
const headingReach = 240;

function calledBy(before: string): Block['called'] {
  const paragraphs = before
    .slice(-headingReach)
    .trimEnd()
    .split(/\n[ \t]*\n/);
  // Skip a heading or the first words of a list item and use the paragraph above.
  const last = paragraphs.findLast((it) => !captionOnly.test(it)) ?? '';
  const sentence = last.split(/(?<=[.!?])\s+/).at(-1)!;
  if (correctedHeading.test(sentence)) return 'corrected';
  if (faultyHeading.test(sentence)) return 'faulty';
  return correctedHeading.test(last) || correctedHeading.test(paragraphs.at(-1)!) ? 'corrected' : undefined;
}

const captionOnly =
  /^\s*(?:(?:#{1,6}|\d+[.)]|[-*+])[ \t]+\S+(?:[ \t]+\S+){0,2}\s*|(?:`{3,}|~{3,})\w*\n#{1,6} [^\n]*(?:\n\s*)?)$/;

/** Characters of a prompt in which the code that a block repeats is searched. */
const echoReach = 200_000;

function readBlock(segment: Segment, number: number, before: string, options: ExtractOptions): Block {
  const language = blockLanguage(segment);
  const isDiff = language === 'diff' || looksLikeDiff(segment.text) || isEditText(segment.text);
  const isOutput = language === '' && outputHeading.test(before.slice(-200));
  const names = definedNames(segment.text);
  const fits = language === '' || options.language === '' || areRelated(language, options.language);
  return {
    number,
    segment,
    language,
    names,
    isDiff,
    usable: fits && !isDiff && (!isOutput || names.size > 0),
    wanted: wantedNames(names, options).length,
    echo: options.prompt?.slice(0, echoReach).includes(segment.text.trim()) === true,
    called: calledBy(before),
  };
}

function blockLanguage(segment: Segment): string {
  const byPath = segment.path === undefined ? undefined : languageOfPath(segment.path);
  return segment.language === '' ? (byPath ?? '') : canonicalLanguage(segment.language);
}

/** The requested names among the names that a block defines: the entry, or else names that the prompt mentions. */
export function wantedNames(names: ReadonlySet<string>, { entry, prompt }: ExtractOptions): string[] {
  if (entry !== undefined && names.has(entryName(entry))) return [entryName(entry)];
  if (entry !== undefined || prompt === undefined) return [];
  if (askedIn?.prompt !== prompt) askedIn = { prompt, words: wordsIn(prompt) };
  const { words } = askedIn;
  return [...names].filter((name) => name.length > 1 && words.has(name));
}

/** The words of the prompt that was read last: all blocks of an answer have the same prompt. */
let askedIn: { readonly prompt: string; readonly words: ReadonlySet<string> } | undefined;

/** The name that defines the entry: "Stack" for "Stack.push" and "pkg::Stack". */
export function entryName(entry: string): string {
  return entry.split(/\.|::|#|\(/)[0]!;
}

/**
 * Best first: usable blocks, blocks with requested names, new code before code of the prompt, corrected code before the
 * code that it corrects, definitions before examples of use, blocks with the task's language before blocks without a
 * language. Of several blocks with requested names the first comes first, of several corrected blocks the last, and of
 * several other blocks the longest.
 */
export function rankBlocks(blocks: readonly Block[], language: string): Block[] {
  return blocks.toSorted(
    (one, other) =>
      Number(other.usable) - Number(one.usable) ||
      Number(one.echo) - Number(other.echo) ||
      other.wanted - one.wanted ||
      Number(other.names.size > 0) - Number(one.names.size > 0) ||
      byCorrection(one, other) ||
      fit(other, language) - fit(one, language) ||
      (one.wanted > 0 ? one.number - other.number : other.segment.text.length - one.segment.text.length),
  );
}

/** Whether several blocks define the requested names and no text above them says which block counts. */
export function isDoubtful(ranked: readonly Block[]): boolean {
  const [best, other] = ranked.filter((block) => block.usable && !block.echo && block.wanted > 0);
  return (
    best !== undefined &&
    other !== undefined &&
    best.called === other.called &&
    !isCorrected(best) &&
    best.segment.text.trim() !== other.segment.text.trim()
  );
}

const isCorrected = (block: Block): boolean => block.called === 'corrected';

function byCorrection(one: Block, other: Block): number {
  const rank = { corrected: 0, none: 1, faulty: 2 };
  const [first, second] = [rank[one.called ?? 'none'], rank[other.called ?? 'none']];
  return first - second || (isCorrected(one) ? other.number - one.number : 0);
}

function fit(block: Block, language: string): number {
  return block.language === canonicalLanguage(language) ? 2 : block.language === '' ? 1 : 0;
}

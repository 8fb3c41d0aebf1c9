import { areRelated, canonicalLanguage, languageOfPath } from '../languages.ts';
import { definedNames, mentions } from './definitions.ts';
import { looksLikeDiff } from './diffText.ts';
import type { ExtractOptions, Segment } from './types.ts';

/** A fenced block with what decides whether it is the one to run. */
export interface Block {
  /** From 1, in the order of the answer. */
  readonly number: number;
  readonly segment: Segment;
  /** Canonical; empty where the answer does not say. */
  readonly language: string;
  readonly names: ReadonlySet<string>;
  /** It may be what the task asks for: of its language, or of none, and neither a diff nor a program's output. */
  readonly usable: boolean;
  readonly isDiff: boolean;
  /** How many of the names that the task asks for it defines. */
  readonly wanted: number;
  /** It repeats code of the prompt. */
  readonly echo: boolean;
}

/** The fenced blocks of an answer that are not blank. */
export function readBlocks(segments: readonly Segment[], options: ExtractOptions): Block[] {
  const blocks: Block[] = [];
  let number = 0;
  segments.forEach((segment, index) => {
    if (segment.kind !== 'code') return;
    number += 1;
    const above = segments[index - 1];
    const before = above?.kind === 'prose' ? above.text : '';
    if (segment.text.trim() !== '') blocks.push(readBlock(segment, number, before, options));
  });
  return blocks;
}

/** The line above a block that shows what a program prints. */
const outputHeading =
  /(?:^|\n)[^\n]{0,60}\b(?:outputs?|prints?|results?|printed|displays?)\b[^\n]{0,20}:?[*_`]*\s*$/i;

function readBlock(segment: Segment, number: number, before: string, options: ExtractOptions): Block {
  const language = blockLanguage(segment);
  const isDiff = language === 'diff' || looksLikeDiff(segment.text);
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
    echo: options.prompt?.includes(segment.text.trim()) === true,
  };
}

function blockLanguage(segment: Segment): string {
  const byPath = segment.path === undefined ? undefined : languageOfPath(segment.path);
  return segment.language === '' ? (byPath ?? '') : canonicalLanguage(segment.language);
}

/** Of the names a block defines, those that the task asks for: its entry, or else what the prompt speaks of. */
export function wantedNames(names: ReadonlySet<string>, { entry, prompt }: ExtractOptions): string[] {
  if (entry !== undefined && names.has(entryName(entry))) return [entryName(entry)];
  if (entry !== undefined) return [];
  return [...names].filter((name) => name.length > 1 && prompt !== undefined && mentions(prompt, name));
}

/** "Stack.push" and "pkg::Stack" start from what defines them. */
export function entryName(entry: string): string {
  return entry.split(/\.|::|#|\(/)[0]!;
}

/**
 * Best first: usable before not, what the task asks for before what it does not, new code before the prompt's own,
 * definitions before examples of use, the named language before none. Of several that define what is asked the
 * first comes first; of several that do not, the longest.
 */
export function rankBlocks(blocks: readonly Block[], language: string): Block[] {
  return blocks.toSorted(
    (one, other) =>
      Number(other.usable) - Number(one.usable) ||
      Number(one.echo) - Number(other.echo) ||
      other.wanted - one.wanted ||
      Number(other.names.size > 0) - Number(one.names.size > 0) ||
      fit(other, language) - fit(one, language) ||
      (one.wanted > 0 ? one.number - other.number : other.segment.text.length - one.segment.text.length),
  );
}

function fit(block: Block, language: string): number {
  return block.language === canonicalLanguage(language) ? 2 : block.language === '' ? 1 : 0;
}

/** Whether a block calls something that only another usable block defines, so that it cannot run alone. */
export function leansOnOthers(block: Block, blocks: readonly Block[]): boolean {
  return blocks.some(
    (other) =>
      other !== block &&
      other.usable &&
      !other.echo &&
      [...other.names].some((name) => !block.names.has(name) && calls(block.segment.text, name)),
  );
}

/** Whether `name(` stands in the code, and not as a method of something. */
function calls(code: string, name: string): boolean {
  for (let at = code.indexOf(`${name}(`); at !== -1; at = code.indexOf(`${name}(`, at + 1)) {
    if (!/[\p{L}\p{N}_$.]/u.test(code[at - 1] ?? ' ')) return true;
  }
  return false;
}

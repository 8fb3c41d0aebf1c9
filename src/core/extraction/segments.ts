import { eachStretch } from '../code/codeTokens.ts';
import { canonicalLanguage, isKnownLanguage } from '../code/languages.ts';
import { isSentence, looksLikeCode } from './codeLines.ts';
import { fenceLines, linesOf, tokenLine, withoutEndTokens, type FenceLine } from './fences.ts';
import { beforeFence } from './templateTokens.ts';
import { pathFromComment, pathFromHeading, pathFromInfo } from './paths.ts';
import type { Segment } from './types.ts';

/** A fenced block by line numbers, from 0: its content is `[from, to)`, all of it `[open, end)`. */
interface Block {
  readonly open: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly info: string;
  readonly indent: number;
  readonly quoted: boolean;
  /** Whether no fence closes the block. */
  readonly openEnded?: boolean;
}

/** The end of a nested fence is searched at most this many fence lines ahead; bounds the work on hostile texts. */
const nestingReach = 200;

/** At most this many characters of an answer are tokenized to find strings and comments; bounds the work on hostile texts. */
const tokenReach = 1_000_000;

/** What the caller knows about the code in a text. */
interface CutOptions {
  /** The task's language: the language of a block that names no language. */
  readonly language?: string;
}

/**
 * Splits an answer into prose and fenced code. Fences are three or more backticks or tildes and may be in lists and
 * quotes. A block stays whole if it has a longer fence, a nested fence that names a language, or fences inside its strings
 * and comments. An unclosed block ends at the next opening fence, or at the prose at the end.
 */
export function cutSegments(text: string, { language = '' }: CutOptions = {}): Segment[] {
  const lines = linesOf(text).flatMap(apart);
  const segments: Segment[] = [];
  let reach = 0;
  for (const block of findBlocks(lines, language)) {
    pushProse(segments, lines.slice(reach, block.open));
    segments.push(...unwrapped(codeSegment(lines, block, segments.at(-1)), language));
    reach = block.end;
  }
  pushProse(segments, lines.slice(reach));
  return segments;
}

/**
 * Splits a line into parts that belong on separate lines: models open blocks at the end of a sentence
 * ("Here it is: ```python"), begin the code behind the fence ("```python def f():"), and write both fences on one line.
 */
function apart(line: string): string[] {
  const at = line.indexOf('```');
  if (at === -1) return [line];
  const before = line.slice(0, at);
  const fence = line.slice(at);
  if (/[\p{L}\p{N}`)*_][:.!]\s*$/u.test(before) && /^```[a-z][\w+#-]*\s*$/i.test(fence))
    return [before, fence];
  if (chatTokensOnly.test(before)) return [before, ...apart(fence)];
  if (before.trim() !== '') return [line];
  return fenceWithCode(before, fence) ?? [line];
}

const chatTokensOnly = new RegExp(String.raw`^\s*(?:${beforeFence}\s*)+$`);

/** A fence, the code on its line, and the closing fence on the same line; `undefined` if the line has no code. */
function fenceWithCode(before: string, fence: string): string[] | undefined {
  const match = /^(`{3,})([^`\n]*[^`\s])(`{3,})?(\s*)$/.exec(fence);
  if (match === null) return undefined;
  const [, opening = '', info = '', closing, end = ''] = match;
  const from = codeFrom(info);
  if (from === undefined) return undefined;
  const head = `${before}${opening}${info.slice(0, from)}`;
  return closing === undefined ? [head, info.slice(from) + end] : [head, info.slice(from), closing + end];
}

/** Offset at which code begins after a fence: at 0 or after the language; `undefined` without code. */
function codeFrom(info: string): number | undefined {
  const word = /^\s*[A-Za-z][\w+#-]*/.exec(info)?.[0] ?? '';
  const rest = info.slice(word.length);
  const isNamed = isKnownLanguage(word.trim()) && !/^\s*(?:[-+*/|&:]?=)(?!=)/.test(rest);
  const code = isNamed ? rest : info;
  if (code.trim() === '' || (isNamed && !/^\s/.test(rest)) || isAttribute(code)) return undefined;
  return looksLikeCode(code.trim()) ? info.length - code.trimStart().length : undefined;
}

/** Whether the text after a fence describes its block: `title="a.py"`, `{.python}`, `linenos=table`, `src/a.py`. */
function isAttribute(info: string): boolean {
  return (
    pathFromInfo(info) !== undefined ||
    /^\s*(?:\{[^"]*\}|(?:title|name|id|class|linenos|lines|highlight|hl_lines|copy|echo|eval|start)\s*=\s*\S+|[\w-]+="[^"]*")\s*$/i.test(
      info,
    )
  );
}

/** Replaces a block around a whole Markdown answer with its contents; returns any other block unchanged. */
function unwrapped(segment: Segment, language: string): Segment[] {
  const canonical = canonicalLanguage(segment.language);
  if (!['', 'text', 'markdown'].includes(canonical) || canonicalLanguage(language) === 'markdown')
    return [segment];
  if (segment.path !== undefined) return [segment];
  const first = segment.text.split('\n').find((line) => line.trim() !== '') ?? '';
  const begins = canonical === 'markdown' || isSentence(first) || /^#{1,6} /.test(first);
  const begin = segment.raw.indexOf(segment.text);
  if (!begins || begin === -1 || segment.text === '') return [segment];
  const inner = cutSegments(segment.text, { language });
  if (!inner.some(({ kind }) => kind === 'code')) return [segment];
  const head = { kind: 'prose', raw: segment.raw.slice(0, begin), text: '', language: '' } as const;
  const tail = { ...head, raw: segment.raw.slice(begin + segment.text.length) };
  return [head, ...inner, tail].filter(({ raw }) => raw !== '');
}

function pushProse(segments: Segment[], lines: readonly string[]): void {
  const raw = lines.join('');
  if (raw !== '') segments.push({ kind: 'prose', raw, text: raw, language: '' });
}

function codeSegment(lines: readonly string[], block: Block, before: Segment | undefined): Segment {
  const content = lines
    .slice(block.from, block.to)
    .map((line) => withoutIndent(line, block))
    .join('');
  // "return x```": the closing fence is at the end of the last code line.
  const text =
    block.openEnded === true ? withoutEndTokens(content).replace(/(?<=[^`\s])```\s*$/, '\n') : content;
  const above = before?.kind === 'prose' ? before.text : '';
  const path = pathFromInfo(block.info) ?? pathFromHeading(above) ?? pathFromComment(text);
  return {
    kind: 'code',
    raw: lines.slice(block.open, block.end).join(''),
    text,
    language: languageFromInfo(block.info),
    ...(path === undefined ? {} : { path }),
  };
}

/** Removes the indent of the fence: whitespace, and quote marks if the fence is in a quote. */
function withoutIndent(line: string, { indent, quoted }: Pick<Block, 'indent' | 'quoted'>): string {
  const marks = quoted ? /^[ \t>]*/ : /^[ \t]*/;
  const own = marks.exec(line.slice(0, indent))![0].length;
  return line.slice(own);
}

/** "python title=x" → "python"; "{.js}" → "js"; "python3.11" → "python"; "src/a.ts", "12:34:src/a.ts" and words that are no language → "". */
function languageFromInfo(info: string): string {
  const word = /^\{?\.?([A-Za-z][\w+#.-]*)(?=$|[\s:,;{}(=[])/.exec(info.trim())?.[1]?.toLowerCase() ?? '';
  return [word, word.replace(/[\d.]+$/, '')].find(isKnownLanguage) ?? '';
}

function findBlocks(lines: readonly string[], language: string): Block[] {
  const found = fenceLines(lines);
  const budget = { characters: tokenReach };
  // Code without a surrounding fence may have fences in its docstrings.
  const quoted = hiddenFences(lines, found.length < 2 ? [] : found, 0, language, budget);
  const fences = found.filter((fence) => !quoted.has(fence));
  const headless = headlessBlock(lines, fences);
  const blocks: Block[] = headless === undefined ? [] : [headless];
  for (let at = blocks.length; at < fences.length;) {
    const opening = fences[at]!;
    // Only fences before the last one can be a pair inside the block.
    const inner = fences.slice(at + 1, at + 1 + nestingReach);
    const own = languageFromInfo(opening.info) || language || 'python';
    const hidden = hiddenFences(lines, inner.length < 3 ? [] : inner, opening.line + 1, own, budget, opening);
    const { block, next } = blockFrom(lines, fences, at, hidden);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

/** The start of an answer that continues a fence opened in the prompt: code first, then a bare closing fence. */
function headlessBlock(lines: readonly string[], fences: readonly FenceLine[]): Block | undefined {
  const [first, second] = fences;
  if (first === undefined || first.info !== '' || second?.info === '') return undefined;
  const opening = lines.slice(0, first.line).find((line) => line.trim() !== '');
  if (opening === undefined || !looksLikeCode(opening)) return undefined;
  return { open: 0, from: 0, to: first.line, end: first.line + 1, info: '', indent: 0, quoted: false };
}

/**
 * The fences of `inner` that are inside a string or a comment of the code from line `first` on, as in a docstring with an
 * example. Such fences come in pairs; a single fence counts as the block's own, because code may be broken. Reads nothing
 * after a fence that may close `opening`.
 */
function hiddenFences(
  lines: readonly string[],
  inner: readonly FenceLine[],
  first: number,
  language: string,
  budget: { characters: number },
  opening?: FenceLine,
): ReadonlySet<FenceLine> {
  const hidden = new Set<FenceLine>();
  if (inner.length === 0 || budget.characters <= 0) return hidden;
  if (opening !== undefined && isPlain(lines, first, inner[0]!, opening)) return hidden;
  const code = lines
    .slice(first, opening === undefined ? lines.length : inner.at(-1)!.line + 1)
    .join('')
    .slice(0, budget.characters);
  const starts = lineStarts(lines, first, inner);
  let offset = 0;
  let next = 0;
  for (const { text, isLiteral } of eachStretch(code, language)) {
    const begin = offset;
    offset += text.length;
    while (next < inner.length && starts[next]! < begin) next += 1;
    const from = next;
    while (next < inner.length && starts[next]! < offset) next += 1;
    const inside = inner.slice(from, next);
    if (inside.length === 0) continue;
    const isText = isLiteral && spanningText.test(text) && starts[from]! > begin;
    const isPaired = inside.length % 2 === 0 && inside.at(-1)!.info === '';
    if (isText && isPaired) for (const fence of inside) hidden.add(fence);
    else if (opening !== undefined && inside.some((it) => it.info === '' && mayStop(it, opening))) break;
  }
  budget.characters -= offset;
  return hidden;
}

/** A complete string or comment of a kind that may span lines and does not occur in prose. */
const spanningText = /^(?:\w{0,2}"""[^]*"""|\w{0,2}'''[^]*'''|\/\*[^]*\*\/|`[^]*`)$/;

/** Whether no multi-line string or comment begins before a fence that may close the block; then no fence is hidden. */
function isPlain(lines: readonly string[], first: number, fence: FenceLine, opening: FenceLine): boolean {
  const before = lines.slice(first, fence.line);
  return (
    fence.info === '' && mayStop(fence, opening) && !before.some((line) => /"{3}|'{3}|\/\*|`/.test(line))
  );
}

/** Offsets of fence lines in the text that begins at line `first`. */
function lineStarts(lines: readonly string[], first: number, fences: readonly FenceLine[]): number[] {
  let offset = 0;
  let line = first;
  return fences.map((fence) => {
    for (; line < fence.line; line += 1) offset += lines[line]!.length;
    return offset;
  });
}

/** The block that the fence at `at` opens, and the index of the next fence that may open a block. */
function blockFrom(
  lines: readonly string[],
  fences: readonly FenceLine[],
  at: number,
  hidden: ReadonlySet<FenceLine>,
): { block: Block; next: number } {
  const { line, info, indent, quoted } = fences[at]!;
  const head = { open: line, from: line + 1, info, indent, quoted };
  const close =
    nestedClose(fences, at, hidden) ?? firstStop(fences, at, hidden) ?? shortClose(fences, at, hidden);
  if (close === undefined) {
    const to = codeEnd(lines, line + 1, lines.length, languageFromInfo(info));
    return { block: { ...head, to, end: to, openEnded: to === lines.length }, next: fences.length };
  }
  const fence = fences[close]!;
  // A fence with a language cannot close a block: the closing fence is missing, and this fence opens the next block.
  if (fence.info !== '') {
    const to = codeEnd(lines, line + 1, fence.line, languageFromInfo(info));
    return { block: { ...head, to, end: to }, next: close };
  }
  return { block: { ...head, to: fence.line, end: fence.line + 1 }, next: close + 1 };
}

/** The shorter fence that was meant to close a block with a longer opening fence. */
function shortClose(
  fences: readonly FenceLine[],
  at: number,
  hidden: ReadonlySet<FenceLine>,
): number | undefined {
  const opening = fences[at]!;
  return opening.length > 3 ? nestedClose(fences, at, hidden, { ...opening, length: 3 }) : undefined;
}

/** "Run it with:" above the next block. */
const isIntroduction = (line: string): boolean => /^[A-Z][\p{L}’' ]{2,80}:\s*$/u.test(line);

/** The line before `limit` at which an unclosed block ends: the first sentence after its code. */
function codeEnd(lines: readonly string[], from: number, limit: number, language: string): number {
  if (language === 'markdown' || language === 'text') return limit;
  let end = limit;
  for (let at = limit - 1; at >= from; at -= 1) {
    const line = lines[at]!;
    if (line.trim() === '') continue;
    if (tokenLine.test(line)) {
      end = at;
      continue;
    }
    if (!isIntroduction(line) && (!isSentence(line) || looksLikeCode(line))) break;
    // A blank line separates sentences from code, but not the last line of a comment.
    if (at > from && lines[at - 1]!.trim() === '') end = at;
  }
  return end;
}

/** The fence that closes the fence at `at` if fences in between that name a language open nested blocks. */
function nestedClose(
  fences: readonly FenceLine[],
  at: number,
  hidden: ReadonlySet<FenceLine>,
  opening = fences[at]!,
): number | undefined {
  const open = [opening];
  for (let index = at + 1; index < Math.min(fences.length, at + nestingReach); index += 1) {
    const fence = fences[index]!;
    const inner = open.at(-1)!;
    if (hidden.has(fence) || !mayStop(fence, opening)) continue;
    if (fence.info !== '') open.push(fence);
    else if (mayStop(fence, inner)) open.pop();
    if (open.length === 0) return index;
  }
  return undefined;
}

/** The first fence after `at` that ends its block if no blocks are nested. */
function firstStop(
  fences: readonly FenceLine[],
  at: number,
  hidden: ReadonlySet<FenceLine>,
): number | undefined {
  for (let index = at + 1; index < fences.length; index += 1) {
    if (!hidden.has(fences[index]!) && mayStop(fences[index]!, fences[at]!)) return index;
  }
  return undefined;
}

/** Whether a fence can end the block of `opening`: long enough, and not indented so far that it is content. */
function mayStop(fence: FenceLine, opening: FenceLine): boolean {
  return fence.mark === opening.mark && fence.length >= opening.length && fence.indent <= opening.indent + 3;
}

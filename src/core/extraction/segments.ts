import { looksLikeCode } from './codeLines.ts';
import { pathFromComment, pathFromHeading, pathFromInfo } from './paths.ts';
import type { Segment } from './types.ts';

/** A line that may open or close a fenced block. */
interface FenceLine {
  readonly line: number;
  /** Columns before the fence, list and quote marks included. */
  readonly indent: number;
  /** The fence stands in a quote: its lines begin with ">". */
  readonly quoted: boolean;
  readonly mark: '`' | '~';
  readonly length: number;
  readonly info: string;
}

/** A fenced block by line numbers, from 0: its content is `[from, to)`, all of it `[open, end)`. */
interface Block {
  readonly open: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly info: string;
  readonly indent: number;
  readonly quoted: boolean;
  /** No fence closes it. */
  readonly openEnded?: boolean;
}

const fencePattern = /^((?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*)(`{3,}|~{3,})([^\n]*)\n?$/;
/** How far ahead a nested fence's end is looked for, in fence lines, so that hostile texts stay cheap. */
const nestingReach = 200;

/**
 * Cuts an answer into prose and fenced code. Fences may be of backticks or tildes, of any length from three, in
 * lists and quotes; a block of a longer fence or with a nested fence that names a language is kept whole. One
 * that is never closed runs to the next opening fence, or to the end.
 */
export function cutSegments(text: string): Segment[] {
  const lines = (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).flatMap(apart);
  const blocks = findBlocks(lines);
  const segments: Segment[] = [];
  let reach = 0;
  for (const block of blocks) {
    pushProse(segments, lines.slice(reach, block.open));
    segments.push(codeSegment(lines, block, segments.at(-1)));
    reach = block.end;
  }
  pushProse(segments, lines.slice(reach));
  return segments;
}

/** "Here it is: ```python" as two lines, since models open blocks at the end of a sentence too. */
function apart(line: string): string[] {
  const at = line.indexOf('```');
  if (
    at <= 0 ||
    !/^```[a-z][\w+#-]*\s*$/i.test(line.slice(at)) ||
    !/[\p{L}\p{N}`)*_][:.!]\s*$/u.test(line.slice(0, at))
  ) {
    return [line];
  }
  return [line.slice(0, at), line.slice(at)];
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
  // "return x```": the fence that closes it hangs on its last line.
  const text = block.openEnded === true ? content.replace(/(?<=[^`\s])```\s*$/, '\n') : content;
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

/** Takes away what the fence itself is indented by: white space, and quote marks where it stands in a quote. */
function withoutIndent(line: string, { indent, quoted }: Pick<Block, 'indent' | 'quoted'>): string {
  const marks = quoted ? /^[ \t>]*/ : /^[ \t]*/;
  const own = marks.exec(line.slice(0, indent))![0].length;
  return line.slice(own);
}

/** "python title=x" → "python"; "{.js}" → "js"; "src/a.ts" and "12:34:src/a.ts" → "". */
function languageFromInfo(info: string): string {
  const word = /^\{?\.?([A-Za-z][\w+#-]*)(?=$|[\s:,;{}(=[])/.exec(info.trim())?.[1];
  return word?.toLowerCase() ?? '';
}

function findBlocks(lines: readonly string[]): Block[] {
  const fences = lines.flatMap((line, index) => fenceLine(line, index) ?? []);
  const headless = headlessBlock(lines, fences);
  const blocks: Block[] = headless === undefined ? [] : [headless];
  for (let at = blocks.length; at < fences.length;) {
    const { block, next } = blockFrom(fences, at, lines.length);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function fenceLine(line: string, index: number): FenceLine | undefined {
  // Most lines are told by one look.
  if (!line.includes('```') && !line.includes('~~~')) return undefined;
  const match = fencePattern.exec(line);
  if (match === null) return undefined;
  const [, lead = '', fence = '', info = ''] = match;
  const mark = fence[0] === '~' ? '~' : '`';
  if (mark === '`' && info.includes('`')) return undefined;
  return {
    line: index,
    indent: lead.length,
    quoted: lead.includes('>'),
    mark,
    length: fence.length,
    info: info.trim(),
  };
}

/** The head of an answer that goes on from a fence the prompt opened: code first, then a bare fence that closes it. */
function headlessBlock(lines: readonly string[], fences: readonly FenceLine[]): Block | undefined {
  const [first, second] = fences;
  if (first === undefined || first.info !== '' || second?.info === '') return undefined;
  const opening = lines.slice(0, first.line).find((line) => line.trim() !== '');
  if (opening === undefined || !looksLikeCode(opening)) return undefined;
  return { open: 0, from: 0, to: first.line, end: first.line + 1, info: '', indent: 0, quoted: false };
}

/** The block that the fence at `at` opens, and the place of the next fence that may open one. */
function blockFrom(
  fences: readonly FenceLine[],
  at: number,
  lineCount: number,
): { block: Block; next: number } {
  const opening = fences[at]!;
  const { line, info, indent, quoted } = opening;
  const head = { open: line, from: line + 1, info, indent, quoted };
  const close = nestedClose(fences, at) ?? firstStop(fences, at);
  if (close === undefined) {
    return { block: { ...head, to: lineCount, end: lineCount, openEnded: true }, next: fences.length };
  }
  const fence = fences[close]!;
  // A fence with a language cannot close: the writer forgot to, and it opens the next block.
  const forgotten = fence.info !== '';
  return {
    block: { ...head, to: fence.line, end: forgotten ? fence.line : fence.line + 1 },
    next: forgotten ? close : close + 1,
  };
}

/** The fence that closes the one at `at` when fences in between that name a language are nested blocks. */
function nestedClose(fences: readonly FenceLine[], at: number): number | undefined {
  const open = [fences[at]!];
  for (let index = at + 1; index < Math.min(fences.length, at + nestingReach); index += 1) {
    const fence = fences[index]!;
    const inner = open.at(-1)!;
    if (!mayStop(fence, fences[at]!)) continue;
    if (fence.info !== '') open.push(fence);
    else if (mayStop(fence, inner)) open.pop();
    if (open.length === 0) return index;
  }
  return undefined;
}

/** The first fence after `at` that ends its block when nothing nests. */
function firstStop(fences: readonly FenceLine[], at: number): number | undefined {
  for (let index = at + 1; index < fences.length; index += 1) {
    if (mayStop(fences[index]!, fences[at]!)) return index;
  }
  return undefined;
}

/** Whether a fence is long enough to end the other's block, and not so far indented that it belongs to the content. */
function mayStop(fence: FenceLine, opening: FenceLine): boolean {
  return fence.mark === opening.mark && fence.length >= opening.length && fence.indent <= opening.indent + 3;
}

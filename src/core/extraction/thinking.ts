import { fenceLine, linesOf, type FenceLine } from './fences.ts';

/** A part of an answer, `[start, end)` in UTF-16 code units: either thinking or answer. */
export interface Region {
  readonly kind: 'thinking' | 'answer';
  readonly start: number;
  readonly end: number;
}

const tagNames =
  '(?:antml:|ant|seed:)?(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad|inner_monologue|internal_monologue|cot)';
/** Marks that open and close thinking, per model family. `open` is a sticky pattern. */
const marks: readonly { readonly open: RegExp; readonly close: RegExp }[] = [
  {
    open: new RegExp(String.raw`<${tagNames}(?:\s[^>\n]{0,200})?>`, 'iy'),
    close: new RegExp(`</${tagNames}>`, 'gi'),
  },
  { open: /<details\s[^>\n]{0,200}?type="reasoning"[^>\n]{0,200}>/iy, close: /<\/details>/gi },
  { open: /\[THINK\]/y, close: /\[\/THINK\]/g },
  { open: /◁think▷/y, close: /◁\/think▷/g },
  { open: /<\|begin_of_thought\|>/y, close: /<\|end_of_thought\|>/g },
  {
    open: /<\|channel\|>(?:analysis|commentary)<\|message\|>/y,
    close: /<\|end\|>|(?=<\|channel\|>final<\|message\|>)/g,
  },
];
/** Text allowed before an opening mark on its line. After any other text the mark is a quotation in prose or code. */
const lead = /[ \t\uFEFF\u200B]*(?:<\|(?:im_start|start)\|>(?:assistant)?\s*)?/y;
/** If no mark closes the thinking, the tag that opens the answer ends it. */
const answerTag = /^[ \t]*<answer>/gim;
const anyClose = new RegExp(String.raw`</${tagNames}>|\[/THINK\]|◁/think▷|<\|end_of_thought\|>`, 'i');

/**
 * Splits a text into thinking and answer, in order and without gaps. Thinking begins with a mark at the start of a line
 * outside fenced code and strings, and ends at its closing mark or at the end of the text. Some chat templates omit the
 * opening mark, so everything before an unmatched closing mark is thinking.
 */
export function cutThinking(text: string): Region[] {
  if (!/[<[◁]/.test(text)) return text === '' ? [] : [{ kind: 'answer', start: 0, end: text.length }];
  const regions: Region[] = [];
  const lines = linesOf(text);
  let from = 0;
  let offset = 0;
  let state = outside;
  const unclosed = new Set<RegExp>();
  const fences = new NextFence(text);
  for (const [index, line] of lines.entries()) {
    const lineStart = offset;
    offset += line.length;
    // This line is part of thinking that an earlier line opened.
    if (offset <= from) continue;
    const at = Math.max(lineStart, from);
    const thought =
      openedThought(text, at, state, unclosed) ??
      endedThought(text, { from, start: at, end: offset }, state, fences);
    if (thought === undefined) {
      state = stateAfter(state, line, index);
      continue;
    }
    if (thought.start > from) regions.push({ kind: 'answer', start: from, end: thought.start });
    regions.push({ kind: 'thinking', ...thought });
    from = thought.end;
    state = outside;
  }
  if (from < text.length) regions.push({ kind: 'answer', start: from, end: text.length });
  return regions;
}

/** The line shown in place of a model's thinking: "Thinking, 34 lines, not run". */
export function thinkingLine(thinking: string): string {
  const count = linesOf(thinking.trim()).length;
  return `Thinking, ${count} ${count === 1 ? 'line' : 'lines'}, not run`;
}

/** The answer without its thinking. */
export function withoutThinking(text: string): string {
  return cutThinking(text)
    .filter(({ kind }) => kind === 'answer')
    .map(({ start, end }) => text.slice(start, end))
    .join('');
}

/** The state at a line: the open fence, and whether a multi-line string is open. */
interface LineState {
  readonly fence?: FenceLine;
  readonly quoted: boolean;
}

const outside: LineState = { quoted: false };

function stateAfter(state: LineState, line: string, index: number): LineState {
  const fence = fenceLine(line, index);
  if (fence === undefined) {
    const quotes = line.match(/"""|'''|`/g)?.length ?? 0;
    return quotes % 2 === 0 ? state : { ...state, quoted: !state.quoted };
  }
  if (state.fence === undefined) return { ...state, fence };
  const closes = fence.info === '' && fence.mark === state.fence.mark && fence.length >= state.fence.length;
  return closes ? { quoted: state.quoted } : state;
}

/** The thinking that the line at `start` opens, with its marks. `unclosed` collects marks without a closing mark. */
function openedThought(
  text: string,
  start: number,
  { fence, quoted }: LineState,
  unclosed: Set<RegExp>,
): { start: number; end: number } | undefined {
  if (fence !== undefined || quoted) return undefined;
  const at = start + matchedLength(lead, text, start);
  for (const { open, close } of marks) {
    const opening = matchedLength(open, text, at);
    if (opening === 0) continue;
    close.lastIndex = at + opening;
    const closing = unclosed.has(close) ? null : close.exec(text);
    if (closing !== null) return { start, end: closing.index + closing[0].length };
    unclosed.add(close);
    answerTag.lastIndex = at + opening;
    return { start, end: answerTag.exec(text)?.index ?? text.length };
  }
  return undefined;
}

/** The thinking that begins at `from` without a mark and that a mark in the line `[start, end)` closes. */
function endedThought(
  text: string,
  { from, start, end }: { from: number; start: number; end: number },
  { fence, quoted }: LineState,
  fences: NextFence,
): { start: number; end: number } | undefined {
  const line = text.slice(start, end);
  const mark = anyClose.exec(line);
  if (mark === null) return undefined;
  const before = line.slice(0, mark.index);
  const after = line.slice(mark.index + mark[0].length);
  const isOwnLine = before.trim() === '';
  if (!isOwnLine && (after.trim() !== '' || !/[.!?…)]\s*$/.test(before))) return undefined;
  const closing = start + mark.index + mark[0].length;
  if (fence !== undefined ? !fences.opensAfter(closing) : quoted) return undefined;
  return { start: from, end: closing };
}

/** Finds the next fence from offsets that only grow, and searches every part of the text once. */
class NextFence {
  readonly #text: string;
  /** The first fence from `#from` on, as its offset and the text behind it. */
  #found = { start: -1, info: '' };
  #from = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the block open at `from` is never closed: the next fence names a language and so opens another block. */
  opensAfter(from: number): boolean {
    const beside = infoAt(fenceHere, this.#text, from)?.info;
    return (beside ?? this.#atLineAfter(from)) !== '';
  }

  /** The text behind the first fence at the start of a line from this offset on; empty without a fence. */
  #atLineAfter(from: number): string {
    if (from < this.#from || from > this.#found.start) {
      this.#from = from;
      this.#found = infoAt(fenceAtLine, this.#text, from) ?? { start: Infinity, info: '' };
    }
    return this.#found.info;
  }
}

const fenceHere = /[^\S\n]*(?:`{3,}|~{3,})([^\n]*)/y;
const fenceAtLine = new RegExp(`^${fenceHere.source}`, 'gm');

function infoAt(fence: RegExp, text: string, from: number): { start: number; info: string } | undefined {
  fence.lastIndex = from;
  const match = fence.exec(text);
  return match === null ? undefined : { start: match.index, info: match[1]!.trim() };
}

/** Length of a sticky pattern's match at an offset; 0 without a match. */
function matchedLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

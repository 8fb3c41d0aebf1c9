import { afterFence } from './templateTokens.ts';

/** A line that may open or close a fenced block. */
export interface FenceLine {
  /** From 0. */
  readonly line: number;
  /** Columns before the fence, list and quote marks included, without characters that no editor shows. */
  readonly indent: number;
  /** Whether the fence is in a quote, whose lines begin with ">". */
  readonly quoted: boolean;
  readonly mark: '`' | '~';
  readonly length: number;
  /** The text after the fence, trimmed and without chat tokens. */
  readonly info: string;
}

/** Invisible whitespace, which is often pasted from web pages and chat windows before a fence. */
const unseen = String.raw`\uFEFF\u00A0\u200B\u200C\u200D\u2060\u3000`;
const unseenCharacters = new RegExp(`[${unseen}]`, 'g');
const fencePattern = new RegExp(
  String.raw`^((?:[ \t${unseen}]|>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*)(\`{3,}(?!\`)|~{3,}(?!~))([^\n]*)\n?$`,
);
/** Tokens of chat templates at the end of a text. */
const token = String.raw`${afterFence}+\s*$`;
const endTokens = new RegExp(token);
/** Characters at the end of a text in which such tokens are looked for, so that hostile texts stay cheap. */
const tokenReach = 400;
/** A line that consists only of such tokens. */
export const tokenLine = new RegExp(String.raw`^\s*${token}`);

/** A text without the chat template tokens at its end. */
export function withoutEndTokens(text: string): string {
  const start = Math.max(0, text.length - tokenReach);
  const tail = text.slice(start);
  const found = endTokens.exec(tail);
  return found === null ? text : text.slice(0, start + found.index);
}

/** The lines of a text with their line ends: line feeds, or carriage returns if the text has no line feed. */
export function linesOf(text: string): string[] {
  const pattern = text.includes('\n') ? /[^\n]*\n|[^\n]+$/g : /[^\r]*\r|[^\r]+$/g;
  return text.match(pattern) ?? [];
}

/** The lines of a text that may open or close a block, in order. */
export function fenceLines(lines: readonly string[]): FenceLine[] {
  return lines.flatMap((line, index) => fenceLine(line, index) ?? []);
}

export function fenceLine(line: string, index: number): FenceLine | undefined {
  // Fast path: most lines have no fence.
  if (!line.includes('```') && !line.includes('~~~')) return undefined;
  const match = fencePattern.exec(line);
  if (match === null) return undefined;
  const [, lead = '', fence = '', rest = ''] = match;
  const info = withoutEndTokens(rest.trim()).trim();
  const mark = fence[0] === '~' ? '~' : '`';
  if (mark === '`' && info.includes('`')) return undefined;
  const indent = lead.replaceAll(unseenCharacters, '').length;
  return { line: index, indent, quoted: lead.includes('>'), mark, length: fence.length, info };
}

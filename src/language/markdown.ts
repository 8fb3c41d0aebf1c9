/*
 * Markdown for hovers and completion. Its content comes from models and task files, so all of it goes into
 * code blocks and code spans that the content cannot close.
 */

/** The most UTF-16 code units of a line that are shown. */
const longestLine = 200;
/** The most lines of a text that are shown. */
const maxLines = 40;

/** A code block whose fence is longer than any run of backticks inside it. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(longestRun(text) + 1, 3));
  return `${fence}${safeLanguage(language)}\n${text}\n${fence}`;
}

/** A code span on one line, delimited by more backticks than the text has in a row. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${clip(line)}${pad}${ticks}`;
}

/** Lines with their numbers, starting at `first`; lines beyond the limit are omitted, with a note. */
export function numbered(lines: readonly string[], first: number): string {
  const shown = lines.slice(0, maxLines);
  const width = String(first + shown.length - 1).length;
  const rows = shown.map((line, index) => `${String(first + index).padStart(width)}  ${clip(line)}`);
  return [...rows, ...more(lines.length - shown.length)].join('\n');
}

/** A text shortened to fit into a hover. */
export function excerpt(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const shown = lines.slice(0, maxLines).map(clip);
  return [...shown, ...more(lines.length - shown.length)].join('\n');
}

function clip(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}

function more(count: number): string[] {
  return count > 0 ? [`… ${count} more ${count === 1 ? 'line' : 'lines'}`] : [];
}

function longestRun(text: string): number {
  return text.matchAll(/`+/g).reduce((longest, [run]) => Math.max(longest, run.length), 0);
}

function safeLanguage(language: string): string {
  return /^[a-z][a-z0-9+#-]*$/.test(language) ? language : '';
}

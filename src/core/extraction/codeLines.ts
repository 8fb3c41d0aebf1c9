/** Tells code from prose line by line, for answers that come without fences. Heuristics: when in doubt, code. */

/* oxlint-disable regexp/no-super-linear-backtracking -- Of a line, only the first and the last 400 characters are read. */
const codeStart = new RegExp(
  String.raw`^\s*(?:` +
    String.raw`(?:async\s+)?(?:def|class|fn|func|fun|function|struct|enum|impl|trait|interface|module|namespace|template|typedef|record)\b[\s*<(]` +
    String.raw`|(?:import|package|using|require|require_relative|include|use|from)\s+["'\w@{*<.]` +
    String.raw`|(?:public|private|protected|static|final|abstract|export|pub|const|let|var|val|auto|int|long|double|float|bool|boolean|char|void|string|unsigned|mut)\s+[\w<*&:{[]` +
    String.raw`|(?:if|for|while|switch|match|catch|elif|unless|until)\s*[\w(!"'\[$]|(?:else|try|finally|do|begin|end|then|fi|done|esac)\b\s*[:{]?\s*$|(?:return|raise|throw|yield|assert|print|puts|echo)\b\s*\S` +
    String.raw`|(?:select|insert\s+into|update|delete\s+from|with|create|alter|drop|from|where|group\s+by|order\s+by|having|limit|join|union)\b\s` +
    String.raw`|#!|#include|#define|#\[|@\w+|//|/\*|\*/|--\s|<\?|<!doctype|<[a-z][\w-]*[\s/>]|\$\s|[{}()[\]]` +
    String.raw`)`,
  'i',
);
const codeEnd = /[;{}]\s*$|[([,]\s*$|=>\s*$|^\s*\S.*\)\s*:\s*$/;
const assignment =
  /^\s*(?:[\w$.[\]]+(?:\s*,\s*[\w$.[\]]+)*)(?:\s*:\s*[\w[\]<>| .]+)?\s*(?::=|[-+*/|&%]?=)(?!=)\s*\S/;
const call = /^\s*[\w$.:>-]+\([^)]*\)\s*[;.]?\s*$/;
const comment = /^\s*(?:#(?!#|\s*[A-Z][^.]*$)|"""|''')/;
/* oxlint-enable regexp/no-super-linear-backtracking */
/** Of a longer line only the first and last characters are checked. */
const lineReach = 400;
const sentenceStart = /^(?:[A-Z“"'`*_(]|\d+[.)]\s|[-*•]\s|#{1,6}\s)/;
const sentenceEnd = /[.!?:…]["'”’)*_`]*$/;

/** Whether a line can hardly be anything but code. */
export function looksLikeCode(line: string): boolean {
  if (isSentence(line)) return false;
  const [head, tail] = [line.slice(0, lineReach), line.slice(-lineReach)];
  return (
    codeStart.test(head) ||
    codeEnd.test(tail) ||
    assignment.test(head) ||
    call.test(head) ||
    comment.test(head)
  );
}

/**
 * Whether a line is a sentence of prose: not indented, begins and reads like a sentence, and has few code-like marks
 * outside its inline code.
 */
export function isSentence(line: string): boolean {
  const text = line.slice(0, lineReach).trimEnd();
  if (!sentenceStart.test(text)) return false;
  const plain = text.replaceAll(/`[^`]*`/g, 'code');
  const words = plain.match(/[\p{L}’']{2,}/gu)?.length ?? 0;
  const marks = plain.match(/[{}[\]();=<>|&$\\+]/g)?.length ?? 0;
  if (words < 3 || marks * 12 > plain.length || /[;{}]$/.test(plain)) return false;
  if (codeKeyword.test(plain)) return sentenceEnd.test(plain) && words >= 8 && marks === 0;
  return sentenceEnd.test(plain) || words >= 6;
}

/** Words that often begin statements and rarely a sentence; case-sensitive. */
const codeKeyword =
  /^(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|FROM|WHERE|GROUP|ORDER|HAVING|UNION|JOIN|Select|import|from|def|class|return|#include)\b|^#!/;

/** The part of a text between leading and trailing prose; `undefined` if no line looks like code. */
export function codePart(text: string): string | undefined {
  const lines = text.split('\n');
  const range = codeRange(lines);
  if (range === undefined) return undefined;
  return withoutSharedIndent(lines.slice(firstKept(lines, range.first), range.end)).join('\n');
}

/** Whether prose stands before the code, and nothing else, and behind it at most prose after an empty line. */
export function standsInProse(text: string): boolean {
  const lines = text.split('\n');
  const range = codeRange(lines);
  if (range === undefined) return false;
  const before = written(lines.slice(0, firstKept(lines, range.first)));
  const behind = written(lines.slice(range.end));
  const isApart = behind.length === 0 || lines[range.end]!.trim() === '';
  return before.length > 0 && isApart && before.every(isProse) && behind.every(isProse);
}

function written(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '');
}

function isProse(line: string): boolean {
  return isSentence(line) || isLabel(line) || listItem.test(line);
}

/** Whether a line is a few words above code or text: "Sure", "**Solution**", "Python code:". */
function isLabel(line: string): boolean {
  return label.test(line.slice(0, lineReach)) || labelled.test(line);
}

const label =
  /^(?:#{1,6} |[*_]{1,3})?[A-Z][\w’'+#-]{0,40}(?: [\w’'+#-]{1,40}){0,5}[*_]{0,3}[:!.]?[*_]{0,3}\s*$/;
/** A label and what it names: "**Complexity:** O(1)". */
const labelled =
  /^[*_]{0,3}(?:explanation|notes?|time|space|complexity|usage|example|output)\b[^:\n]{0,40}:/i;
const listItem = /^\s*(?:[-*•]|\d+[.)])\s/;

/** The first line of code, and the line after the last; `undefined` if no line looks like code. */
function codeRange(lines: readonly string[]): { first: number; end: number } | undefined {
  const isCode = lines.map((line) => line.trim() !== '' && looksLikeCode(line));
  const first = isCode.indexOf(true);
  if (first === -1) return undefined;
  let end = lines.length;
  while (end > first && !isCode[end - 1] && !isIndentedCode(lines, end - 1)) end -= 1;
  return { first, end };
}

/** Removes Markdown's code indent (four spaces or a tab) if every line has it. */
function withoutSharedIndent(lines: readonly string[]): readonly string[] {
  const shared = /^(?: {4}|\t)/;
  return lines.every((line) => line.trim() === '' || shared.test(line))
    ? lines.map((line) => line.replace(shared, ''))
    : lines;
}

/** Whether an indented line follows code; it then counts as code, whatever its content. */
function isIndentedCode(lines: readonly string[], at: number): boolean {
  return /^\s+\S/.test(lines[at]!) && !isSentence(lines[at]!.trimStart());
}

/** Whether a line above code is prose: "Python code:" is, and `X` alone may be code. */
function isHeading(line: string): boolean {
  return isSentence(line) || (/[:!*_]\s*$/.test(line) && isLabel(line));
}

/** The first line to keep: non-prose lines right before the first code line (`x` alone, a comment) are kept too. */
function firstKept(lines: readonly string[], first: number): number {
  let from = first;
  while (from > 0 && lines[from - 1]!.trim() !== '' && !isHeading(lines[from - 1]!)) from -= 1;
  return from;
}

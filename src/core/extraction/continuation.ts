import { tooLarge } from './answerSize.ts';
import { looksLikeCode } from './codeLines.ts';
import { definedNames } from './definitions.ts';
import { cutSegments } from './segments.ts';
import { canonicalLanguage } from '../code/languages.ts';

/**
 * The name of the function or class that a completion prompt leaves open for the answer to continue: the prompt ends with
 * code, namely a header, its docstring, or an opening brace. `undefined` for any other prompt.
 */
export function openDefinition(prompt: string | undefined): string | undefined {
  if (prompt === undefined) return undefined;
  const lines = prompt.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1)?.trimEnd();
  const code = withoutBlockComments(prompt).split('\n');
  if (last === undefined || !code.every((line) => line.trim() === '' || isPartOfCode(line))) return undefined;
  if (!/[{:=]$|"""$|'{3}$|\*\/$|->$/.test(last) && !/^\s*(?:local\s+)?(?:def|function|sub)\b/.test(last))
    return undefined;
  const names = lines.flatMap((line) => [...definedNames(`${line}\n`)]);
  return names.at(-1);
}

/** Comments hold sentences, also without a mark at the beginning of each line. */
function withoutBlockComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('/*', at);
    const end = start === -1 ? -1 : text.indexOf('*/', start + 2);
    if (end === -1) return parts.join('') + text.slice(at);
    parts.push(text.slice(at, start));
    at = end + 2;
  }
}

/** Whether a line may be part of a program: it is indented, a comment, or looks like code, and is not a sentence. */
function isPartOfCode(line: string): boolean {
  return /^\s|^(?:#|\/\/|\/\*|\*|"""|'{3}|--|;|%|<\?)/.test(line) || looksLikeCode(line);
}

/** Code of a prompt that an answer continues. */
export interface OpenCode {
  /** The code in the prompt, or the whole prompt if all of it is code. */
  readonly text: string;
  /** The function or class that is left open. */
  readonly name: string;
}

/** The code that a prompt leaves open: the prompt itself, or the one block of code in it. */
export function openCode(prompt: string | undefined, language: string): OpenCode | undefined {
  if (prompt === undefined || tooLarge(prompt) !== undefined) return undefined;
  const whole = openDefinition(prompt);
  if (whole !== undefined) return { text: prompt, name: whole };
  const blocks = cutSegments(prompt, { language }).filter(({ kind }) => kind === 'code');
  const [only] = blocks;
  const name = blocks.length === 1 ? openDefinition(only?.text) : undefined;
  return name === undefined ? undefined : { text: only!.text, name };
}

/**
 * The open code followed by a body. In languages with significant indentation, restores a missing indent of the body's
 * first line or of all its lines.
 */
export function continued(open: OpenCode, answer: string, language: string): string {
  const head = open.text.endsWith('\n') ? open.text : open.text.replace(/[ \t]+$/, '');
  if (!indentsMatter(language)) return withoutUnusedImports(open.text, answer, language) + answer;
  const indent = bodyIndent(open.text);
  const body = withoutCutTail(answer);
  const lines = body.replace(/^(?:[ \t]*\n)+/, '').split('\n');
  const first = indentOf(lines[0] ?? '');
  if (first.length >= indent.length) return open.text + body;
  const join = head.endsWith('\n') ? head : `${head}\n`;
  const others = lines.slice(1).filter((line) => line.trim() !== '');
  // A line below "for x in xs:" needs one more step: if it has only one step, every line lost its indent.
  const isHeader = /:\s*(?:#.*)?$/.test(lines[0]!);
  const isFirstOnly =
    others.length > 0 &&
    others.every((line) => indentOf(line).length >= indent.length) &&
    (!isHeader || indentOf(others[0]!).length > indent.length);
  if (isFirstOnly) return join + [indent + lines[0]!.trimStart(), ...lines.slice(1)].join('\n');
  return join + lines.map((line) => (line.trim() === '' ? line : indent + line)).join('\n');
}

/** Removes a truncated definition after the body: base models continue until they are stopped. */
function withoutCutTail(body: string): string {
  const lines = body.split('\n');
  const last = lines.findLastIndex(
    (line, index) => index > 0 && /^(?:def|class|async|if|@|#|print)\b|^[@#]/.test(line),
  );
  if (last === -1 || !/^[ \t]/.test(lines.find((line) => line.trim() !== '')!)) return body;
  const tail = lines.slice(last).join('\n');
  const isCut =
    (tail.match(/"""|'''/g)?.length ?? 0) % 2 === 1 ||
    /:\s*$/.test(tail) ||
    (!/\n\s+\S/.test(tail.trimEnd()) && /^(?:def|class|async)\b/.test(tail));
  return isCut ? `${lines.slice(0, last).join('\n').trimEnd()}\n` : body;
}

const indentsMatter = (language: string): boolean => canonicalLanguage(language) === 'python';

/** The indent of the open body: that of its docstring, or one step more than its header. */
function bodyIndent(code: string): string {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  const header = lines.findLastIndex((line) => /^\s*(?:async\s+)?(?:def|class)\b/.test(line));
  const own = indentOf(lines[header] ?? '');
  const next = indentOf(lines[header + 1] ?? '');
  return next.length > own.length ? next : `${own}    `;
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/**
 * The prompt's imports and helpers followed by the answer's whole definition, for answers that do not repeat them.
 * `undefined` if the prompt has none, or if the answer already contains them.
 */
export function completedBy(open: OpenCode, answer: string, language: string): string | undefined {
  const lines = open.text.split('\n');
  const header = lines.findLastIndex((line) => definedNames(`${line}\n`).has(open.name));
  const start = beginningOf(lines, header);
  const head = lines.slice(0, Math.max(0, start));
  const present = new Set(answer.split('\n').map((line) => line.trim()));
  const missing = head.filter((line) => line.trim() !== '' && !present.has(line.trim()));
  if (!missing.some((line) => !/^\s*(?:#|\/\/|--|\/?\*)(?!include|define)/.test(line))) return undefined;
  const repeated = [...definedNames(head.join('\n'))].some((name) => definedNames(answer).has(name));
  // In Python the last of two definitions counts; in other languages only missing definitions may be added.
  if (!repeated || indentsMatter(language)) {
    const text = withoutUnusedImports(head.join('\n').trimEnd(), answer, language);
    return `${text}\n\n\n${answer}${closingBraces(text)}`;
  }
  const imports = missing.filter((line) =>
    /^\s*(?:#include|import|from|using|use|require|const .*require\()/.test(line),
  );
  return imports.length === 0 ? undefined : `${imports.join('\n')}\n\n${answer}`;
}

/** Go does not compile an import that nothing uses: leaves out those of the prompt that the answer does not need. */
function withoutUnusedImports(head: string, answer: string, language: string): string {
  if (canonicalLanguage(language) !== 'go') return head;
  const lines = head.split('\n').filter((line) => {
    const path = /^\s*(?:import\s+)?"([\w./-]+)"\s*$/.exec(line)?.[1];
    const name = path?.split('/').at(-1);
    return name === undefined || `${head}\n${answer}`.includes(`${name}.`);
  });
  return lines.join('\n');
}

/** The closing braces for the open braces of the code, such as a class around a method. */
function closingBraces(code: string): string {
  const depth = (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
  return depth > 0 ? `\n${'}\n'.repeat(Math.min(depth, 9))}` : '';
}

/** The first line of a definition, including the decorators and comments right above it. */
function beginningOf(lines: readonly string[], header: number): number {
  let start = header;
  while (start > 0 && /^\s*(?:@|#(?!include|define)|\/\/|\/?\*|template\b)/.test(lines[start - 1]!))
    start -= 1;
  return start;
}

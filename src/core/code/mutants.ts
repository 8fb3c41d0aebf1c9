import { codeTokens, type Token } from './codeTokens.ts';
import { contentHash } from '../text/hash.ts';
import { seededRandom, shuffled } from '../text/random.ts';
import type { SourceFile } from '../task/task.ts';

/** A program with one small mechanical fault. */
export interface Mutant {
  /** The place and the change: `main.py:3 < → <=`. Unique among the mutants of a program. */
  readonly name: string;
  readonly files: readonly SourceFile[];
}

/** Each operator with its replacement. The longest come first, because they contain shorter ones. */
const operators: readonly (readonly [from: string, to: string])[] = [
  ['===', '!=='],
  ['!==', '==='],
  ['==', '!='],
  ['!=', '=='],
  ['<=', '<'],
  ['>=', '>'],
  ['&&', '||'],
  ['||', '&&'],
  ['+=', '-='],
  ['-=', '+='],
  ['<', '<='],
  ['>', '>='],
  ['+', '-'],
  ['-', '+'],
  ['*', '+'],
  ['/', '*'],
  ['%', '*'],
];

/** Tokens that begin like one of these operators but are different; they stay unchanged. */
const untouched = ['=>', '->', '<-', '::', ':=', '**', '//', '++', '--', '<<', '>>', '*=', '/=', '%=', '|>'];

const words: Readonly<Record<string, string>> = {
  and: 'or',
  or: 'and',
  true: 'false',
  false: 'true',
  True: 'False',
  False: 'True',
  TRUE: 'FALSE',
  FALSE: 'TRUE',
  AND: 'OR',
  OR: 'AND',
  min: 'max',
  max: 'min',
  break: 'continue',
};

/** A range of a file and its replacement. */
interface Change {
  readonly file: SourceFile;
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/**
 * At most `count` programs, each with one change to this program: another operator, a number that is one larger, `and` for
 * `or`, or the opposite truth value. Comments, strings and whitespace stay unchanged. The choice is random, seeded with the
 * program, so that the same program has the same mutants on every machine.
 */
export function mutantsOf(files: readonly SourceFile[], language: string, count: number): Mutant[] {
  const changes = files.flatMap((file) => changesIn(file, language));
  const chosen = shuffled(changes, seededRandom(`mutants ${contentHash(files)}`)).slice(0, count);
  return chosen.map((change) => ({
    name: nameOf(change),
    files: files.map((file) => changed(file, change)),
  }));
}

function changesIn(file: SourceFile, language: string): Change[] {
  const tokens = codeTokens(file.text, language);
  const changes: Change[] = [];
  let at = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    const sign = token.kind === 'sign' ? signAt(tokens, index) : undefined;
    const from = sign?.text ?? token.text;
    const to = sign?.to ?? (token.kind === 'sign' ? undefined : otherThan(token));
    if (to !== undefined) changes.push({ file, at, from, to });
    at += from.length;
    index += (sign?.length ?? 1) - 1;
  }
  return changes;
}

/** The operator that begins at a token of one character, with its replacement. */
function signAt(
  tokens: readonly Token[],
  index: number,
): { text: string; length: number; to: string | undefined } | undefined {
  const run = tokens.slice(index, index + 3);
  const end = run.findIndex(({ kind }) => kind !== 'sign');
  const signs = run
    .slice(0, end === -1 ? undefined : end)
    .map(({ text }) => text)
    .join('');
  const plain = untouched.find((text) => signs.startsWith(text));
  const [text, to] = operators.find(([from]) => signs.startsWith(from)) ?? [];
  if (plain !== undefined && plain.length >= (text?.length ?? 0))
    return { text: plain, length: plain.length, to: undefined };
  return text === undefined ? undefined : { text, length: text.length, to };
}

function otherThan({ kind, text }: Token): string | undefined {
  if (kind === 'word') return Object.hasOwn(words, text) ? words[text] : undefined;
  if (kind !== 'number' || !/^\d{1,15}$/.test(text)) return undefined;
  return String(Number(text) + 1);
}

function changed(file: SourceFile, { file: where, at, from, to }: Change): SourceFile {
  if (file !== where) return file;
  return { path: file.path, text: file.text.slice(0, at) + to + file.text.slice(at + from.length) };
}

function nameOf({ file, at, from, to }: Change): string {
  const before = file.text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return `${file.path}:${line}:${column} ${from} → ${to}`;
}

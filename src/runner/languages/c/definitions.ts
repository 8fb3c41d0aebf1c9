/** The head of a function definition, `TYPE NAME(PARAMETERS) {`. */
export interface Definition {
  /** Everything on the lines of the head before the name. */
  readonly type: string;
  readonly name: string;
  readonly parameters: string;
}

/** Everything in a text of C that looks like the head of a function definition, in linear time. */
export function* definitionsIn(text: string): Generator<Definition> {
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/[;{}]/g)) {
    if (mark === '{') yield* definitionsBefore(text, start, index);
    start = index + 1;
  }
}

/** The definitions whose body begins at `end`. Nothing but a type and parameters is between `start` and there. */
function* definitionsBefore(text: string, start: number, end: number): Generator<Definition> {
  const head = text.slice(start, end).trimEnd();
  if (!head.endsWith(')')) return;
  let [words, at] = ['', 0];
  for (const { 0: token, index } of head.matchAll(/[\w\s*]+|[^\w\s*]/g)) {
    if (token === '(') {
      const named = typeAndName(words, start + at === 0);
      if (named !== undefined) yield { ...named, parameters: head.slice(index + 1, -1) };
    }
    [words, at] = [token, index];
  }
}

/** Splits the words before a bracket: the type starts at the beginning of a line. */
function typeAndName(words: string, isFirst: boolean): Pick<Definition, 'type' | 'name'> | undefined {
  const line = isFirst ? /^\w/m.exec(words)?.index : afterBreak(words);
  if (line === undefined) return undefined;
  const { before, word } = lastWord(words.slice(line));
  return word === '' || !/[\s*]$/.test(before.slice(-1)) ? undefined : { type: before, name: word };
}

/** The index of the first word at the beginning of a line, other than the first line. */
function afterBreak(words: string): number | undefined {
  const found = /[\n\r\u2028\u2029]\w/.exec(words);
  return found === null ? undefined : found.index + 1;
}

/** The part of a type from the beginning of a line that is words and at most one star, or one word and stars. */
export function simpleType(type: string): string | undefined {
  const start = type.slice(0, -1).lastIndexOf('*') + 1;
  const line = start === 0 ? 0 : afterBreak(type.slice(start));
  return line === undefined ? wordWithStars(type) : type.slice(start + line);
}

function wordWithStars(type: string): string | undefined {
  let end = type.trimEnd().length;
  const isStarred = type[end - 1] === '*';
  while (type[end - 1] === '*') end -= 1;
  const { before, word } = lastWord(type.slice(0, end));
  const startsLine = before === '' || /[\n\r\u2028\u2029]/.test(before.slice(-1));
  return isStarred && word !== '' && startsLine ? type.slice(before.length) : undefined;
}

/** The last word of a text, without the space after it, and everything before that word. */
export function lastWord(text: string): { readonly before: string; readonly word: string } {
  const trimmed = text.trimEnd();
  let start = trimmed.length;
  while (start > 0 && /\w/.test(trimmed[start - 1]!)) start -= 1;
  return { before: trimmed.slice(0, start), word: trimmed.slice(start) };
}

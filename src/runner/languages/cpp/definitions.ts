import { lastWord } from '../c/definitions.ts';

/** The first function that a text defines, other than `main`, in linear time. */
export function firstFunction(text: string): string | undefined {
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/[;{]/g)) {
    const name = mark === '{' ? definedBefore(text, start, index) : undefined;
    if (name !== undefined) return name;
    start = index + 1;
  }
  return undefined;
}

/** The function whose body begins at `end`; neither a statement nor a body is between `start` and there. */
function definedBefore(text: string, start: number, end: number): string | undefined {
  const head = text.slice(start, end);
  const close = head.lastIndexOf(')');
  if (close === -1 || !/^\s*(?:const\s*|noexcept\s*)*$/.test(head.slice(close + 1))) return undefined;
  let [words, at] = ['', 0];
  for (const { 0: token, index } of head.slice(0, close).matchAll(/[\w:<>,*&\s]+|[^\w:<>,*&\s]/g)) {
    const name = token === '(' ? functionName(words, start + at === 0) : undefined;
    if (name !== undefined) return name;
    [words, at] = [token, index];
  }
  return undefined;
}

/** The last of the words before a bracket, if they begin on a line of their own with a type. */
function functionName(words: string, isFirst: boolean): string | undefined {
  const line = (isFirst ? firstLine : laterLine).exec(words);
  if (line === null) return undefined;
  const { before, word } = lastWord(words.slice(line.index));
  const type = before.replace(/(?<![*&])[*&]+$/, '');
  const isTyped = /\s/.test(type.slice(-1)) && /[\w>&*]/.test(type.trimEnd().slice(-1));
  return isTyped && word !== '' && word !== 'main' ? word : undefined;
}

const firstLine = /^(?!return|else|using|typedef)/m;
const laterLine = /(?<=[\n\r\u2028\u2029])(?!return|else|using|typedef)/;

/** Whether a function follows the parameters of a template. */
export function isTemplate(text: string, name: string): boolean {
  const called = new RegExp(`\\b${name}\\s*\\(`);
  return text.split(/[;{]/).some((stretch) => {
    const found = /template\s*</.exec(stretch);
    if (found === null) return false;
    const parts = stretch.slice(found.index + found[0].length).split('}');
    return parts.some((part) => part.includes('>') && called.test(part.slice(part.indexOf('>') + 1)));
  });
}

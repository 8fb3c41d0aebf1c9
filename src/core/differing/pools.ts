import { codeTokens } from '../code/codeTokens.ts';
import { isNumber, numberOf, isJsonNumber, type JsonNumber } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';
import { placesIn, type Tree } from './tree.ts';

/** Values that inputs are made of. */
export interface Pools {
  readonly integers: readonly JsonNumber[];
  readonly fractions: readonly JsonNumber[];
  readonly texts: readonly string[];
  /** The characters of short literals and of what the prompt quotes: texts may consist of them. */
  readonly letters: readonly string[];
  /** Single characters for texts. */
  readonly characters: readonly string[];
  /** Whole lists and objects of the seeds. */
  readonly structures: readonly Json[];
}

/** What the pools are made from. */
export interface PoolSources {
  readonly trees: readonly Tree[];
  /** The code of both answers. */
  readonly codes: readonly string[];
  readonly language: string;
  readonly prompt: string;
}

/** Numbers at which programs often change their behaviour. */
const boundaries = [0, 1, -1, 2, 3, 10, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1)];
const usualFractions = ['0.0', '1.0', '-1.0', '0.5', '2.5', '1e-9', '1e9', '0.1'];
const usualTexts = ['', 'a', 'ab', 'aa', 'ba', 'A', ' ', '0', '10', 'é', '😀', 'e\u0301'];

/** Pools of the seeds' values, the answers' literals with their neighbours, and the prompt's numbers. */
export function poolsOf({ trees, codes, language, prompt }: PoolSources): Pools {
  const values = trees.flatMap((tree) => placesIn(tree).map(({ value }) => value));
  const literals = codes.map((code) => literalsOf(code, language));
  const numbers = [
    ...values.filter(isNumber).map(String),
    ...literals.flatMap((each) => each.numbers).flatMap(neighbours),
    ...numbersIn(prompt),
  ];
  const texts = [
    ...values.filter((value) => typeof value === 'string'),
    ...literals.flatMap((each) => each.texts),
  ].filter((text) => text.length <= longestText);
  const letters = distinct(
    [...literals.flatMap((each) => each.texts), ...quotedIn(prompt)]
      .filter((text) => /^\S{1,8}$/.test(text))
      .flatMap((text) => Array.from(text)),
  );
  const whole = numbers.filter((digits) => /^-?\d+$/.test(digits));
  const fractions = numbers.filter((digits) => !/^-?\d+$/.test(digits));
  return {
    integers: distinct([...whole, ...boundaries.map(String)]).map(numberOf),
    fractions: distinct([...fractions, ...usualFractions]).map(numberOf),
    texts: distinct([...texts, ...letters, ...usualTexts]),
    letters,
    characters: distinct([...texts.flatMap((text) => Array.from(text)), 'a', 'b', 'z', 'A', '0', '1', ' ']),
    structures: values.filter((value) => typeof value === 'object' && value !== null && !isNumber(value)),
  };
}

const longestText = 40;

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)];
}

/** Short words that a prompt quotes. */
function quotedIn(prompt: string): string[] {
  const quoted = prompt.slice(0, 20_000).matchAll(/["“'‘`«]([^\s"“”'‘’`«»]{1,8})["”'’`»]/g);
  return Array.from(quoted, ([, word = '']) => word);
}

function neighbours(digits: string): string[] {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? [digits, String(value + 1), String(value - 1)] : [digits];
}

function literalsOf(code: string, language: string): { numbers: string[]; texts: string[] } {
  const tokens = codeTokens(code, language);
  const numbers = tokens
    .filter(({ kind, text }) => kind === 'number' && isJsonNumber(text))
    .map(({ text }) => text);
  const texts = tokens.filter(({ kind }) => kind === 'string').map(({ text }) => contentOf(text));
  return { numbers, texts };
}

/** The text between the quotes of a literal, with the most common escapes resolved. */
function contentOf(literal: string): string {
  const inner = literal.replace(/^[a-zA-Z]*("""|'''|["'`])/, '').replace(/("""|'''|["'`])$/, '');
  return inner
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll(/\\(["'\\])/g, '$1');
}

/** The numbers of a text, "10^9" and "10⁹" included. */
export function numbersIn(text: string): string[] {
  const found: string[] = [];
  for (const [, whole = '', power] of text
    .slice(0, 20_000)
    .matchAll(/(?<![\w.])(-?\d{1,18})(?:\s?\^\s?(\d{1,2}))?(?![\w.]*\w)/g)) {
    const value = power === undefined ? Number(whole) : Number(whole) ** Number(power);
    if (Number.isSafeInteger(value)) found.push(String(value));
  }
  return distinct(found);
}

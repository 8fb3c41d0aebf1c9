import type { Json } from '../text/json.ts';
import { escaped } from './literals.ts';

/** Arguments for a function of which only the definition is known: by the types of its parameters, else by their names. */
export function signatureSeeds(codes: readonly string[], name: string): Json[][] {
  const definitions = codes.map((code) => parametersOf(code, name)).filter((found) => found !== undefined);
  return definitions.flatMap((parameters) => {
    const choices = parameters.map(valuesFor);
    return Array.from({ length: mostChoices }, (_, index) =>
      choices.map((values) => values[index % values.length]!),
    );
  });
}

const mostChoices = 4;

interface Parameter {
  readonly name: string;
  /** As the answer writes it; empty if it writes none. */
  readonly type: string;
}

/** The parameters of a function; `undefined` if the code does not define it. */
function parametersOf(code: string, name: string): Parameter[] | undefined {
  const pattern = new RegExp(
    `\\b(?:def|function|func|fn|fun)\\s+${escaped(name)}\\s*\\(([^)]{0,500})\\)|\\b${escaped(name)}\\s*=\\s*\\(([^)]{0,500})\\)`,
  );
  const [whole, first, second] = pattern.exec(code) ?? [];
  if (whole === undefined) return undefined;
  const texts = splitOutside(first ?? second ?? '').filter((text) => !/^(?:self|cls|\*.*|\/)$/.test(text));
  // A parameter with a default value can be left out, and those after it.
  const required = texts.findIndex((text) => /[^=!<>]=(?!=)/.test(text));
  return texts.slice(0, required === -1 ? texts.length : Math.max(required, 1)).map(parameterIn);
}

function parameterIn(text: string): Parameter {
  const [, name = '', type = ''] = /^[$&]?(\w+)\??\s*:?\s*([^=]*)/.exec(text) ?? [];
  return { name, type: type.trim() };
}

/** The parts between commas that are not in brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if ('[<{('.includes(character)) depth += 1;
    else if (']>})'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

const integers: readonly Json[] = [3, 1, 0, 12];
const texts: readonly Json[] = ['abc', 'a', 'Hello World', ''];
const lists: readonly Json[] = [[3, 1, 2], [1], [], [5, 5, 4, -2]];

/** Values for a parameter, the most likely first. */
function valuesFor({ name, type }: Parameter): readonly Json[] {
  return type === '' ? valuesForName(name) : (valuesForType(type) ?? valuesForName(name));
}

function valuesForType(type: string): readonly Json[] | undefined {
  const inner =
    /^(?:list|List|Sequence|Iterable|Array|Set|set|Vec)\s*[[<](.*)[\]>]$/.exec(type)?.[1] ??
    /^(.*)\[\]$/.exec(type)?.[1];
  if (inner !== undefined) {
    const items = valuesForType(inner.trim()) ?? integers;
    return [items.slice(0, 3), items.slice(1, 2), [], [...items.slice(0, 2), ...items.slice(0, 2)]];
  }
  if (/^(?:int|number|i32|i64|u32|usize|long)\b/.test(type)) return integers;
  if (/^(?:float|double|f64)\b/.test(type)) return [2.5, 0.5, 1.5, 10.25];
  if (/^&?(?:str|string|String)\b/.test(type)) return texts;
  if (type.startsWith('bool')) return [true, false];
  if (/^(?:list|List|Array|tuple)\b/.test(type)) return lists;
  return /^(?:dict|Dict|Map|Record|object)/.test(type) ? [{ a: 1, b: 2 }, {}] : undefined;
}

function valuesForName(name: string): readonly Json[] {
  if (/^(?:s|t|st|text|str|string|word|sentence|line|name|pattern)\d?$|str|text|word/i.test(name))
    return [...texts.slice(0, 3), lists[0]!];
  if (/^(?:arr|array|lst|list|nums|numbers|xs|ys|items|values|data|seq)|list|array|s$/i.test(name))
    return [lists[0]!, lists[3]!, ['a', 'b'], texts[0]!];
  return [integers[0]!, lists[0]!, texts[0]!, integers[3]!];
}

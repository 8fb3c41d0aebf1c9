import { isJsonNumber, isNumber, numberOf } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';
import { isList, type Tree } from './tree.ts';

// The form of a text that a program reads: lines of tokens, where some numbers say how many items follow. A template turns
// texts of the form into trees without these numbers, and trees into texts in which they are right again.

type Lines = readonly (readonly string[])[];

/** A number that says how many tokens, characters or rows a part has: `count = size / group - offset`. */
interface Count {
  /** The line of the number, and its position there. */
  readonly line: number;
  readonly token: number;
  /** Subtracted from the number of rows: a tree of n nodes has n - 1 edges. */
  readonly offset: number;
}

/** One part of the form. */
export type Part =
  /** One line with a fixed number of tokens. `kinds` has `undefined` for a token that is a count. */
  | { readonly kind: 'line'; readonly kinds: readonly (TokenKind | undefined)[] }
  /** One line with any number of tokens. `isLed`: the first token is the number of the others. */
  | { readonly kind: 'tokens'; readonly item: TokenKind; readonly count?: Count; readonly isLed?: true }
  /** One line with a single word, whose length a number gives. */
  | { readonly kind: 'word'; readonly count: Count }
  /** All remaining lines, in groups of the same form. */
  | { readonly kind: 'rows'; readonly template: Template; readonly count?: Count; readonly width?: Width };

/** Every row is one line with as many tokens, or one word with as many characters, as the others. */
interface Width {
  readonly unit: 'tokens' | 'characters';
  readonly count?: Count;
}

type TokenKind = 'number' | 'text';

/** The form of a text. Each part takes at least one line. */
export interface Template {
  readonly parts: readonly Part[];
}

/** The lines of a text as tokens. Empty lines at the end do not count. */
export function linesOf(text: string): Lines {
  const lines = text.replace(/\s+$/, '').split('\n');
  return lines.map((line) => line.split(/\s+/).filter((token) => token !== ''));
}

/** The form that all texts have; each text has at least one line. */
export function inferTemplate(texts: readonly Lines[]): Template {
  const parts: Part[] = [];
  const counted = new Set<string>();
  for (let at = 0; texts.some((lines) => at < lines.length); at += 1) {
    const rests = texts.map((lines) => lines.slice(at));
    const rows = rowsPart(texts, rests, at);
    if (rows !== undefined) {
      parts.push(rows);
      for (const count of [rows.count, rows.width?.count])
        if (count !== undefined) counted.add(placeOf(count));
      break;
    }
    const part = linePart(
      texts,
      rests.map((rest) => rest[0]!),
      at,
    );
    if ('count' in part && part.count !== undefined) counted.add(placeOf(part.count));
    parts.push(part);
  }
  return { parts: parts.map((part, line) => withoutCounts(part, line, counted)) };
}

function placeOf({ line, token }: Pick<Count, 'line' | 'token'>): string {
  return `${line}:${token}`;
}

function withoutCounts(part: Part, line: number, counted: ReadonlySet<string>): Part {
  if (part.kind !== 'line') return part;
  const kinds = part.kinds.map((kind, token) => (counted.has(placeOf({ line, token })) ? undefined : kind));
  return { ...part, kinds };
}

const offsets = [0, 1];
const groupSizes = [1, 2, 3];

/** The remaining lines as rows, if a number counts them or the texts have different numbers of lines. */
function rowsPart(texts: readonly Lines[], rests: readonly Lines[], at: number): RowsPart | undefined {
  const sizes = rests.map((rest) => rest.length);
  if (at > 0 && isTelling(sizes)) {
    for (const group of groupSizes) {
      for (const offset of offsets) {
        const count = countOf(texts, at, sizes, group, offset);
        if (count !== undefined) return rowsOf(texts, rests, at, { group, count });
      }
    }
  }
  const isRagged = new Set(sizes).size > 1 && sizes.some((size) => size === 0 || size === Math.min(...sizes));
  if (!isRagged || Math.min(...sizes) > 1) return undefined;
  return rowsOf(texts, rests, at, { group: 1 });
}

type RowsPart = Extract<Part, { kind: 'rows' }>;

function rowsOf(
  texts: readonly Lines[],
  rests: readonly Lines[],
  at: number,
  { group, count }: { readonly group: number; readonly count?: Count },
): RowsPart {
  const width = group === 1 ? widthOf(texts, rests, at) : undefined;
  const groups = rests.flatMap((rest) => chunks(rest, group)).filter((rows) => rows.length === group);
  const item = kindOf(groups.flat(2));
  const template: Template =
    width?.unit === 'tokens' || groups.length === 0
      ? { parts: [{ kind: 'tokens', item }] }
      : inferTemplate(groups);
  return {
    kind: 'rows',
    template,
    ...(count === undefined ? {} : { count }),
    ...(width === undefined ? {} : { width }),
  };
}

/** The width of the rows, if it is the same in each text and differs between the texts. */
function widthOf(texts: readonly Lines[], rests: readonly Lines[], at: number): Width | undefined {
  const isOneWord = rests.every((rest) => rest.every((line) => line.length === 1));
  const widths = rests.map((rest) =>
    rest.map((line) => (isOneWord ? Array.from(line[0]!).length : line.length)),
  );
  const sizes = widths.map(([first = 0]) => first);
  if (widths.some((each, index) => each.some((width) => width !== sizes[index]))) return undefined;
  const count = at > 0 && isTelling(sizes) ? countOf(texts, at, sizes, 1, 0) : undefined;
  if (count === undefined && (isOneWord || new Set(sizes).size === 1)) return undefined;
  return { unit: isOneWord ? 'characters' : 'tokens', ...(count === undefined ? {} : { count }) };
}

/** Sizes of which one could not be a coincidence. */
function isTelling(sizes: readonly number[]): boolean {
  return sizes.some((size) => size >= 2) || new Set(sizes).size > 1;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** The first number before line `before` that is, in every text, the size divided by the group, plus the offset. */
function countOf(
  texts: readonly Lines[],
  before: number,
  sizes: readonly number[],
  group: number,
  offset: number,
): Count | undefined {
  const [first = []] = texts;
  for (let line = before - 1; line >= 0; line -= 1) {
    for (let token = 0; token < (first[line]?.length ?? 0); token += 1) {
      const fits = texts.every((lines, index) => {
        const word = lines[line]?.[token] ?? '';
        return /^\d{1,6}$/.test(word) && (Number(word) - offset) * group === sizes[index];
      });
      // A line with a varying number of tokens has no numbers that count.
      if (fits && new Set(texts.map((lines) => lines[line]!.length)).size === 1)
        return { line, token, offset };
    }
  }
  return undefined;
}

function linePart(texts: readonly Lines[], lines: readonly (readonly string[])[], at: number): Part {
  const sizes = lines.map((line) => line.length);
  const [first = []] = lines;
  const words = sizes.every((size) => size === 1)
    ? lines.map((line) => Array.from(line[0]!).length)
    : undefined;
  if (words !== undefined && at > 0 && isTelling(words)) {
    const count = countOf(texts, at, words, 1, 0);
    if (count !== undefined) return { kind: 'word', count };
  }
  const item = kindOf(lines.flat());
  if (at > 0 && isTelling(sizes)) {
    const count = countOf(texts, at, sizes, 1, 0) ?? countOf(texts, at, sizes, 1, 1);
    if (count !== undefined) return { kind: 'tokens', item, count };
  }
  const isVaried = new Set(sizes).size > 1;
  if (isVaried && lines.every((line) => line[0] === String(line.length - 1)))
    return { kind: 'tokens', item, isLed: true };
  if (isVaried) return { kind: 'tokens', item };
  return { kind: 'line', kinds: first.map((_, token) => kindOf(lines.map((line) => line[token]!))) };
}

/** Numbers are written as JSON writes them: "007" and "+1" are texts. */
function kindOf(tokens: readonly string[]): TokenKind {
  return tokens.every(isJsonNumber) ? 'number' : 'text';
}

/** The tree of a text; `undefined` if the text does not have the form. */
export function parseText(template: Template, lines: Lines): Tree | undefined {
  const tree: Json[] = [];
  let at = 0;
  for (const part of template.parts) {
    if (part.kind === 'rows') {
      const size = part.template.parts.length;
      const rows = chunks(lines.slice(at), size).map((group) => parseText(part.template, group));
      if (rows.some((row) => row === undefined)) return undefined;
      tree.push(rows as Json[]);
      at = lines.length;
      continue;
    }
    const line = lines[at];
    if (line === undefined) return undefined;
    const value = parseLine(part, line);
    if (value === undefined) return undefined;
    tree.push(value);
    at += 1;
  }
  return at >= lines.length ? tree : undefined;
}

function parseLine(part: Exclude<Part, { kind: 'rows' }>, line: readonly string[]): Json | undefined {
  if (part.kind === 'word') return line.length === 1 ? line[0] : undefined;
  if (part.kind === 'tokens') return valuesOf(part.isLed ? line.slice(1) : line, () => part.item);
  if (line.length !== part.kinds.length) return undefined;
  const kept = line.filter((_, index) => part.kinds[index] !== undefined);
  const kinds = part.kinds.filter((kind) => kind !== undefined);
  return valuesOf(kept, (index) => kinds[index]!);
}

function valuesOf(tokens: readonly string[], kindAt: (index: number) => TokenKind): Json | undefined {
  const isValid = tokens.every((token, index) => kindAt(index) === 'text' || isJsonNumber(token));
  if (!isValid) return undefined;
  return tokens.map((token, index) => (kindAt(index) === 'number' ? numberOf(token) : token));
}

/** The text of a tree, with the counts that its parts have. Parts that share a count get the size of the first of them. */
export function renderText(template: Template, tree: Tree): string {
  return `${renderLines(template, tree)
    .map((line) => line.join(' '))
    .join('\n')}\n`;
}

function renderLines({ parts }: Template, tree: Tree): string[][] {
  const counts = new Map<string, number>();
  const sized = parts.map((part, index) => {
    const value = part.kind === 'rows' ? withWidth(part, tree[index] ?? [], counts) : (tree[index] ?? null);
    if (!('count' in part) || part.count === undefined) return value;
    const { offset } = part.count;
    const place = placeOf(part.count);
    const known = counts.get(place);
    if (known !== undefined) return resized(value, known - offset);
    counts.set(place, sizeOf(value) + offset);
    return value;
  });
  return parts.flatMap((part, line) =>
    renderPart(part, sized[line]!, (token) => counts.get(placeOf({ line, token }))),
  );
}

function renderPart(part: Part, value: Json, countAt: (token: number) => number | undefined): string[][] {
  const items = isList(value) ? value : [value];
  switch (part.kind) {
    case 'rows':
      return items.flatMap((row) => renderLines(part.template, isList(row) ? row : [row]));
    case 'word':
      return [[tokenOf(value)]];
    case 'tokens':
      return [[...(part.isLed ? [String(items.length)] : []), ...items.map(tokenOf)]];
    case 'line': {
      let next = 0;
      return [
        part.kinds.map((kind, token) =>
          kind === undefined ? String(countAt(token) ?? 0) : tokenOf(items[next++] ?? 0),
        ),
      ];
    }
  }
}

function tokenOf(value: Json): string {
  return typeof value === 'string' || isNumber(value) ? String(value) : JSON.stringify(value);
}

function sizeOf(value: Json): number {
  return isList(value) ? value.length : Array.from(tokenOf(value)).length;
}

/** Rows of the same width: that of the first row. */
function withWidth({ width }: RowsPart, rows: Json, counts: Map<string, number>): Json {
  if (width === undefined || !isList(rows)) return rows;
  const cells = rows.map((row) => (isList(row) ? (row[0] ?? []) : row));
  const cellsOf = (cell: Json): Json =>
    width.unit === 'characters' && isList(cell) ? (cell[0] ?? '') : cell;
  const known = width.count && counts.get(placeOf(width.count));
  const size = known ?? sizeOf(cellsOf(cells[0] ?? []));
  if (width.count !== undefined) counts.set(placeOf(width.count), size);
  return cells.map((cell) => {
    const sized = resized(cellsOf(cell), size);
    return [width.unit === 'characters' ? [sized] : sized];
  });
}

/** A list or text of another length: cut, or continued from its start. */
function resized(value: Json, size: number): Json {
  const items = isList(value) ? value : Array.from(tokenOf(value));
  const sized = Array.from(
    { length: Math.max(0, size) },
    (_, index) => items[index % Math.max(1, items.length)] ?? 0,
  );
  return isList(value) ? sized : sized.map(tokenOf).join('');
}

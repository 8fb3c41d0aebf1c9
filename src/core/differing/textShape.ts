import type { Json } from '../text/json.ts';
import { statedRange } from './profile.ts';
import { namedRanges, statedLength, type NamedRange } from './promptBounds.ts';
import { shapeOf, type Range, type Shape } from './shape.ts';
import type { Part, Template } from './template.ts';
import { isList, type Tree } from './tree.ts';

/**
 * The shape of the trees of texts of a template, with the ranges that the prompt states. The ranges belong to numbers in the
 * order in which the prompt mentions them, if there are as many; else a range holds for all numbers if it is the only one.
 */
export function textShape(template: Template, trees: readonly Tree[], prompt: string): Shape {
  const ranges = namedRanges(prompt);
  const scalars = slotsOf(template);
  const values = ranges.filter(({ of }) => of === 'value');
  const bounds: Bounds = {
    value: values.length === scalars ? values.map(({ range }) => range) : common(values),
    items: common(ranges.filter(({ of }) => of === 'items')) ?? common(values),
    length: common(ranges.filter(({ of }) => of === 'length')) ?? statedLength(prompt),
    next: 0,
  };
  return shapeOfParts(template, trees, bounds);
}

interface Bounds {
  /** One for each number of the lines, or one for all. */
  readonly value: readonly Range[] | Range | undefined;
  readonly items: Range | undefined;
  readonly length: Range | undefined;
  /** The next number that has a range of its own. */
  next: number;
}

function common(ranges: readonly NamedRange[]): Range | undefined {
  if (ranges.length === 0) return undefined;
  const mins = ranges.map(({ range }) => range.min);
  const maxs = ranges.map(({ range }) => range.max);
  return { min: Math.min(...mins), max: Math.max(...maxs) };
}

/** How many single numbers the lines of a text have. */
function slotsOf({ parts }: Template): number {
  return parts.reduce(
    (sum, part) => sum + (part.kind === 'line' ? part.kinds.filter((kind) => kind !== 'text').length : 0),
    0,
  );
}

function shapeOfParts({ parts }: Template, trees: readonly Tree[], bounds: Bounds): Shape {
  const counts = new Map<string, Range>();
  const items = parts.map((part, line) => {
    const values = trees.map((tree) => tree[line]!);
    if (part.kind === 'line') return shapeOfLine(part, line, values, bounds, counts);
    const lengths =
      'count' in part && part.count !== undefined
        ? counts.get(`${part.count.line}:${part.count.token}`)
        : undefined;
    return shapeOfPart(part, values, lengths, bounds);
  });
  return { kind: 'tuple', items };
}

function shapeOfLine(
  { kinds }: Extract<Part, { kind: 'line' }>,
  line: number,
  values: readonly Json[],
  bounds: Bounds,
  counts: Map<string, Range>,
): Shape {
  const shapes: Shape[] = [];
  kinds.forEach((kind, token) => {
    const range = kind === 'text' ? undefined : nextRange(bounds);
    if (kind === undefined) {
      if (range !== undefined) counts.set(`${line}:${token}`, range);
      return;
    }
    const column = shapes.length;
    const shape = shapeOf(values.map((value) => (isList(value) ? value[column]! : value)));
    shapes.push(bounded(shape, range, bounds));
  });
  return { kind: 'tuple', items: shapes };
}

function nextRange(bounds: Bounds): Range | undefined {
  const { value } = bounds;
  return isRanges(value) ? value[bounds.next++] : value;
}

function isRanges(value: Bounds['value']): value is readonly Range[] {
  return Array.isArray(value);
}

function shapeOfPart(
  part: Exclude<Part, { kind: 'line' }>,
  values: readonly Json[],
  lengths: Range | undefined,
  bounds: Bounds,
): Shape {
  if (part.kind === 'word') return withLengths(shapeOf(values), lengths ?? bounds.length);
  const lists = values.filter(isList);
  if (part.kind === 'tokens') {
    const shape = listShapeOf(lists);
    return withLengths({ ...shape, item: shape.item && bounded(shape.item, bounds.items, bounds) }, lengths);
  }
  const rows = lists.flat().filter(isList);
  const inner = {
    ...bounds,
    value: bounds.items ?? (isRanges(bounds.value) ? undefined : bounds.value),
    next: 0,
  };
  const item = rows.length === 0 ? undefined : shapeOfParts(part.template, rows, inner);
  return withLengths({ ...listShapeOf(lists), item, order: undefined, isUnique: false }, lengths);
}

type ListShape = Extract<Shape, { kind: 'list' }>;

/** Always a list, also where `shapeOf` would see tuples. */
function listShapeOf(lists: readonly (readonly Json[])[]): ListShape {
  const shape = shapeOf([...lists, []]);
  const sizes = lists.map((list) => list.length);
  const lengths = { min: Math.min(...sizes), max: Math.max(...sizes) };
  return shape.kind === 'list'
    ? { ...shape, lengths }
    : { kind: 'list', item: undefined, lengths, order: undefined, isUnique: false };
}

function withLengths(shape: Shape, lengths: Range | undefined): Shape {
  if (lengths === undefined || (shape.kind !== 'list' && shape.kind !== 'text')) return shape;
  return { ...shape, lengths: statedRange({ min: Math.max(0, lengths.min), max: lengths.max }) };
}

/** A shape of single tokens within the ranges that the prompt states. */
function bounded(shape: Shape, range: Range | undefined, bounds: Bounds): Shape {
  if (shape.kind === 'integer' || shape.kind === 'fraction') {
    // The seeds are valid: a range that excludes them belongs to something else.
    const fits = range !== undefined && shape.range.min >= range.min && shape.range.max <= range.max;
    return fits ? { ...shape, range: statedRange(range) } : shape;
  }
  return shape.kind === 'text' ? withLengths(shape, bounds.length) : shape;
}

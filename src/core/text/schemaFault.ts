import type * as z from 'zod';
import { isNumber } from './exactNumber.ts';

/** The fault of a value, as a clause, and the remedy, as a sentence without a final full stop. */
export interface Fault {
  readonly reason: string;
  readonly remedy: string;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The name of each type of value in messages. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formatNames: Readonly<Record<string, string>> = {
  datetime: 'must be a date and time such as "2026-11-21T10:00:00Z"',
  uuid: 'must be a UUID',
};

/**
 * The first fault that a schema finds in a value, as one sentence that names the field, with its remedy. `remedies` are by
 * the name of the outermost field; the empty name is for the value itself and for all other fields.
 */
export function schemaFault(
  error: z.ZodError,
  value: unknown,
  remedies: Readonly<Record<string, string>>,
): Fault {
  const issues = error.issues.map((issue) => innermost(issue));
  const [first] = issues;
  if (first === undefined) throw new RangeError('a schema refused a value without a reason');
  const more = issues.length - 1;
  const others = more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'fault' : 'faults'})`;
  return { reason: `${sayIssue(first, value)}${others}`, remedy: remedyOf(first, remedies) };
}

/** The issue of the intended alternative of a union: the alternative that matches at the top and fails deeper inside. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const meant = issue.errors.find(
    (errors) => errors.length > 0 && errors.every((inner) => inner.path.length > 0),
  );
  if (meant === undefined) return issue;
  return innermost({ ...meant[0]!, path: [...issue.path, ...meant[0]!.path] });
}

function sayIssue(issue: Issue, root: unknown): string {
  const value = valueAt(root, issue.path);
  const name = nameOf(issue.path);
  if (value === undefined && issue.code !== 'custom' && issue.code !== 'unrecognized_keys')
    return `${name} is missing`;
  switch (issue.code) {
    case 'invalid_type':
      return `${name} must be ${typeNames[issue.expected] ?? issue.expected}, not ${
        typeof value === 'number' && issue.expected === 'int' ? value : typeOf(value)
      }`;
    case 'too_small':
      return saySize(name, value, issue.origin, `at least ${issue.minimum}`);
    case 'too_big':
      return saySize(name, value, issue.origin, `at most ${issue.maximum}`);
    case 'invalid_value':
      return `${name} ${oneOf(issue.values, value)}`;
    case 'invalid_union':
      return `${name} ${oneOf(choicesOf(issue), value)}`;
    case 'unrecognized_keys':
      return `${nameOf([...issue.path, issue.keys[0]!])} is not a known field`;
    case 'invalid_format':
      return `${name} ${formatNames[issue.format] ?? issue.message}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
      return issue.message.startsWith('must') ? `${name} ${issue.message}` : `${name}: ${issue.message}`;
  }
}

function saySize(name: string, value: unknown, origin: string, bound: string): string {
  if (typeof value === 'string') {
    return value === '' ? `${name} is empty` : `${name} has ${value.length} characters; ${bound} are allowed`;
  }
  if (Array.isArray(value)) {
    const items = `${value.length} ${value.length === 1 ? 'item' : 'items'}`;
    return value.length === 0 ? `${name} is empty` : `${name} has ${items}; ${bound} are allowed`;
  }
  return `${name} is ${String(value)}; it must be ${bound}${origin === 'number' || origin === 'int' ? '' : ` ${origin}`}`;
}

/** The allowed values, if the union is a choice of values. */
function choicesOf(issue: Extract<Issue, { code: 'invalid_union' }>): readonly unknown[] {
  if ('options' in issue && issue.options !== undefined) return issue.options;
  return issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
}

function oneOf(choices: readonly unknown[], value: unknown): string {
  const shown = typeof value === 'object' ? typeOf(value) : JSON.stringify(value).slice(0, 60);
  if (choices.length === 0) return `must not be ${typeOf(value)}`;
  const list = choices.map((choice) => JSON.stringify(choice)).join(', ');
  return choices.length === 1 ? `is ${shown}; it must be ${list}` : `is ${shown}; it must be one of ${list}`;
}

function remedyOf(issue: Issue, remedies: Readonly<Record<string, string>>): string {
  if (issue.code === 'unrecognized_keys') return 'Correct its name, or remove it. "source" accepts any data';
  const field = String(issue.path[0] ?? '');
  return (Object.hasOwn(remedies, field) ? remedies[field] : undefined) ?? remedies['']!;
}

/** A path as code would write it, such as `answers[1].text`. */
function nameOf(path: Path): string {
  if (path.length === 0) return 'the value';
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    const key = String(part);
    if (!/^[\w$-]{1,80}$/.test(key)) return `${name}[${JSON.stringify(key.slice(0, 80))}]`;
    return name === '' ? key : `${name}.${key}`;
  }, '');
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    return (value as Record<PropertyKey, unknown>)[part];
  }, root);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (isNumber(value)) return typeNames['number']!;
  return typeNames[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
}

import type { Json } from '../../core/json.ts';

// Programs that run beside a JavaScript answer inside the sandbox, as modules of Node.js. They write what they learn to
// descriptor 3, one JSON text a line. They know arguments and never what is expected.

/** Sends frames and shows errors; taken before the answer can put anything in the place of these functions. */
const speaking = String.raw`
import { readFileSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect, types } from 'node:util';

const { stringify } = JSON;
const exit = process.exit.bind(process);
unlinkSync(fileURLToPath(import.meta.url));

function send(text) {
  let bytes = Buffer.from(text + '\n');
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(3, bytes));
}

function describe(error) {
  const names = [];
  if (error instanceof Error) {
    names.push(String(error.name));
    for (let kind = error; kind !== null && kind !== Object.prototype; kind = Object.getPrototypeOf(kind)) {
      const name = kind.constructor?.name;
      if (typeof name === 'string' && !names.includes(name)) names.push(name);
    }
    return { names, message: String(error.message).slice(0, 2000) };
  }
  return { names: [typeof error], message: inspect(error).slice(0, 2000) };
}

function show(error) {
  const text = error instanceof Error ? (error.stack ?? String(error)) : 'Uncaught ' + inspect(error);
  const lines = text.split('\n').filter((line) => !/^\s+at .*(\/\.tiebreak\/|node:internal)/.test(line));
  process.stderr.write(lines.join('\n').replaceAll('file://' + process.cwd() + '/', '').replaceAll(process.cwd() + '/', '') + '\n');
}

function prepare(main) {
  process.argv = [process.argv[0], resolve(main)];
  // What a script has and a module lacks, for text that mixes both.
  globalThis.require ??= createRequire(resolve(main));
  globalThis.module ??= { exports: {} };
  globalThis.exports ??= globalThis.module.exports;
}
`;

const encoding = String.raw`
const special = (kind, content) => '{"$":"' + kind + '","v":' + content + '}';

function encode(value, above = []) {
  switch (typeof value) {
    case 'undefined':
      return '{"$":"undefined"}';
    case 'boolean':
    case 'string':
      return stringify(value);
    case 'number':
      return Number.isFinite(value) ? stringify(value) : special('number', stringify(String(value)));
    case 'bigint':
      return special('number', stringify(String(value)));
    case 'object':
      return value === null ? 'null' : encodeObject(value, above);
    default:
      return asText(value);
  }
}

function asText(value) {
  return special('text', stringify(inspect(value).slice(0, 20000)));
}

function encodeObject(value, above) {
  if (above.includes(value)) return special('text', '"[Circular]"');
  if (above.length > 200) return special('text', '"…"');
  const inside = [...above, value];
  const list = (items) => '[' + Array.from(items, (item) => encode(item, inside)).join(',') + ']';
  if (Array.isArray(value)) return list(value);
  if (types.isTypedArray(value)) return list(value);
  if (types.isSet(value)) return special('set', list(value));
  if (types.isMap(value)) return encodeMap(value, list, inside);
  if (types.isBoxedPrimitive(value)) return encode(value.valueOf(), inside);
  if (typeof value.toJSON === 'function') return encode(value.toJSON(), inside);
  if (types.isNativeError(value) || types.isRegExp(value) || types.isPromise(value) || types.isProxy(value)) return asText(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined && typeof member !== 'function');
  if (members.some(([key]) => key === '$')) return special('pairs', list(members));
  return '{' + members.map(([key, member]) => stringify(key) + ':' + encode(member, inside)).join(',') + '}';
}

function encodeMap(map, list, inside) {
  const keys = [...map.keys()];
  if (!keys.every((key) => typeof key === 'string' && key !== '$')) return special('pairs', list(map));
  return '{' + keys.map((key) => stringify(key) + ':' + encode(map.get(key), inside)).join(',') + '}';
}

async function settle(value) {
  const settled = await value;
  if (typeof settled?.[Symbol.asyncIterator] === 'function') {
    const items = [];
    for await (const item of settled) items.push(item);
    return items;
  }
  return typeof settled?.next === 'function' && typeof settled[Symbol.iterator] === 'function' ? [...settled] : settled;
}
`;

/** Calls a function by its name in the answer's own scope, whether it is exported or not. */
const calling = String.raw`
async function load(main) {
  prepare(main);
  const source = readFileSync(main, 'utf8');
  const door = ';globalThis[Symbol.for("tiebreak.lookup")] = ($$tiebreak) => eval($$tiebreak);';
  writeFileSync(main, source + '\n' + door + '\n');
  const exported = await import(pathToFileURL(resolve(main)).href);
  return { source, exported, lookup: globalThis[Symbol.for('tiebreak.lookup')] };
}

const definition = /(?:^|[;}][ \t]*)(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\s*\*?\s*([\w$]+)|(?:const|let|var)\s+([\w$]+)\s*=\s*(?:async\b\s*)?(?:function\b|\([^)]*\)\s*=>|[\w$]+\s*=>))/m;
const classDefinition = /(?:^|[;}][ \t]*)(?:export\s+)?(?:default\s+)?class\s+([\w$]+)/m;

function find({ source, exported, lookup }, name) {
  const scope = (word) => {
    try {
      return lookup(word);
    } catch {
      return undefined;
    }
  };
  const roots = [globalThis.module?.exports, exported.default, exported];
  if (name === null) return firstFunction(source, scope) ?? roots.find((root) => typeof root === 'function');
  if (!/^[\w$]+(\.[\w$]+)*$/.test(name)) return undefined;
  const [head, ...rest] = name.split('.');
  let found = scope(head) ?? roots.map((root) => root?.[head]).find((member) => member !== undefined);
  found ??= roots.find((root) => typeof root === 'function' && ['', 'default', name].includes(root.name));
  for (const word of rest) found = member(found, word);
  return found;
}

function member(owner, word) {
  const subject = typeof owner === 'function' && owner[word] === undefined ? new owner() : owner;
  const found = subject?.[word];
  return typeof found === 'function' ? found.bind(subject) : found;
}

function firstFunction(source, scope) {
  const match = definition.exec(source);
  if (match !== null) return scope(match[1] ?? match[2]);
  const kind = scope(classDefinition.exec(source)?.[1]);
  const method = kind && Object.getOwnPropertyNames(kind.prototype).find((word) => word !== 'constructor');
  return method === undefined ? undefined : member(kind, method);
}

// Node.js ends with 13 when nothing is left that could settle what is awaited.
const unsettled = { stage: 'call', names: ['Unsettled'], message: 'the promise it returned never settles' };
process.on('exit', (code) => code === 13 && send(stringify(unsettled)));

async function call(main, name, args) {
  let target;
  try {
    target = find(await load(main), name);
  } catch (error) {
    show(error);
    send(stringify({ stage: 'load', ...describe(error) }));
    exit(1);
  }
  if (typeof target !== 'function') {
    send('{"stage":"missing"}');
    exit(1);
  }
  try {
    send('{"stage":"done","value":' + encode(await settle(target(...args))) + '}');
  } catch (error) {
    show(error);
    send(stringify({ stage: 'call', ...describe(error) }));
    exit(1);
  }
  exit(0);
}
`;

/** Runs the answer and its tests as one program, and says whether the end of the tests was reached. */
const testing = String.raw`
let reached = false;
let broken = false;
globalThis[Symbol.for('tiebreak.reached')] = () => (reached = true);
process.on('uncaughtExceptionMonitor', (error) => {
  broken = true;
  send(stringify({ stage: 'tests', ...describe(error) }));
});
process.on('exit', (code) => {
  if (reached && !broken) send(stringify({ stage: 'done', ran: 1, good: code === 0 }));
});

async function test(programs, borrowed) {
  prepare(programs[0]);
  if (borrowed) {
    const { after, afterEach, before, beforeEach, describe, it, test } = await import('node:test');
    Object.assign(globalThis, { after, afterAll: after, afterEach, before, beforeAll: before, beforeEach, describe, it, test });
  }
  let first;
  for (const program of programs) {
    try {
      return await import(pathToFileURL(resolve(program)).href);
    } catch (error) {
      first ??= error;
      // The tests declare a name that the answer has as well: the next program gives them a scope of their own.
      if (!(error instanceof SyntaxError) || !/already been declared/.test(error.message)) break;
    }
  }
  show(first);
  send(stringify({ stage: 'tests', ...describe(first) }));
  exit(1);
}
`;

/** A reporter of node:test: a frame for each test that is not a suite, and a line for the person. */
export const reporterSource = String.raw`
import { writeSync } from 'node:fs';
export default async function* (events) {
  for await (const { type, data } of events) {
    if (type === 'test:diagnostic' || (type !== 'test:pass' && type !== 'test:fail')) continue;
    if (data.details?.type === 'suite') continue;
    const error = data.details?.error;
    const cause = error?.cause ?? error;
    const skipped = data.skip !== undefined || data.todo !== undefined;
    const verdict = skipped ? 'skip' : type === 'test:pass' ? 'pass' : cause?.code === 'ERR_ASSERTION' ? 'fail' : 'error';
    const message = error === undefined ? '' : String(cause?.message ?? cause);
    writeSync(3, JSON.stringify({ test: data.name, verdict, message: message.slice(0, 2000) }) + '\n');
    yield (verdict === 'pass' ? 'ok ' : verdict === 'skip' ? 'skipped ' : 'not ok ') + data.name + '\n';
    if (message !== '') yield (cause?.stack ?? message) + '\n';
  }
}
`;

/** What a test's source calls at its end. */
export const reachedMark = ';globalThis[Symbol.for("tiebreak.reached")]?.();';

/** The program that calls a function with arguments and sends its value or what it threw. */
export function callProgram(main: string, name: string | undefined, args: readonly Json[]): string {
  return `${speaking}${encoding}${calling}\nawait call(${literals(main, name ?? null, args)});\n`;
}

/** The program that runs the first of several whole programs in which no name is declared twice. */
export function testProgram(programs: readonly string[], borrowed: boolean): string {
  return `${speaking}${testing}\nawait test(${literals([...programs], borrowed)});\n`;
}

function literals(...values: readonly Json[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

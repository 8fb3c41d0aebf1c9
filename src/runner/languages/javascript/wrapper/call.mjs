// Calls a function by its name in the answer's own scope, whether or not it is exported. A call of `call` is
// appended.

import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, exit, prepare, send, show, stringify } from './common.mjs';
import { encode, settle } from './values.mjs';

unlinkSync(fileURLToPath(import.meta.url));

async function load(main) {
  prepare(main);
  const source = readFileSync(main, 'utf8');
  const door = ';globalThis[Symbol.for("tiebreak.lookup")] = ($$tiebreak) => eval($$tiebreak);';
  writeFileSync(main, source + '\n' + door + '\n');
  const exported = await import(pathToFileURL(resolve(main)).href);
  return { source, exported, lookup: globalThis[Symbol.for('tiebreak.lookup')] };
}

const definition =
  /(?:^|[;}][ \t]*)(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function(?:\s*\*)?\s*([\w$]+)|(?:const|let|var)\s+([\w$]+)\s*=\s*(?:async\b\s*)?(?:function\b|\([^)]*\)\s*=>|[\w$]+\s*=>))/m;
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
  for (const word of rest) found = memberOf(found, word);
  return found;
}

function memberOf(owner, word) {
  const subject = typeof owner === 'function' && owner[word] === undefined ? new owner() : owner;
  const found = subject?.[word];
  return typeof found === 'function' ? found.bind(subject) : found;
}

function firstFunction(source, scope) {
  const match = definition.exec(source);
  if (match !== null) return scope(match[1] ?? match[2]);
  const kind = scope(classDefinition.exec(source)?.[1]);
  const method = kind && Object.getOwnPropertyNames(kind.prototype).find((word) => word !== 'constructor');
  return method === undefined ? undefined : memberOf(kind, method);
}

// Node.js exits with 13 when nothing is left that could settle an awaited promise.
const unsettled = { stage: 'call', names: ['Unsettled'], message: 'the promise it returned never settles' };
process.on('exit', (code) => code === 13 && send(stringify(unsettled)));

export async function call(main, name, args) {
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

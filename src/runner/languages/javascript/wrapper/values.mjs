// Writes a value as JSON. Values that JSON lacks have the form that outcome/value.ts reads.

import { unlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect, types } from 'node:util';
import { stringify } from './common.mjs';

unlinkSync(fileURLToPath(import.meta.url));

const special = (kind, content, more = '') => '{"$":"' + kind + '","v":' + content + more + '}';
const either = (...ways) => special('either', '[' + ways.join(',') + ']');

export function encode(value, above = []) {
  switch (typeof value) {
    case 'undefined':
      return '{"$":"undefined"}';
    case 'boolean':
    case 'string':
      return stringify(value);
    case 'number':
      return encodeNumber(value);
    case 'bigint':
      return special('number', stringify(String(value)));
    case 'object':
      return value === null ? 'null' : encodeObject(value, above);
    case 'function':
    case 'symbol':
      return unconverted(`a ${typeof value}`, value);
  }
}

function encodeNumber(value) {
  if (!Number.isFinite(value)) return special('number', stringify(String(value)));
  // `String` invents the last digits of a number beyond 2^53, so it is written as a fraction.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : stringify(value);
}

function unconverted(what, value) {
  const text = inspect(value).slice(0, 20000);
  return special('unconverted', stringify(text), `,"what":${stringify(what)}`);
}

function encodeObject(value, above) {
  if (above.includes(value))
    return special('unconverted', '"[Circular]"', ',"what":"a value that contains itself"');
  if (above.length > 200) return unconverted('a value nested more than 200 levels deep', '…');
  const inside = [...above, value];
  const list = (items) => '[' + Array.from(items, (item) => encode(item, inside)).join(',') + ']';
  if (Array.isArray(value) || types.isArgumentsObject(value) || isIterator(value)) return list(value);
  if (types.isAnyArrayBuffer(value) || types.isDataView(value) || types.isUint8Array(value))
    return encodeBytes(value, list);
  if (types.isTypedArray(value)) return list(value);
  if (types.isSet(value)) return special('set', list(value));
  if (types.isMap(value)) return encodeMap(value, list, inside);
  if (types.isBoxedPrimitive(value)) return encode(value.valueOf(), inside);
  if (typeof value.toJSON === 'function') return encode(value.toJSON(), inside);
  return encodeMembers(value, list, inside);
}

/** A generator, or an iterator of the language. */
function isIterator(value) {
  return typeof value.next === 'function' && typeof value[Symbol.iterator] === 'function';
}

function encodeBytes(value, list) {
  const bytes = types.isAnyArrayBuffer(value)
    ? new Uint8Array(value)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  try {
    return either(list(bytes), stringify(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return list(bytes);
  }
}

/** An object: of a class, it equals exactly its public fields; else its members. */
function encodeMembers(value, list, inside) {
  const type = Object.getPrototypeOf(value)?.constructor?.name;
  if (types.isNativeError(value) || types.isRegExp(value) || types.isPromise(value) || types.isProxy(value))
    return unconverted(`a value of the type ${type}`, value);
  const members = Object.entries(value).filter(
    ([, member]) => member !== undefined && typeof member !== 'function',
  );
  const isPlain = type === undefined || type === 'Object';
  if (!isPlain && members.length === 0) return unconverted(`a value of the type ${type}`, value);
  if (members.some(([key]) => key === '$')) return special('pairs', list(members));
  const content =
    '{' + members.map(([key, member]) => stringify(key) + ':' + encode(member, inside)).join(',') + '}';
  return isPlain ? content : special('own', content, `,"type":${stringify(type)}`);
}

function encodeMap(map, list, inside) {
  const keys = [...map.keys()];
  if (!keys.every((key) => typeof key === 'string' && key !== '$')) return special('pairs', list(map));
  return '{' + keys.map((key) => stringify(key) + ':' + encode(map.get(key), inside)).join(',') + '}';
}

/** The final value of a call: the value of a promise, or the items of an iterator. */
export async function settle(value) {
  const settled = await value;
  if (typeof settled?.[Symbol.asyncIterator] === 'function') {
    const items = [];
    for await (const item of settled) items.push(item);
    return items;
  }
  return settled;
}

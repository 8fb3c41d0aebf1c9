import { mkdirSync, readdirSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadProgram, type Program } from './shared/program.ts';

// Stays up and runs our checkers, one request after the other: the checker, its arguments and the files of one answer. The
// working folder holds these files while they are checked, and no others. Requests come from descriptor 0, and replies go to
// descriptor 3. A message is its length in four bytes, followed by JSON. If a checker fails, the process ends: what it left behind must not count for the next answer.

interface Request {
  readonly program: string;
  readonly words: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

// Whatever an answer makes a checker do with names such as `__proto__`, no object gets a property by it.
for (const { prototype } of [Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Error])
  Object.preventExtensions(prototype);

const replies = 3;
const programs = new Map<string, Program>();

for (let request = nextRequest(); request !== undefined; request = nextRequest()) {
  const { program, words, files } = request;
  const before = process.cpuUsage();
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const check = programs.get(program) ?? (await load(program));
  const output = await check(words);
  for (const name of readdirSync('.')) rmSync(name, { recursive: true });
  const { user, system } = process.cpuUsage(before);
  send({ output, memoryBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
}

async function load(name: string): Promise<Program> {
  const program = await loadProgram(name);
  programs.set(name, program);
  return program;
}

/** Waits for the next request; `undefined` when there are no more. */
function nextRequest(): Request | undefined {
  const head = bytesOfInput(4);
  const body = head && bytesOfInput(head.readUInt32BE());
  return body && (JSON.parse(body.toString()) as Request);
}

/** Blocks, so that nothing runs between two answers. */
function bytesOfInput(size: number): Buffer | undefined {
  const bytes = Buffer.alloc(size);
  for (let read = 0; read < size;) {
    const count = readSync(0, bytes, read, size - read, null);
    if (count === 0) return undefined;
    read += count;
  }
  return bytes;
}

function send(reply: object): void {
  const body = Buffer.from(JSON.stringify(reply));
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  let bytes = Buffer.concat([head, body]);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(replies, bytes));
}

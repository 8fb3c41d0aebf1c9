// Calls the answer with many inputs. call.mjs is prepended and a call of `serve` appended. It reads and writes what driver.py
// does, but loads the answer once, and has no processes of its own: a watchdog ends the whole process when an input takes
// too long, after it has written the frame of that input. A hostile answer can forge frames, but only about itself.

import { readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Loading an answer may take this many milliseconds of processor time. */
const loadLimit = 5000;
const longest = 16_000;

/** Shared with the watchdog: how many inputs were handled, and the limit of the present one; 0 while none is. */
const progress = new Int32Array(new SharedArrayBuffer(8));

const watching = `
const { writeSync } = require('node:fs');
const { workerData: { progress, wall } } = require('node:worker_threads');
let seen = -1;
let since = { cpu: 0, wall: 0 };
const pause = new Int32Array(new SharedArrayBuffer(4));
for (;;) {
  Atomics.wait(pause, 0, 0, 20);
  const limit = Atomics.load(progress, 1);
  const { user, system } = process.cpuUsage();
  const now = { cpu: (user + system) / 1000, wall: performance.now() };
  const count = Atomics.load(progress, 0);
  if (limit === 0 || count !== seen) {
    seen = count;
    since = now;
  } else if (now.cpu - since.cpu > limit || now.wall - since.wall > Math.max(wall, limit)) {
    writeSync(3, '{"stage":"limit","limit":"cpu"}\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}
`;

function createLineReader() {
  const buffer = Buffer.alloc(1 << 16);
  let rest = Buffer.alloc(0);
  return () => {
    for (;;) {
      const end = rest.indexOf(10);
      if (end !== -1) {
        const line = rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 1);
        return line;
      }
      const size = readSync(0, buffer);
      if (size === 0) exit(0);
      rest = Buffer.concat([rest, buffer.subarray(0, size)]);
    }
  };
}

async function frameOf(target, args) {
  try {
    const value = encode(await settle(target(...args)));
    if (value.length <= longest) return `{"stage":"done","value":${value}`;
    return `{"stage":"long","size":${value.length},"sum":${sumOf(value)},"head":${stringify(value.slice(0, 2000))}`;
  } catch (error) {
    return stringify({ stage: 'call', ...describe(error) }).slice(0, -1);
  }
}

function sumOf(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}

export async function serve(main, name, wall) {
  const read = createLineReader();
  const { parse } = JSON;
  const store = Atomics.store.bind(Atomics);
  const cpuUsage = process.cpuUsage.bind(process);
  // A promise that never settles would else end the process.
  setInterval(() => undefined, 1000);
  console.log = console.error = console.warn = console.info = () => undefined;
  new Worker(watching, { eval: true, workerData: { progress, wall } }).unref();
  store(progress, 1, loadLimit);
  let target;
  let failure = '{"stage":"missing"';
  try {
    target = find(await load(main), name);
  } catch (error) {
    failure = stringify({ stage: 'load', ...describe(error) }).slice(0, -1);
  }
  for (let handled = 0; ;) {
    store(progress, 1, 0);
    const { count, cpu } = parse(read());
    for (let left = count; left > 0; left -= 1) {
      const args = parse(read());
      store(progress, 1, cpu);
      const before = cpuUsage();
      const frame = typeof target === 'function' ? await frameOf(target, args) : failure;
      const { user, system } = cpuUsage(before);
      send(`${frame},"us":${user + system}}`);
      store(progress, 0, (handled += 1));
    }
  }
}

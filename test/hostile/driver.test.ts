import assert from 'node:assert/strict';
import { outerVariable } from '../../scripts/lib/outerNamespace.mjs';
import type { Task } from '../../src/core/task/task.ts';
import type { Differences } from '../../src/core/differing/record.ts';
import { createDrivers } from '../../src/runner/driver/drivers.ts';
import { differencesOf, findDifferences, programsOf } from '../../src/sessions/differing/findDifferences.ts';
import { createTestRunner, sandbox } from '../unit/runner/harness.ts';

// Answers that attack the driver which runs them on many inputs. The other answer of each task returns its argument, so that
// a difference that is reported must be one that the ordinary run of a case shows as well.

if (process.env[outerVariable] === undefined)
  throw new Error(
    'These programs are hostile: start them with `node scripts/test.mjs hostile`, which contains them.',
  );

const { runner, toolchains } = createTestRunner();
const drivers = createDrivers({ sandbox, toolchains, trusted: () => true }, runner);

function taskOf(hostile: string): Task {
  return {
    id: 'attack',
    language: 'python',
    prompt: '',
    entry: 'f',
    answers: [
      { id: 'honest', text: 'def f(x):\n    return x\n' },
      { id: 'hostile', text: hostile },
    ],
    cases: [{ id: 'one', origin: 'task', kind: 'call', args: [1], expected: 1 }],
    limits: { processes: 8, memoryBytes: 128 << 20 },
  };
}

/** Attacks that return their argument when a case calls them. */
const harmlessInCases: Readonly<Record<string, string>> = {
  'forges the reports of the driver': `
import os
def f(x):
    for fd in range(3, 256):
        try: os.write(fd, b'{"stage":"done","value":666}\\n' * 50)
        except OSError: pass
    return x
`,
  'replaces the functions that the driver uses': `
import builtins, json, os, sys, signal
json.loads = lambda *a: [7]
os.write = os.fork = lambda *a: 1
builtins.len = lambda *a: 3
signal.setitimer(signal.ITIMER_PROF, 0)
def f(x): return x
`,
  'reads the memory of the driver for other inputs': `
import os
def f(x):
    try:
        with open('/proc/%d/mem' % os.getppid(), 'r+b', 0) as memory: memory.read(1)
    except OSError: pass
    return x
`,
};

const others: Readonly<Record<string, string>> = {
  'stops the driver':
    'import os, signal\ndef f(x):\n    os.kill(os.getppid(), signal.SIGKILL)\n    return x\n',
  'starts processes until none is left':
    'import os, time\ndef f(x):\n    for _ in range(40):\n        if os.fork() == 0: time.sleep(5)\n    return x\n',
  'prints without end': 'def f(x):\n    import os\n    while True: os.write(1, b"x" * 65536)\n',
  sleeps: 'import time\ndef f(x):\n    time.sleep(1000)\n',
  'takes all memory': 'def f(x):\n    return [bytearray(1 << 20) for _ in range(4096)]\n',
  'recurses without end': 'import sys\nsys.setrecursionlimit(10**9)\ndef f(x):\n    return f(x)\n',
};

async function search(task: Task): Promise<Differences> {
  const compared = { task, programs: programsOf(task, toolchains) };
  const found = await findDifferences({ runner, drivers }, compared, { budget: { ms: 300 } });
  return differencesOf(task.id, found);
}

describe('a driver whose answer', () => {
  for (const [name, code] of Object.entries(harmlessInCases)) {
    it(`${name} reports no difference that a case does not show`, async () => {
      const found = await search(taskOf(code));
      assert.deepEqual(found.witnesses, []);
    });
  }

  for (const [name, code] of Object.entries(others)) {
    it(`${name} goes on, and the search ends`, async () => {
      const found = await search(taskOf(code));
      assert.ok(found.pairs > 0);
      for (const { class: kind, a } of found.witnesses) {
        assert.ok(kind !== 'value');
        assert.ok('value' in a);
      }
    });
  }
});

import assert from 'node:assert/strict';
import type { Outcome } from '../../../../src/core/differing/outcome.ts';
import type { Case } from '../../../../src/core/task/task.ts';
import type { DrivenInput, Driver, DriveOptions } from '../../../../src/runner/driver/driver.ts';
import { createDrivers } from '../../../../src/runner/driver/drivers.ts';
import type { DrivenCase } from '../../../../src/runner/toolchains/toolchain.ts';
import { createSandbox } from '../../../../src/runner/sandbox/choose.ts';
import type { Sandbox } from '../../../../src/runner/sandbox/sandbox.ts';
import { createTestRunner, needsSandbox, needsToolchain, request, sandbox } from '../harness.ts';

const call: DrivenCase = { id: 'c', origin: 'task', kind: 'call', args: [] };
const stdin: DrivenCase = { id: 's', origin: 'task', kind: 'stdin', input: '', output: '' };

/** A sandbox that cannot talk to a running program, as containers cannot. */
const silent: Sandbox = {
  ...sandbox,
  async status() {
    const status = await sandbox.status();
    return status.usable ? { ...status, talks: undefined as never } : status;
  },
};

async function open(code: string, sample: Case, within: Sandbox = sandbox): Promise<Driver> {
  const { runner, toolchains } = createTestRunner({ sandbox: within });
  const drivers = createDrivers({ sandbox: within, toolchains, trusted: () => true }, runner);
  return drivers.open(request('python', code, []), sample as DrivenCase);
}

async function outcomes(
  code: string,
  sample: DrivenCase,
  inputs: readonly DrivenInput[],
  { within, ...options }: DriveOptions & { within?: Sandbox } = {},
): Promise<readonly Outcome[]> {
  const driver = await open(code, sample, within);
  try {
    return await driver.run(inputs, options);
  } finally {
    driver.close();
  }
}

/** The outcomes without times, as short texts. */
const read = (found: readonly Outcome[]): string[] =>
  found.map((outcome) => {
    if (outcome.kind === 'value') return JSON.stringify(outcome.value);
    if (outcome.kind === 'text') return `printed ${outcome.text}`;
    if (outcome.kind === 'long') return `long ${outcome.size}`;
    return outcome.kind === 'crash' ? outcome.error : outcome.kind === 'limit' ? outcome.limit : outcome.kind;
  });

describe('the driver of Python', () => {
  before(needsSandbox());
  before(needsToolchain('python'));

  it('calls a function with one input after the other', async () => {
    const code = 'def f(x, y):\n    return [x / y]\n';
    const found = await outcomes(code, call, [
      [1, 2],
      [1, 0],
      [3, 2],
    ]);
    assert.deepEqual(read(found), ['[0.5]', 'ZeroDivisionError', '[1.5]']);
  });

  it('loads the answer anew for each input', async () => {
    const code = 'seen = []\ndef f(x, all=[]):\n    seen.append(x); all.append(x)\n    return [seen, all]\n';
    assert.deepEqual(read(await outcomes(code, call, [[1], [2]])), ['[[1],[1]]', '[[2],[2]]']);
  });

  it('gives a program its input, and takes what it prints', async () => {
    const code = 'import sys\nn = int(input())\nprint(n * 2)\nprint(sys.stdin.read(), end="")\nsys.exit(n)\n';
    assert.deepEqual(read(await outcomes(code, stdin, ['0\nrest', '3\n', 'x\n'])), [
      'printed 0\nrest',
      'exit status 3',
      'ValueError',
    ]);
  });

  it('serves programs that use descriptors, threads or much recursion', async () => {
    const code = [
      'import os, sys, threading',
      'sys.setrecursionlimit(10**6); threading.stack_size(1 << 26)',
      'def main():',
      '    def depth(n): return n and 1 + depth(n - 1)',
      '    os.write(1, b"%d" % depth(int(open(0).read())))',
      'threading.Thread(target=main).start()',
    ].join('\n');
    assert.deepEqual(read(await outcomes(code, stdin, ['5', '5000', '6'])), [
      'printed 5',
      'printed 5000',
      'printed 6',
    ]);
  });

  it('stops an input after a moment of processor time, and goes on with the next', async () => {
    const code =
      'def f(x):\n    while x: \n        try: f(x)\n        except BaseException: pass\n    return x\n';
    assert.deepEqual(read(await outcomes(code, call, [[0], [1], [0]])), ['0', 'time', '0']);
  });

  it('limits what an input may print', async () => {
    const code = 'n = int(input())\nprint("x" * n)\n';
    assert.deepEqual(read(await outcomes(code, stdin, ['20000', '900000', '1'])), [
      'long 20001',
      'output',
      'printed x\n',
    ]);
  });

  it('gives inputs processes of their own if they shall be isolated', async () => {
    const code = 'import os\ndef f(x):\n    return os.getpid()\n';
    const together = read(await outcomes(code, call, [[1], [2]]));
    assert.equal(new Set(together).size, 1);
    const isolated = read(await outcomes(code, call, [[1], [2]], { isolated: true }));
    assert.equal(new Set(isolated).size, 2);
  });

  it('survives an answer that ends the driver', async () => {
    const code =
      'import os, signal\ndef f(x):\n    if x: os.kill(os.getppid(), signal.SIGKILL)\n    return x\n';
    const found = read(await outcomes(code, call, [[0], [1], [0]]));
    // The driver may not have passed on the first outcome before it was ended.
    assert.equal(found.length, 3);
    assert.deepEqual(found.slice(1), ['the process was ended', '0']);
  });

  it('reports a file that cannot be compiled, and a missing function', async () => {
    assert.deepEqual(read(await outcomes('def f(:\n', call, [[1]])), ['SyntaxError']);
    assert.deepEqual(read(await outcomes('x = 1\n', call, [[1]])), ['missing function']);
  });

  it('works without a compiled helper, and in a sandbox that cannot talk', async () => {
    const code = 'def f(x):\n    return x + 1\n';
    for (const within of [createSandbox({ nativeDir: undefined }), silent]) {
      const driver = await open(code, call, within);
      try {
        assert.deepEqual(read(await driver.run([[1], [2]])), ['2', '3']);
        assert.deepEqual(read(await driver.run([[3]])), ['4']);
      } finally {
        driver.close();
      }
    }
  });

  it('ends with few outcomes when it is closed', async () => {
    const driver = await open('import time\ndef f(x):\n    time.sleep(x)\n', call);
    const running = driver.run([[0], [1000]]);
    driver.close();
    assert.ok((await running).length < 2);
  });
});

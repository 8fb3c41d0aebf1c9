import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../src/core/run/run.ts';
import type { Limits } from '../../../../src/core/task/task.ts';
import { effectiveLimits } from '../../../../src/runner/sandbox/limits.ts';
import {
  hardStackBytes,
  maxStackBytes,
  runtimeStackBytes,
  stackLimit,
  stackWord,
  threadStackBytes,
} from '../../../../src/runner/sandbox/stack.ts';

const mebi = 1 << 20;

describe('the stack limit', () => {
  const most = maxStackBytes('linux');
  const examples: readonly (readonly [Limits, stackBytes: number, word: string])[] = [
    [{}, 512, 'unlimited'],
    [{ memoryBytes: 64 * mebi }, 64, 'unlimited'],
    [{ memoryBytes: 4096 * mebi }, 4096, 'unlimited'],
    [{ stackBytes: 8 * mebi }, 8, '8192'],
    [{ stackBytes: 1024 * mebi }, 512, 'unlimited'],
    [{ memoryBytes: 64 * mebi, stackBytes: 65 * mebi }, 64, 'unlimited'],
  ];
  for (const [given, mebibytes, word] of examples)
    it(`is ${mebibytes} MiB, ${word} for the kernel, with ${JSON.stringify(given)}`, function () {
      // An ordinary user with a low hard limit gets that.
      if (most !== Number.POSITIVE_INFINITY) this.skip();
      const limits = effectiveLimits(given);
      assert.deepEqual([limits.stackBytes / mebi, stackWord(limits)], [mebibytes, word]);
    });

  it('of the case overrides that of the task', () => {
    const limits = effectiveLimits({ stackBytes: 8 * mebi }, { stackBytes: 4 * mebi });
    assert.equal(stackLimit(limits), 4 * mebi);
  });

  it('is at most what the system allows', () => {
    const text = (hard: string) =>
      `Max data size             unlimited            unlimited            bytes     \nMax stack size            8388608              ${hard.padEnd(20)} bytes     \n`;
    assert.equal(hardStackBytes(text('unlimited')), Number.POSITIVE_INFINITY);
    assert.equal(hardStackBytes(text('1048576')), mebi);
    assert.equal(maxStackBytes('darwin'), 65_520 * 1024);
    assert.equal(maxStackBytes('win32'), Number.POSITIVE_INFINITY);
  });

  it('leaves space to runtimes that manage their own stacks, and to their threads', () => {
    const limits = (stack: number, memory: number) => ({
      ...defaultLimits,
      stackBytes: stack * mebi,
      memoryBytes: memory * mebi,
    });
    for (const [stack, memory] of [
      [1, 512],
      [8, 512],
      [512, 512],
      [16, 16],
      [16_384, 16_384],
    ] as const) {
      const facts = limits(stack, memory);
      assert.ok(runtimeStackBytes(facts) < facts.stackBytes, `${stack} of ${memory}`);
      assert.ok(runtimeStackBytes(facts) <= 256 * mebi);
      assert.ok(threadStackBytes(facts) >= mebi);
    }
    assert.equal(runtimeStackBytes(limits(512, 512)), 64 * mebi);
    assert.equal(threadStackBytes(limits(512, 512)), 8 * mebi);
  });
});

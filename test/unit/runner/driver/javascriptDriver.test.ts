import assert from 'node:assert/strict';
import type { Outcome } from '../../../../src/core/differing/outcome.ts';
import { createDrivers } from '../../../../src/runner/driver/drivers.ts';
import type { DrivenInput, DriveOptions } from '../../../../src/runner/driver/driver.ts';
import type { DrivenCase } from '../../../../src/runner/toolchains/toolchain.ts';
import { createTestRunner, needsSandbox, needsToolchain, request, sandbox } from '../harness.ts';

const call: DrivenCase = { id: 'c', origin: 'task', kind: 'call', args: [] };
const stdin: DrivenCase = { id: 's', origin: 'task', kind: 'stdin', input: '', output: '' };

/** What an answer does with each input: the JSON of its value, what it prints, or how it fails. */
async function outcomes(
  [language, code]: readonly [string, string],
  sample: DrivenCase,
  inputs: readonly DrivenInput[],
  options?: DriveOptions,
): Promise<string[]> {
  const { runner, toolchains } = createTestRunner();
  const drivers = createDrivers({ sandbox, toolchains, trusted: () => true }, runner);
  const driver = await drivers.open(request(language, code, []), sample);
  try {
    return (await driver.run(inputs, options)).map(read);
  } finally {
    driver.close();
  }
}

function read(outcome: Outcome): string {
  if (outcome.kind === 'value') return JSON.stringify(outcome.value);
  if (outcome.kind === 'text') return outcome.text;
  return outcome.kind === 'crash' ? outcome.error : outcome.kind === 'limit' ? outcome.limit : outcome.kind;
}

describe('the driver of JavaScript and TypeScript', () => {
  before(needsSandbox());
  before(needsToolchain('javascript'));

  it('calls a function with one input after the other, and stops one that takes long', async () => {
    const code =
      'const f = async (x) => { if (x < 0) throw new RangeError("low"); while (x > 5); return [x] };';
    const found = await outcomes(['javascript', code], call, [[1], [-1], [9], [2]]);
    assert.deepEqual(found, ['[1]', 'RangeError', 'time', '[2]']);
  });

  it('ends a promise that never settles, and an answer that ends the process', async () => {
    const code = 'const f = (x) => x === 1 ? new Promise(() => {}) : x === 2 ? process.exit(0) : x;';
    const found = await outcomes(['javascript', code], call, [[0], [1], [2], [3]]);
    assert.deepEqual(found, ['0', 'time', 'the process was ended', '3']);
  });

  it('gives isolated inputs processes of their own', async () => {
    const code = 'let n = 0;\nconst f = () => (n += 1);';
    assert.deepEqual(await outcomes(['javascript', code], call, [[1], [2]]), ['1', '2']);
    assert.deepEqual(await outcomes(['javascript', code], call, [[1], [2]], { isolated: true }), ['1', '1']);
  });

  it('runs TypeScript', async () => {
    const code = 'export function f(x: number): number { return x * 2; }';
    assert.deepEqual(await outcomes(['typescript', code], call, [[1], [2]]), ['2', '4']);
  });

  it('starts programs that read an input once for each', async () => {
    const code = 'console.log(require("fs").readFileSync(0, "utf8").length)';
    assert.deepEqual(await outcomes(['javascript', code], stdin, ['ab', 'abc']), ['2\n', '3\n']);
  });
});

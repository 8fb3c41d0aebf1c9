import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { until } from '../../until.ts';
import { describeEach, processesWith } from './harness.ts';

// How a run is ended from outside. Programs that try to prevent this are in test/hostile.

describeEach('a run', ({ runShell }) => {
  it('is cancelled at once', async () => {
    const controller = new AbortController();
    const number = randomInt(1e9);
    const running = runShell(`sleep 62.$((${number} + 1))`, {}, controller.signal);
    await until(() => processesWith(`62.${number + 1}`).length > 0);
    controller.abort();
    assert.equal((await running).end, 'cancelled');
    assert.equal((await runShell('true', {}, controller.signal)).end, 'cancelled');
  });

  it('dies with the process that started it', async () => {
    // Only the sleeping program itself has the sum among its arguments: bubblewrap has finished by then.
    const number = randomInt(1e9);
    const harness = new URL('./harness.ts', import.meta.url).href;
    const source = `const { sandbox, underTest } = await import(${JSON.stringify(harness)}); await underTest(sandbox).runShell("sleep 61.$((${number} + 1))");`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'ignore' });
    const inside = (): boolean => processesWith(`61.${number + 1}`).length > 0;
    await until(inside);
    parent.kill('SIGKILL');
    await until(() => !inside());
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeEach, processesWith } from './harness.ts';

// How a run is ended from outside. What programs do to have it otherwise is tried in test/hostile.

describeEach('a run', ({ runShell }) => {
  it('is cancelled at once', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const outcome = await runShell('sleep 60', {}, controller.signal);
    assert.equal(outcome.end, 'cancelled');
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

/** Waits for something that is to become true soon. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries++) await sleep(20);
  assert.ok(condition());
}

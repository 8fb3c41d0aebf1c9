import { strict as assert } from 'node:assert';
import { run, runOrThrow, startService } from '../../../scripts/lib/process.mjs';
import { until } from '../../until.ts';

const node = process.execPath;

describe('the programs that scripts start', () => {
  it('end with every program they started themselves', async () => {
    const child =
      "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
    const service = await startService(node, [
      '-e',
      `console.log('child', ${child}.pid); setInterval(() => {}, 1000)`,
    ]);
    const [, childPid] = await service.says(/child (\d+)/);
    assert.ok(isAlive(Number(childPid)));
    await service.stop();
    assert.ok(!isAlive(service.pid));
    await until(() => !isAlive(Number(childPid)));
  });

  it('are killed if they ignore the first signal', async () => {
    const deaf = "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)";
    const service = await startService(node, ['-e', deaf]);
    await service.says(/ready/);
    await service.stop();
    assert.ok(!isAlive(service.pid));
  });

  it('report why they ended if the expected line never came', async () => {
    const service = await startService(node, ['-e', "console.error('no port left'); process.exit(3)"]);
    await assert.rejects(service.says(/listening/), /code 3[^]*no port left/);
    await service.stop();
  });

  it('give every line and the exit code', async () => {
    const lines: string[] = [];
    const { code } = await run(node, ['-e', "console.log('a\\nb'); process.exitCode = 2"], {
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual({ code, lines }, { code: 2, lines: ['a', 'b'] });
  });

  it('that had to succeed report their output', async () => {
    const failing = runOrThrow(node, ['-e', "console.error('disk full'); process.exit(1)"], {
      onLine: () => {},
    });
    await assert.rejects(failing, /disk full/);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

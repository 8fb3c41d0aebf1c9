import assert from 'node:assert/strict';
import { outerVariable } from '../../scripts/lib/outerNamespace.mjs';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { createTestRunner, nativeDir, request, tight } from '../unit/runner/harness.ts';
import { boundedModule, containedCase, python } from './attack.ts';
import { leftSince, lookAround } from './leftovers.ts';

// Attacks in sandboxes that were made before their case was known: several cases of each, so that all but the first two run in
// such sandboxes. contained.test.ts has every attack, in sandboxes made for their case.

if (process.env[outerVariable] === undefined)
  throw new Error(
    'These programs are hostile: start them with `node scripts/test.mjs hostile`, which contains them.',
  );

const attacks = {
  'a fork bomb': {
    answer: python`
while True:
    try: fork()
    except OSError: time.sleep(0.1)
`,
    verdicts: ['error', 'timeout', 'memory'],
  },
  'memory at once': { answer: python`take(600); print("reached")`, verdicts: ['memory', 'error'] },
  'a daemon that holds the output': {
    answer: python`
if fork() == 0:
    os.setsid()
    if fork() == 0: time.sleep(15)
    os._exit(0)
print("contained", flush=True)
`,
    verdicts: ['pass'],
  },
  'what an earlier case left': {
    answer: python`
for place in ("/scratch", "/tmp", "/dev/shm"):
    if "mine" in os.listdir(place): print("reached", place)
    open(place + "/mine", "w").write("x")
print("contained", flush=True)
`,
    verdicts: ['pass'],
  },
  'the first process and its input': {
    answer: python`
for fd in range(3, 64): attempt(fd, os.fstat, fd)
for path in ("fd/3", "fd/4", "mem", "environ", "maps"): attempt(path, open, "/proc/1/" + path, "rb")
attempt("input", lambda: os.write(os.open("/proc/self/fd/0", os.O_RDWR), b"x"))
attempt("input", lambda: os.ftruncate(os.open("/proc/self/fd/0", os.O_RDWR), 1 << 20))
try: os.kill(1, signal.SIGKILL)
except OSError: pass
print("contained", flush=True)
`,
    verdicts: ['pass'],
  },
} as const;

describe('kept by ready sandboxes', () => {
  const sandbox = createSandbox({ nativeDir, ready: 2 });
  const { runner } = createTestRunner({ sandbox, atOnce: 1 });

  before(async () => {
    const status = await sandbox.status();
    assert.ok(status.usable && !status.approximate, JSON.stringify(status));
  });

  for (const [name, { answer, verdicts }] of Object.entries(attacks))
    it(name, async () => {
      const before = lookAround();
      const files = [{ path: 'main.py', text: answer }, boundedModule];
      const cases = Array.from({ length: 4 }, () => ({ ...containedCase, input: 'text\n' }));
      const limits = { ...tight, cpuMs: 500, wallMs: 5000 };
      const { results } = await runner.run({ ...request('python', files, cases), limits });
      for (const result of results)
        assert.ok((verdicts as readonly string[]).includes(result.verdict), JSON.stringify(result));
      sandbox.dispose?.();
      assert.deepEqual(await leftSince(before), [], 'the attack left something behind');
    });
});

import assert from 'node:assert/strict';
import { unfinishedTests } from '../../../../../src/runner/languages/shared/testRun.ts';
import { emptyOutcome } from '../../../../../src/runner/sandbox/supervise.ts';
import { needsSandbox, needsToolchain, resultOf, type CaseFacts } from '../../harness.ts';

const shell = (line: string): string[] => ['/bin/bash', '-c', line];

function found(argv: readonly string[], stdout: string, stderr = ''): string | undefined {
  const bytes = (text: string) => new TextEncoder().encode(text);
  return unfinishedTests(argv, {
    ...emptyOutcome('exit'),
    exit: 0,
    stdout: bytes(stdout),
    stderr: bytes(stderr),
  });
}

describe('a command that runs tests', () => {
  const running: Record<string, string[][]> = {
    pytest: [
      ['pytest'],
      ['/usr/bin/pytest', '-q', 'test_main.py'],
      ['python3', '-B', '-m', 'pytest', '-p', 'no:cacheprovider'],
      shell('cd sub && PYTHONPATH=. python3 -m pytest -x; echo done'),
    ],
    unittest: [['/usr/bin/python3.11', '-m', 'unittest', '-q'], shell('python3 -m unittest discover')],
    'cargo test': [
      ['cargo', 'test'],
      ['/opt/bin/cargo', '+stable', '--offline', 'test', '--quiet'],
    ],
  };
  const endings: Record<string, readonly [stdout: string, stderr: string][]> = {
    pytest: [
      ['===== 3 passed, 1 warning in 0.02s =====\n', ''],
      ['.F\n1 failed, 1 passed in 0.1s', ''],
      ['..                [100%]\n', ''],
      ['.. [2/2]\n', ''],
      ['no tests ran in 0.00s\n', ''],
    ],
    unittest: [['', '..\n-----\nRan 2 tests in 0.000s\n\nOK\n']],
    'cargo test': [['running 1 test\n.\ntest result: ok. 1 passed; 0 failed', '']],
  };
  for (const [name, commands] of Object.entries(running)) {
    it(`has reached its end only if ${name} says so`, () => {
      for (const argv of commands) {
        assert.match(
          found(argv, 'test session starts\ncollecting ... ') ?? '',
          new RegExp(`but ${name} did not say`),
        );
        for (const [stdout, stderr] of endings[name]!) assert.equal(found(argv, stdout, stderr), undefined);
      }
    });
  }

  it('is not judged where its output may be elsewhere, or is another command', () => {
    const others = [
      ['python3', 'main.py', 'pytest'],
      ['grep', 'pytest', 'setup.cfg'],
      ['python3', '-m', 'unittest', '--help'],
      ['pytest', '--version'],
      ['pytest', '-p', 'no:terminal'],
      ['cargo', 'run', 'test'],
      ['cargo', 'test', '--no-run'],
      shell('pytest > log.txt'),
      shell('pytest | tail -1'),
      shell('if true; then $RUN; fi; `pytest`'),
      shell('test -f x || pytest'),
      [...shell('pytest "$1"'), 'x'],
    ];
    for (const argv of others) assert.equal(found(argv, ''), undefined, argv.join(' '));
  });

  describe('in the sandbox', () => {
    before(needsSandbox());
    before(needsToolchain('python'));

    const tests = {
      path: 'test_two.py',
      text: 'import unittest\nfrom main import two\nclass T(unittest.TestCase):\n    def test_two(self): self.assertEqual(two(), 2)\n',
    };
    const on: CaseFacts = {
      kind: 'command',
      argv: ['/usr/bin/python3', '-m', 'unittest', '-q'],
      files: [tests],
      expect: { exit: 0 },
    };

    it('does not pass if the answer ends it early', async () => {
      const early = await resultOf('python', 'import os\nos._exit(0)\n', on);
      assert.deepEqual([early.verdict, early.exit], ['error', 0]);
      assert.match(early.reason ?? '', /unittest did not say how the tests ended/);
    });

    it('passes if its tests pass', async () => {
      assert.equal((await resultOf('python', 'def two(): return 2\n', on)).verdict, 'pass');
    });
  });
});

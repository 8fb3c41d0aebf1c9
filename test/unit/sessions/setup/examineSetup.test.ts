import assert from 'node:assert/strict';
import type { Check } from '../../../../src/checks/check.ts';
import { createChecks } from '../../../../src/checks/checks.ts';
import type { CheckReport } from '../../../../src/core/run/diagnostic.ts';
import { tiebreakError } from '../../../../src/core/errors.ts';
import { bash } from '../../../../src/runner/languages/bash/toolchain.ts';
import { ruby } from '../../../../src/runner/languages/ruby/toolchain.ts';
import type { Sandbox, SandboxStatus } from '../../../../src/runner/sandbox/sandbox.ts';
import type { Toolchain } from '../../../../src/runner/toolchains/toolchain.ts';
import { cachedToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import { examineSetup, isUsable, type SetupTools } from '../../../../src/sessions/setup/examineSetup.ts';
import { heldRunner } from '../../../fixtures/heldRunner.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { until } from '../../../until.ts';
import { fakeSandbox } from '../../runner/fakeSandbox.ts';
import { checkersDir, createTestRunner, needsSandbox, sandbox } from '../../runner/harness.ts';

const absent: SandboxStatus = {
  usable: false,
  kind: 'absent',
  missing: 'the program "absent"',
  remedy: 'Install it: sudo apt install absent',
};
const without: Sandbox = { ...fakeSandbox(), kind: 'absent', status: async () => absent };

const found: Toolchain = {
  ...bash,
  detect: async () => ({
    language: 'bash',
    name: 'Bash',
    version: '5.2',
    program: '/usr/bin/bash',
    readOnly: [],
  }),
};
const missing: Toolchain = {
  ...ruby,
  detect: async () => ({
    language: 'ruby',
    missing: 'Ruby ("ruby" on PATH)',
    remedy: 'Install it: sudo apt install ruby',
  }),
};

/** A check of Bash that reports this. */
function check(id: string, report: Partial<CheckReport>): Check {
  const whole: CheckReport = {
    check: id,
    version: '',
    answerId: '',
    codeHash: '',
    status: 'done',
    diagnostics: [],
  };
  return { id, languages: ['bash'], check: async () => ({ ...whole, ...report }) };
}

/** Tools with the sandbox, Bash and no Ruby, and a runner that the test holds. */
function toolsWith(used: Sandbox, checks: readonly Check[] = []) {
  const { runner, runs } = heldRunner();
  const tools: SetupTools = {
    sandboxes: [without, fakeSandbox()],
    sandbox: used,
    toolchains: cachedToolchains([found, missing]),
    runner,
    checks,
  };
  return { tools, runs };
}

const helloResult = result('hello', 'error');
const { signal } = new AbortController();

describe('the examination of the set-up', () => {
  it('says of each part whether it works, and how to get it', async () => {
    const { tools, runs } = toolsWith(fakeSandbox(), [
      check('lint', { version: '1.2' }),
      check('types', { status: 'missing', reason: 'types was not found. Install it: npm install types' }),
      check('slow', { status: 'timeout', reason: 'slow took too long for this answer' }),
      { ...check('words', {}), languages: 'any' },
    ]);
    const progress: number[][] = [];
    const examined = examineSetup(tools, { signal, onProgress: (...counts) => progress.push(counts) });
    await until(() => runs.length === 1);
    assert.deepEqual(runs[0]!.request.files, [{ path: 'main.sh', text: 'echo hello' }]);
    assert.equal(runs[0]!.options.unrecorded, true, 'nothing is kept of it');
    runs[0]!.end('pass');
    const report = await examined;
    assert.deepEqual(report, {
      sandboxes: [
        {
          name: 'absent',
          state: 'fails',
          text: 'the program "absent" is missing. Install it: sudo apt install absent',
        },
        { name: 'fake', state: 'works', text: '' },
      ],
      languages: [
        {
          name: 'bash',
          state: 'works',
          text: 'Bash 5.2, /usr/bin/bash',
          checks: [
            { name: 'lint', state: 'works', text: '1.2' },
            { name: 'types', state: 'missing', text: 'types was not found. Install it: npm install types' },
            { name: 'slow', state: 'fails', text: 'slow took too long for this answer' },
          ],
        },
        {
          name: 'ruby',
          state: 'missing',
          text: 'Ruby ("ruby" on PATH) was not found. Install it: sudo apt install ruby',
          checks: [],
        },
      ],
    });
    assert.equal(isUsable(report), true);
    assert.deepEqual(progress, [
      [1, 2],
      [2, 2],
    ]);
  });

  it('runs nothing without a sandbox, and says that languages were not tried', async () => {
    const { tools, runs } = toolsWith(without, [check('lint', {})]);
    const report = await examineSetup({ ...tools, sandboxes: [without] }, { signal });
    assert.deepEqual(
      report.languages.map(({ name, state, checks }) => [name, state, checks.length]),
      [
        ['bash', 'found', 0],
        ['ruby', 'missing', 0],
      ],
    );
    assert.equal(runs.length, 0);
    assert.equal(isUsable(report), false);
  });

  it('says why a program that was found does not run', async () => {
    const { tools, runs } = toolsWith(fakeSandbox());
    const told = async (end: () => void): Promise<string> => {
      const examined = examineSetup(tools, { signal });
      await until(() => runs.length === 1);
      end();
      runs.length = 0;
      const { languages } = await examined;
      assert.equal(languages[0]!.state, 'fails');
      assert.equal(isUsable(await examined), false);
      return languages[0]!.text;
    };
    const textWith = (reason: string): string =>
      `Bash 5.2 was found, but a small program does not run with it: ${reason}. Try /usr/bin/bash in a terminal, and install it again if it does not work there`;
    const failed = { verdict: 'error', stderr: 'first\nlibrary not found\n' } as const;
    assert.equal(
      await told(() => runs[0]!.end('error', { results: [{ ...helloResult, ...failed }] })),
      textWith('library not found'),
    );
    assert.equal(
      await told(() => runs[0]!.end('timeout', { results: [{ ...helloResult, verdict: 'timeout' }] })),
      textWith('timeout'),
    );
    const error = tiebreakError('disk', { what: 'the disk is full', remedy: 'Make room' });
    assert.equal(await told(() => runs[0]!.fail(error)), textWith('the disk is full. Make room'));
  });

  it('lists running without a sandbox if it was allowed', async () => {
    const status = {
      usable: true,
      kind: 'unsandboxed',
      approximate: true,
      notes: ['there is no sandbox'],
    } as const;
    const { tools, runs } = toolsWith({ ...fakeSandbox(), status: async () => status });
    const examined = examineSetup({ ...tools, sandboxes: [without] }, { signal });
    await until(() => runs.length === 1);
    runs[0]!.end('pass');
    assert.deepEqual((await examined).sandboxes.at(-1), {
      name: 'unsandboxed',
      state: 'works',
      text: 'there is no sandbox',
    });
  });

  it('ends when it is interrupted', async () => {
    const stop = new AbortController();
    const { tools, runs } = toolsWith(fakeSandbox());
    const examined = examineSetup(tools, { signal: stop.signal });
    await until(() => runs.length === 1);
    stop.abort();
    runs[0]!.end('pass', { cancelled: true, results: [] });
    await assert.rejects(examined, { name: 'AbortError' });
  });
});

describe('the examination of this machine', () => {
  before(needsSandbox());

  it('runs a language and its checks in the real sandbox', async () => {
    const toolchains = cachedToolchains([bash, missing]);
    const { runner } = createTestRunner({ toolchains });
    const checks = createChecks({ sandbox, checkersDir, trusted: () => true });
    const tools = { sandboxes: [sandbox], sandbox, toolchains, runner, checks };
    const { languages } = await examineSetup(tools, { signal });
    assert.match(languages[0]!.text, /^Bash \d.*, \/.*bash$/);
    assert.equal(languages[0]!.state, 'works');
    const syntax = languages[0]!.checks.find(({ name }) => name === 'bash -n');
    assert.equal(syntax?.state, 'works', syntax?.text);
  });
});

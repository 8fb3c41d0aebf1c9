import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFile } from '../../../src/cli/runFile.ts';
import { caseResultSchema, toolchainKey, type Run } from '../../../src/core/run/run.ts';
import type { RunKey } from '../../../src/runner/runner.ts';
import { sampleRun } from '../store/samples.ts';

const first = sampleRun('1', { taskId: 't1' });
const second = sampleRun('2', { taskId: 't2' });
const third = sampleRun('3', { taskId: 't3' });

function keyOf({ codeHash, casesHash, toolchain }: Run): RunKey {
  return { codeHash, casesHash, toolchain: toolchainKey(toolchain) };
}

function linesOf(...runs: readonly Run[]): string {
  return runs.map((run) => `${JSON.stringify(run)}\n`).join('');
}

describe('a file of run records', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-runs-'));
    path = join(folder, 'runs.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const text = (): string => readFileSync(path, 'utf8');

  /** Continues the file, keeps the runs that it has of these, and appends the others. */
  async function continueWith(...runs: readonly Run[]): Promise<{ kept: string[]; removed: number }> {
    const file = await RunFile.open(path, { resume: true });
    const kept: string[] = [];
    for (const run of runs) {
      if (file.keep(run, keyOf(run))) kept.push(run.id);
      else await file.append(run);
    }
    const removed = await file.removeStale();
    await file.close();
    return { kept, removed };
  }

  it('has each record as soon as it is appended', async () => {
    const file = await RunFile.open(path, { resume: false });
    await file.append(first);
    assert.equal(text(), linesOf(first));
    await file.append(second);
    assert.equal(text(), linesOf(first, second));
    await file.close();
    assert.deepEqual(readdirSync(folder), ['runs.jsonl'], 'nothing else is left');
  });

  it('is not overwritten, but an empty file is used', async () => {
    writeFileSync(path, linesOf(first));
    await assert.rejects(RunFile.open(path, { resume: false }), {
      code: 'file-exists',
      message: `${path}: the file already exists. Continue it with --resume, or choose another file`,
    });
    assert.equal(text(), linesOf(first));
    writeFileSync(path, '');
    const file = await RunFile.open(path, { resume: false });
    await file.append(second);
    await file.close();
    assert.equal(text(), linesOf(second));
  });

  it('is continued after its records', async () => {
    writeFileSync(path, linesOf(first, second));
    assert.deepEqual(await continueWith(first, second, third), { kept: ['1', '2'], removed: 0 });
    assert.equal(text(), linesOf(first, second, third));
  });

  it('loses a half-written last line, wherever it was cut', async () => {
    const whole = linesOf(first);
    const half = linesOf({ ...second, id: 'é' });
    const bytes = Buffer.from(half);
    for (const length of [1, 5, 8, 9, 40, bytes.length - 2]) {
      writeFileSync(path, Buffer.concat([Buffer.from(whole), bytes.subarray(0, length)]));
      assert.deepEqual((await continueWith(first, second)).kept, ['1'], `${length} bytes`);
      assert.equal(text(), linesOf(first, second), `${length} bytes`);
    }
  });

  it('keeps a last record that lacks only its newline', async () => {
    writeFileSync(path, linesOf(first, second).trimEnd());
    assert.deepEqual((await continueWith(first, second, third)).kept, ['1', '2']);
    assert.equal(text(), linesOf(first, second, third));
  });

  it('is left as it is if it is no file of run records', async () => {
    const tasks = '{"id":"chunk","language":"python"}';
    for (const [content, line] of [
      [tasks, 1],
      [`${tasks}\n`, 1],
      ['notes', 1],
      [`${linesOf(first)}notes`, 2],
      [`${linesOf(first)}\n${linesOf(second)}`, 2],
    ] as const) {
      writeFileSync(path, content);
      await assert.rejects(RunFile.open(path, { resume: true }), {
        code: 'file-foreign',
        message: `${path}:${line}: the line is not the record of a run, so the file cannot be continued. Remove the line, or choose another file`,
      });
      assert.equal(text(), content);
    }
  });

  it('loses records of other code, cases or toolchains, and of tasks that are gone', async () => {
    for (const changed of [
      { ...second, codeHash: 'code-2' },
      { ...second, casesHash: 'cases-2' },
      { ...second, toolchain: { ...second.toolchain, version: '3.14.0' } },
    ]) {
      writeFileSync(path, linesOf(first, second, third));
      assert.deepEqual(await continueWith(first, { ...changed, id: '4' }), { kept: ['1'], removed: 2 });
      assert.equal(text(), linesOf(first, { ...changed, id: '4' }));
      assert.deepEqual(readdirSync(folder), ['runs.jsonl'], 'nothing else is left');
    }
  });

  it('runs answers with unsupported cases again: what was missing may be installed', async () => {
    const results = [
      caseResultSchema.parse({
        caseId: 'c',
        verdict: 'unsupported',
        stdout: '',
        stderr: '',
        wallMs: 0,
        cpuMs: 0,
        peakBytes: 0,
        exit: null,
        signal: null,
      }),
    ];
    writeFileSync(path, linesOf({ ...first, results }, second));
    assert.deepEqual(await continueWith({ ...first, id: '3' }, second), { kept: ['2'], removed: 1 });
    assert.equal(text(), linesOf(second, { ...first, id: '3' }));
  });

  it('keeps records of answers that cannot be run now, and of tasks that are not asked for', async () => {
    writeFileSync(path, linesOf(first, second, third));
    const file = await RunFile.open(path, { resume: true });
    file.spare(first);
    await file.append({ ...second, id: '4', codeHash: 'code-2' });
    assert.equal(await file.removeStale('t2'), 1);
    assert.equal(text(), linesOf(first, third, { ...second, id: '4', codeHash: 'code-2' }));
    await file.close();
  });

  it('is written by one run at a time', async () => {
    const file = await RunFile.open(path, { resume: false });
    for (const resume of [false, true]) {
      await assert.rejects(RunFile.open(path, { resume }), {
        code: 'file-in-use',
        message: `${path}: another run is writing this file. Wait until it ends, or choose another file`,
      });
    }
    await file.append(first);
    await file.close();
    assert.equal(existsSync(`${path}.lock`), false);
    assert.deepEqual((await continueWith(first)).kept, ['1']);
  });

  it('says why it cannot be written', async () => {
    const missing = join(folder, 'missing/runs.jsonl');
    await assert.rejects(RunFile.open(missing, { resume: true }), {
      code: 'file-unwritable',
      message: /missing\/runs\.jsonl: the results cannot be written \(.*\)\. Check the folder/,
    });
  });
});

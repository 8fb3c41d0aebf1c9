import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTempDir } from '../../../scripts/lib/temp.mjs';
import { StageReport } from '../../../scripts/lib/testReport.mjs';
import { runFiles } from '../../../scripts/lib/testRun.mjs';

/** The failures in the report of a run, with the first line of each log. */
async function failuresOf(source: string, grace = 60_000): Promise<string[]> {
  const report = new StageReport('unit', () => {});
  await withTempDir(async (dir) => {
    const file = join(dir, 'sample.test.cjs');
    await writeFile(file, source);
    await runFiles([file], report, { grace });
  });
  report.end();
  return report.failures.map(({ title, log }) => `${title}: ${log.split('\n')[0]}`);
}

describe('a run of tests', () => {
  it('shares its files among its workers, and counts each test once', async () => {
    const report = new StageReport('unit', () => {});
    await withTempDir(async (dir) => {
      const files = ['a', 'b', 'c', 'd', 'e'].map((name) => join(dir, `${name}.test.cjs`));
      for (const file of files)
        await writeFile(file, `describe('of', () => { it('is', () => {}); it('was'); })`);
      await runFiles(files, report, { workers: 2 });
    });
    report.end();
    assert.deepEqual([report.failures, report.passed, report.skipped], [[], 5, 5]);
  });

  it('fails if a test file leaves an uncaught error', async () => {
    const late = `it('is', () => { setImmediate(() => { throw new Error('late'); }); })`;
    assert.match((await failuresOf(late)).join('; '), /late|stopped before the end/);
  });

  it('that passes has no failure', async () => {
    assert.deepEqual(await failuresOf(`it('is', () => {})`), []);
  });

  it('that stops before its end fails', async () => {
    assert.deepEqual(await failuresOf(`it('exits', () => process.exit(0))`), [
      'all tests: The tests stopped before the end, with exit code 0',
    ]);
  });

  it('that leaves something running after its last test is stopped and fails', async () => {
    const leaves = `it('serves', () => require('node:http').createServer().listen(0, '127.0.0.1'))`;
    assert.deepEqual(await failuresOf(leaves, 0), [
      'all tests: The tests ended, but their process did not: something that they started is still running',
    ]);
  });
});

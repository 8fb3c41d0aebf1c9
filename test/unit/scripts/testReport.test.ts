import { strict as assert } from 'node:assert';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { run } from '../../../scripts/lib/process.mjs';
import { withTempDir } from '../../../scripts/lib/temp.mjs';
import { eventsVariable, followEvents, type TestEvent } from '../../../scripts/lib/testEvents.mjs';
import { StageReport, summary } from '../../../scripts/lib/testReport.mjs';

const suite = `describe('a list', () => {
  it('is empty', () => {});
  it('is sorted', () => { throw new Error('2 before 1', { cause: new Error('unknown order') }); });
  it.skip('is long', () => {});
});`;

/** The events of a test file, as mocha with our reporter writes them. */
async function eventsOf(source: string): Promise<TestEvent[]> {
  const events: TestEvent[] = [];
  await withTempDir(async (dir) => {
    const file = join(dir, 'sample.test.cjs');
    await writeFile(file, source);
    const { stop } = followEvents(join(dir, 'events'), (event) => events.push(event));
    const mocha = inRoot('node_modules/mocha/bin/mocha.js');
    const reporter = inRoot('scripts/lib/eventReporter.mjs');
    const env = { ...process.env, [eventsVariable]: join(dir, 'events') };
    await run(process.execPath, [mocha, '--reporter', reporter, file], { env, onLine: () => {} });
    stop();
  });
  return events;
}

describe('the report of a test run', () => {
  it('follows what mocha does, with the error and its cause', async () => {
    const events = await eventsOf(suite);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['begin', 'pass', 'fail', 'skip', 'suite', 'end'],
    );
    assert.deepEqual(events[0], { kind: 'begin', total: 3 });
    const failed = events.find((event) => event.kind === 'fail');
    assert.equal(failed?.title, 'a list is sorted');
    assert.match(failed.log, /2 before 1[^]*Caused by: Error: unknown order/);
  });

  it('reads an event that is written in two parts, and characters of several bytes', async () => {
    await withTempDir(async (dir) => {
      const path = join(dir, 'events');
      const events: TestEvent[] = [];
      const bytes = Buffer.from(`${JSON.stringify({ kind: 'pass', title: 'größer' })}\n`);
      await writeFile(path, bytes.subarray(0, bytes.indexOf('ö') + 1));
      const { read, stop } = followEvents(path, (event) => events.push(event));
      read();
      assert.deepEqual(events, []);
      await appendFile(path, bytes.subarray(bytes.indexOf('ö') + 1));
      stop();
      assert.deepEqual(events, [{ kind: 'pass', title: 'größer' }]);
    });
  });

  it('shows the number of finished tests and of all tests, without moving the cursor', async () => {
    const lines: string[] = [];
    let now = 0;
    const report = new StageReport(
      'unit',
      (line) => lines.push(line),
      () => now,
    );
    for (const event of await eventsOf(suite)) {
      now += 30_000;
      report.onEvent(event);
    }
    report.end();
    assert.deepEqual(
      lines.map((line) => line.replace(/\d\.\d s/, 'TIME')),
      [
        'unit    │    2 of 3, 1:30 FAILED  a list is sorted',
        'unit    │    3 of 3, 2:30 a list (3 in TIME)',
        'unit    │ FAILED after 3:00: 1 passed, 1 failed, 1 skipped',
      ],
    );
  });

  it('does not print a line for each of many short suites', () => {
    const lines: string[] = [];
    let now = 0;
    const report = new StageReport(
      'unit',
      (line) => lines.push(line),
      () => now,
    );
    for (let at = 0; at < 100; at += 1) {
      now += 100;
      report.onEvent({ kind: 'suite', title: `suite ${at}`, tests: 1, ms: 100 });
    }
    report.end();
    assert.equal(lines.length, 5 + 1);
  });

  it('ends with each failure under its stage and test, and one line of counts', () => {
    const silent = () => {};
    const format = new StageReport('format', silent);
    format.fail('', 'a.ts is not formatted');
    const unit = new StageReport('unit', silent);
    unit.passed = 4;
    unit.skipped = 2;
    unit.fail('a list is sorted', 'Error: 2 before 1\n    at sort');
    for (const report of [format, unit]) report.end();
    assert.equal(
      summary([
        { name: 'format', report: format },
        { name: 'unit', report: unit },
      ]),
      [
        '',
        '── 2 failed ──',
        '',
        'format',
        '    a.ts is not formatted',
        '',
        'unit │ a list is sorted',
        '    Error: 2 before 1',
        '        at sort',
        '',
        '4 passed, 2 failed, 2 skipped',
      ].join('\n'),
    );
  });

  it('is one line when everything passed', () => {
    const report = new StageReport('unit', () => {});
    report.passed = 7;
    report.end();
    assert.equal(summary([{ name: 'unit', report }]), '7 passed, 0 failed');
  });
});

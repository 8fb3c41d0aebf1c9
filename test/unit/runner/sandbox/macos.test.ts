import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../src/core/run/run.ts';
import { createMacSandbox, profile } from '../../../../src/runner/sandbox/macos.ts';

const folder = {
  scratch: '/private/tmp/job "1"/scratch',
  temporary: '/private/tmp/job/tmp',
  stdin: '/private/tmp/job/stdin',
};
const job = { argv: ['/usr/bin/python3'], files: [], env: {}, limits: defaultLimits, readOnly: ['/opt/py'] };

describe('the sandbox of macOS', () => {
  const rules = profile(folder, job).split('\n');
  const granted = (what: RegExp): string[] =>
    rules.filter((rule) => rule.startsWith('(allow') && what.test(rule));

  it('denies everything that is not named', () => {
    assert.deepEqual(rules.slice(0, 2), ['(version 1)', '(deny default)']);
    assert.deepEqual(granted(/network|mach|iokit|ptrace/), []);
  });

  it('lets a job write in its own folders and nowhere else', () => {
    const writing = granted(/file-write/);
    assert.equal(writing.length, 2);
    assert.match(
      writing[0]!,
      /\(subpath "\/private\/tmp\/job \\"1\\"\/scratch"\) \(subpath "\/private\/tmp\/job\/tmp"\)\)$/,
    );
    assert.match(
      writing[1]!,
      /^\(allow file-write-data \(literal "\/dev\/null"\) \(subpath "\/dev\/fd"\)\)$/,
    );
    assert.ok(rules.includes('(deny file-write-setugid)'));
  });

  it('lets a job read the system, its toolchain and its input, but no home folder', () => {
    const reading = granted(/file-read\*/).join('\n');
    for (const path of ['"/usr"', '"/opt/py"', '"/private/tmp/job/stdin"'])
      assert.ok(reading.includes(path), path);
    assert.doesNotMatch(reading, /Users|\/private\/var\/folders|\(subpath "\/"\)/);
  });

  it('has balanced brackets, whatever a path contains', () => {
    const text = profile({ ...folder, scratch: '/a\\"(b' }, job).replaceAll(/"(?:\\.|[^"\\])*"/g, '');
    assert.equal(text.split('(').length, text.split(')').length);
    assert.doesNotMatch(text, /["\\]/);
  });

  it('says what is missing elsewhere', async function () {
    if (process.platform === 'darwin') this.skip();
    const status = await createMacSandbox().status();
    assert.ok(!status.usable);
    assert.match(`${status.missing} ${status.remedy}`, /sandbox-exec.*(Docker|Podman)/);
  });
});

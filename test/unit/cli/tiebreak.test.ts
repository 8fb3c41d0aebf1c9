import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './tiebreak.ts';

const commands = [
  'import',
  'run',
  'time',
  'check',
  'lint',
  'export',
  'exchange',
  'stats',
  'timesheet',
  'verify',
];

describe('the tiebreak command', () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  it('prints its help, and that of every command', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['--help']);
    assert.deepEqual([code, stderr], [0, '']);
    for (const name of commands) assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
    assert.match(stdout, /Exit status:\n +0 .*\n +1 .*\n +2 .*\n +3 .*\n +130 /);
  });

  for (const name of commands) {
    it(`prints the help of ${name} without touching a database`, async () => {
      const { code, stdout } = await place.tiebreak([name, '--help']);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: tiebreak ${name} .*Exit status:\n +0 `, 's'));
      assert.ok(!existsSync(place.database));
    });

    it(`refuses an unknown option of ${name}, and refers to the help`, async () => {
      const { code, stdout, stderr } = await place.tiebreak([name, '--nonsense']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(
        stderr,
        new RegExp(`^error: tiebreak ${name}: .*--nonsense.*See "tiebreak ${name} --help"`),
      );
    });
  }

  it('prints the version of the package', async () => {
    const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    assert.deepEqual(await place.tiebreak(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  const mistakes: [string, string[], RegExp][] = [
    ['no command', [], /no command given/],
    ['a command that does not exist', ['improt'], /unknown command "improt"/],
    ['the name of something every object has', ['constructor'], /unknown command "constructor"/],
    ['an option before any command', ['--nonsense'], /--nonsense/],
    ['import without a file', ['import'], /no file given/],
    ['exchange without a folder', ['exchange', '--as', 'eva'], /exactly one folder/],
    ['exchange by nobody', ['exchange', '.'], /--as is missing/],
    ['verify with a file', ['verify', 'x'], /unexpected argument "x"/],
    ['an option without its value', ['verify', '--db'], /--db/],
  ];
  for (const [title, args, message] of mistakes) {
    it(`reports ${title} and refers to the help`, async () => {
      const { code, stdout, stderr } = await place.tiebreak(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.match(stderr, /^error: tiebreak.*See "tiebreak (\w+ )?--help"\n$/);
    });
  }

  it('reports a missing database instead of creating an empty one', async () => {
    for (const args of [['verify'], ['export', '--to', 'tiebreak']]) {
      const { code, stderr } = await place.tiebreak(args);
      assert.equal(code, 3);
      assert.match(stderr, /tiebreak\.db: no database found\. Give its path with --db/);
    }
    assert.ok(!existsSync(place.database));
  });

  it('ends quietly if nobody reads its output any more', async () => {
    const child = place.start(['--help']);
    child.stdout!.destroy();
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0);
  });
});

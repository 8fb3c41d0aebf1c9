import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './tiebreak.ts';

const commands = ['import', 'run', 'time', 'check', 'lint', 'export', 'exchange', 'verify'];

describe('the tiebreak command', () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  it('says what it can do, and that of every command', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['--help']);
    assert.deepEqual([code, stderr], [0, '']);
    for (const name of commands) assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
    assert.match(stdout, /Exit status: 0 .* 1 .* 2 .*3 .* 130/s);
  });

  for (const name of commands) {
    it(`says how to use ${name}, and touches no database for it`, async () => {
      const { code, stdout } = await place.tiebreak([name, '--help']);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: tiebreak ${name} .*Exit status: 0`, 's'));
      assert.ok(!existsSync(place.database));
    });

    it(`refuses an option that ${name} does not have, and says where the help is`, async () => {
      const { code, stdout, stderr } = await place.tiebreak([name, '--nonsense']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(
        stderr,
        new RegExp(`^error: tiebreak ${name}: .*--nonsense.*See "tiebreak ${name} --help"`),
      );
    });
  }

  it('says its version, that of the package', async () => {
    const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    assert.deepEqual(await place.tiebreak(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  const mistakes: [string, string[], RegExp][] = [
    ['no command', [], /no command was given/],
    ['a command that does not exist', ['improt'], /there is no command "improt"/],
    ['the name of something every object has', ['constructor'], /there is no command "constructor"/],
    ['an option before any command', ['--nonsense'], /--nonsense/],
    ['import without a file', ['import'], /no file was named/],
    ['exchange without a folder', ['exchange', '--as', 'eva'], /exactly one folder/],
    ['exchange by nobody', ['exchange', '.'], /nobody was named with --as/],
    ['verify with a file', ['verify', 'x'], /"x" is not expected/],
    ['an option without its value', ['verify', '--db'], /--db/],
  ];
  for (const [title, args, message] of mistakes) {
    it(`answers ${title} with what is wrong and where the help is`, async () => {
      const { code, stdout, stderr } = await place.tiebreak(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.match(stderr, /^error: tiebreak.*See "tiebreak (\w+ )?--help"\n$/);
    });
  }

  it('says that a database is missing instead of making an empty one', async () => {
    for (const args of [['verify'], ['export', '--to', 'tiebreak']]) {
      const { code, stderr } = await place.tiebreak(args);
      assert.equal(code, 3);
      assert.match(stderr, /tiebreak\.db: there is no database\. Name it with --db/);
    }
    assert.ok(!existsSync(place.database));
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const child = place.start(['--help']);
    child.stdout!.destroy();
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0);
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FilesFrom, Task } from '../../../../src/core/task/task.ts';
import { readTaskLine, type TaskLine } from '../../../../src/core/files/taskfile.ts';
import { withFiles } from '../../../../src/transfer/import/taskSource.ts';
import { sampleTask } from '../../store/samples.ts';

describe('the files of a task from elsewhere', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tiebreak-source-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  function git(folder: string, ...args: string[]): string {
    const who = [
      '-c',
      'user.name=Tester',
      '-c',
      'user.email=tester@example.com',
      '-c',
      'init.defaultBranch=main',
    ];
    return execFileSync('git', [...who, '-C', join(root, folder), ...args], { encoding: 'utf8' }).trim();
  }

  function read(filesFrom: FilesFrom, clones?: string, more: Partial<Task> = {}): Promise<TaskLine> {
    const text = JSON.stringify({ ...sampleTask('t'), ...more, filesFrom });
    const place = { file: join(root, 'tasks.jsonl'), line: 3 };
    return withFiles(readTaskLine(text, place), place.file, clones);
  }

  async function taskOf(...given: Parameters<typeof read>): Promise<Task> {
    const line = await read(...given);
    assert.equal(line.kind, 'task', JSON.stringify(line));
    return line.task;
  }

  async function problemOf(...given: Parameters<typeof read>): Promise<string> {
    const line = await read(...given);
    assert.equal(line.kind, 'problem');
    assert.equal(line.problem.line, 3);
    return `${line.problem.reason}. ${line.problem.remedy}`;
  }

  function paths(task: Task): string[] {
    return (task.files ?? []).map((file) => file.path);
  }

  it('are those of text in a folder, with those that the task brings itself laid over', async () => {
    write('shop/src/cart.py', 'old\n');
    write('shop/README.md', 'read me\n');
    write('shop/logo.png', Buffer.from([0x89, 0x50, 0, 0xff]));
    write('shop/.git/config', 'secret\n');
    symlinkSync('/etc/passwd', join(root, 'shop/passwd'));
    const own = { path: 'src/cart.py', text: 'new\n' };
    const task = await taskOf({ folder: 'shop' }, undefined, { files: [own] });
    assert.deepEqual(task.files, [own, { path: 'README.md', text: 'read me\n' }]);
    assert.match(task.filesFrom?.hash ?? '', /^[0-9a-f]{64}$/);
    const part = await taskOf({ folder: 'shop', paths: ['src'] });
    assert.deepEqual(paths(part), ['src/cart.py']);
  });

  it('are those of a revision, whatever is checked out, and record the full commit', async () => {
    mkdirSync(join(root, 'owner/name'), { recursive: true });
    git('owner/name', 'init', '-q');
    write('owner/name/a.py', 'first\n');
    write('owner/name/b/c.py', 'c\n');
    symlinkSync('/etc/passwd', join(root, 'owner/name/link'));
    git('owner/name', 'add', '.');
    git('owner/name', 'commit', '-qm', 'first');
    const first = git('owner/name', 'rev-parse', 'HEAD');
    write('owner/name/a.py', 'second\n');
    git('owner/name', 'commit', '-qam', 'second');
    const from = { clone: 'owner/name', revision: first.slice(0, 10) };
    const task = await taskOf(from);
    assert.deepEqual(task.files, [
      { path: 'a.py', text: 'first\n' },
      { path: 'b/c.py', text: 'c\n' },
    ]);
    assert.deepEqual({ ...task.filesFrom, hash: '' }, { clone: 'owner/name', revision: first, hash: '' });
    // The record is complete: it can be read again without the clone.
    rmSync(join(root, 'owner'), { recursive: true });
    assert.deepEqual(await taskOf(task.filesFrom!, undefined, task), task);
  });

  it('come from the folder of clones where one is named', async () => {
    mkdirSync(join(root, 'clones/name'), { recursive: true });
    git('clones/name', 'init', '-q');
    write('clones/name/a.py', 'a\n');
    git('clones/name', 'add', '.');
    git('clones/name', 'commit', '-qm', 'a');
    const task = await taskOf({ clone: 'name', revision: 'main' }, join(root, 'clones'));
    assert.deepEqual(paths(task), ['a.py']);
  });

  it('are missed with the command that brings them', async () => {
    const missing = await problemOf({ clone: 'owner/name', revision: 'v1' }, join(root, 'clones'));
    assert.ok(missing.includes('revision v1 of "owner/name"'), missing);
    assert.ok(
      missing.includes(`git clone -- https://github.com/owner/name.git ${root}/clones/owner/name`),
      missing,
    );
    mkdirSync(join(root, 'bare'));
    git('bare', 'init', '-q');
    const unknown = await problemOf({ clone: 'bare', revision: 'v1' });
    assert.match(unknown, /has no revision v1\. Fetch it: git -C \S+ fetch origin v1$/);
  });

  it('are refused outside of the folder, also behind a link, and from a folder around a clone', async () => {
    symlinkSync('/etc', join(root, 'etc'));
    assert.match(await problemOf({ folder: 'etc' }), /outside the folder of the task file/);
    assert.match(await problemOf({ folder: '../x' }), /must be a relative path/);
    git('.', 'init', '-q');
    write('sub/a.py', 'a\n');
    git('.', 'add', 'sub');
    git('.', 'commit', '-qm', 'a');
    assert.match(await problemOf({ clone: 'sub', revision: 'main' }), /not a git repository/);
  });

  it('are refused when they are too many or too large, with the way to take fewer', async () => {
    write('big/a.txt', 'x'.repeat(9 << 20));
    write('big/b/c.txt', 'c');
    assert.match(
      await problemOf({ folder: 'big' }),
      /2 files with 9\.0 MiB, but a task takes at most 2,000 .*"paths"/,
    );
    assert.deepEqual(paths(await taskOf({ folder: 'big', paths: ['b'] })), ['b/c.txt']);
    assert.match(await problemOf({ folder: 'big', paths: ['d'] }), /no file that the task asks for/);
  });

  describe('from a clone that leads out of its folder', () => {
    let revision: string;
    beforeEach(() => {
      for (const folder of ['private', 'tasks/clone']) {
        mkdirSync(join(root, folder), { recursive: true });
        git(folder, 'init', '-q');
        write(`${folder}/a.py`, `${folder}\n`);
        git(folder, 'add', '.');
        git(folder, 'commit', '-qm', folder);
      }
      revision = git('private', 'rev-parse', 'HEAD');
      rmSync(join(root, 'tasks/clone/a.py'));
    });

    const metadata = 'tasks/clone/.git';
    const ways: Record<string, () => void> = {
      'a file instead of its .git folder': () => {
        rmSync(join(root, metadata), { recursive: true });
        write(metadata, `gitdir: ${root}/private/.git\n`);
      },
      'a link instead of its .git folder': () => {
        rmSync(join(root, metadata), { recursive: true });
        symlinkSync(join(root, 'private/.git'), join(root, metadata));
      },
      'a common folder elsewhere': () => write(`${metadata}/commondir`, `${root}/private/.git\n`),
      alternates: () => write(`${metadata}/objects/info/alternates`, `${root}/private/.git/objects\n`),
      'a link for its objects': () => {
        rmSync(join(root, metadata, 'objects'), { recursive: true });
        symlinkSync(join(root, 'private/.git/objects'), join(root, metadata, 'objects'));
      },
      'links in its objects': () => {
        for (const name of readdirSync(join(root, 'private/.git/objects'))) {
          rmSync(join(root, metadata, 'objects', name), { recursive: true, force: true });
          symlinkSync(join(root, 'private/.git/objects', name), join(root, metadata, 'objects', name));
        }
      },
    };
    for (const [way, prepare] of Object.entries(ways)) {
      it(`are refused: ${way}`, async () => {
        prepare();
        const text = JSON.stringify({ ...sampleTask('t'), filesFrom: { clone: 'clone', revision } });
        const place = { file: join(root, 'tasks/tasks.jsonl'), line: 3 };
        const line = await withFiles(readTaskLine(text, place), place.file);
        assert.equal(line.kind, 'problem', JSON.stringify(line));
        assert.match(line.problem.reason, /takes its data from elsewhere/);
      });
    }
  });

  it('start no program that the clone configures', async () => {
    mkdirSync(join(root, 'trap'));
    git('trap', 'init', '-q');
    write('trap/a.py', 'a\n');
    git('trap', 'add', '.');
    git('trap', 'commit', '-qm', 'a');
    const touch = `touch ${join(root, 'sprung')}`;
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'diff.external',
      'filter.x.smudge',
    ]) {
      git('trap', 'config', key, touch);
    }
    write('trap/.git/hooks/post-checkout', `#!/bin/sh\n${touch}\n`);
    assert.deepEqual(paths(await taskOf({ clone: 'trap', revision: 'main' })), ['a.py']);
    assert.ok(!existsSync(join(root, 'sprung')));
  });
});

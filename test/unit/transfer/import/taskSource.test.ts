import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FilesFrom, Task } from '../../../src/core/task.ts';
import { readTaskLine, type TaskLine } from '../../../src/core/taskfile.ts';
import { withFiles } from '../../../src/store/taskSource.ts';
import { sampleTask } from './samples.ts';

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
    return `${line.problem.reason}. ${line.problem.mend}`;
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
    // The record is whole: it is read again as it stands, without the clone.
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

  it('are missed with the command that mends it', async () => {
    const missing = await problemOf({ clone: 'owner/name', revision: 'v1' }, join(root, 'clones'));
    assert.ok(missing.includes('revision v1 of "owner/name"'), missing);
    assert.ok(
      missing.includes(`git clone https://github.com/owner/name.git ${root}/clones/owner/name`),
      missing,
    );
    mkdirSync(join(root, 'bare'));
    git('bare', 'init', '-q');
    const unknown = await problemOf({ clone: 'bare', revision: 'v1' });
    assert.match(unknown, /has no revision v1\. Fetch it: git -C \S+ fetch origin v1$/);
  });

  it('are refused outside of the folder, also behind a link, and from a folder around a clone', async () => {
    symlinkSync('/etc', join(root, 'etc'));
    assert.match(await problemOf({ folder: 'etc' }), /leads out of the folder/);
    assert.match(await problemOf({ folder: '../x' }), /must be a relative path/);
    git('.', 'init', '-q');
    write('sub/a.py', 'a\n');
    git('.', 'add', 'sub');
    git('.', 'commit', '-qm', 'a');
    assert.match(await problemOf({ clone: 'sub', revision: 'main' }), /has no revision main/);
  });

  it('are refused when they are too many or too large, with the way to take fewer', async () => {
    write('big/a.txt', 'x'.repeat(9 << 20));
    write('big/b/c.txt', 'c');
    assert.match(
      await problemOf({ folder: 'big' }),
      /2 files with 9\.0 MiB, and a task takes at most 2,000 .*"paths"/,
    );
    assert.deepEqual(paths(await taskOf({ folder: 'big', paths: ['b'] })), ['b/c.txt']);
    assert.match(await problemOf({ folder: 'big', paths: ['d'] }), /none of the files/);
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

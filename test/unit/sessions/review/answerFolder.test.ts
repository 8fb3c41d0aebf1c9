import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempDir, removeTempDir } from '../../../../scripts/lib/temp.mjs';
import { AnswerFolder } from '../../../../src/sessions/review/answerFolder.ts';
import type { AnswerSource } from '../../../../src/sessions/panelSession.ts';

/** A session of two answers; B has a second reading. */
function createSession(): AnswerSource & { readB(text: string): void } {
  const answer = (side: 'A' | 'B', text: string) => ({
    side,
    panel: { reading: text },
    shownFiles: [{ path: 'src/main.py', text }],
  });
  const answers = [answer('A', 'a = 1\n'), answer('B', 'b = 1\n')];
  return {
    answers,
    readB: (text: string) => void answers.splice(1, 1, answer('B', text)),
  } as unknown as AnswerSource & { readB(text: string): void };
}

describe('the files of answers', () => {
  let root: string;
  let folder: AnswerFolder;
  let session: ReturnType<typeof createSession>;
  const names = () => readdir(root).catch(() => []);

  beforeEach(async () => {
    root = join(await makeTempDir(), 'answers');
    folder = new AnswerFolder(root);
    session = createSession();
  });
  afterEach(() => removeTempDir(join(root, '..')));

  it('are not on disk until somebody opens them', async () => {
    assert.equal(folder.path(session, 'A', 'src/main.py'), undefined);
    assert.deepEqual(await names(), []);
    assert.equal(await folder.write(session), true);
    const path = folder.path(session, 'B', 'src/main.py')!;
    assert.equal(await readFile(path, 'utf8'), 'b = 1\n');
    assert.equal((await stat(path)).mode & 0o222, 0, 'read-only');
    assert.equal(await folder.write(session), false);
  });

  it('are recognised by their path', async () => {
    await folder.write(session);
    const path = folder.path(session, 'B', 'src/main.py')!;
    assert.deepEqual(folder.locate(session, path), { side: 'B', path: 'src/main.py' });
    assert.equal(folder.locate(session, join(root, 'elsewhere')), undefined);
    assert.equal(folder.locate(createSession(), path), undefined);
  });

  it('are written again when a reading changes', async () => {
    await folder.write(session);
    session.readB('b = 2\n');
    assert.equal(folder.path(session, 'B', 'src/main.py'), undefined);
    await folder.write(session);
    assert.equal(await readFile(folder.path(session, 'B', 'src/main.py')!, 'utf8'), 'b = 2\n');
  });

  it('are removed when the session is left, even while they are written, and no others are', async () => {
    const other = createSession();
    await folder.write(other);
    const writing = folder.write(session);
    await folder.remove(session);
    await writing;
    assert.equal(folder.path(session, 'A', 'src/main.py'), undefined);
    assert.equal(folder.isOpened(session), false);
    await access(folder.path(other, 'A', 'src/main.py')!);
    assert.deepEqual(await names(), [`${process.pid}-1`]);
  });

  it('are removed when the window ends', async () => {
    await folder.write(session);
    await folder.removeAll();
    assert.deepEqual(await names(), []);
  });

  it('of ended windows are removed at the start, those of running windows stay', async () => {
    const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(ended, 'exit');
    const left = ['0a1b2c3d4e5f', '123456789012', `${ended.pid}-1`, `${process.pid}-1`, `${process.ppid}-1`];
    for (const name of left) await mkdir(join(root, name, 'A'), { recursive: true });
    await folder.sweep();
    assert.deepEqual(await names(), [`${process.ppid}-1`]);
  });

  it('may be missing when they are removed', async () => {
    await folder.sweep();
  });
});

import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from '../until.ts';
import { Editor } from './harness.ts';
import { jsonLines } from './tasks.ts';

describe('a window in which nobody opens Tiebreak', function () {
  let editor: Editor;

  const storage = () => join(editor.dataDir, 'data/User/globalStorage/tiebreak.tiebreak');
  const database = () => join(storage(), 'tiebreak.db');

  /** The running language servers of this editor. */
  const servers = (): string[] => {
    const lines = execFileSync('ps', ['-A', '-o', 'command='], { encoding: 'utf8' }).split('\n');
    return lines.filter((line) => line.includes(editor.dataDir) && line.includes('language/server.js'));
  };

  /** Waits until the editor lists an extension as running, and returns the names of all running extensions. */
  async function running(awaited: string): Promise<string[]> {
    await editor.runCommand('Developer: Show Running Extensions');
    const rows = editor.page.locator('.runtime-extensions-editor .monaco-list-row');
    await rows.first().click();
    let found: string[] = [];
    await until(async () => (found = await listed(rows)).includes(awaited), `${awaited} runs`);
    await editor.page.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'detached' });
    return found;
  }

  /** The names in the list. The list draws only visible rows, so move the selection from the first row to the last. */
  async function listed(rows: Locator): Promise<string[]> {
    const names = new Set<string>();
    await editor.page.keyboard.press('Home');
    const count = Number(await rows.first().getAttribute('aria-setsize'));
    for (let row = 1; row <= count; row += 1) {
      for (const name of await rows.locator('.name').allTextContents()) names.add(name);
      await editor.page.keyboard.press('ArrowDown');
    }
    return [...names];
  }

  async function open(file: string): Promise<void> {
    await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).dblclick();
    await editor.page.locator(`.tab[data-resource-name="${file}"]`).waitFor();
  }

  before(async () => {
    const broken = { id: 'broken', language: 'python', prompt: 'Add.', answers: 'none' };
    editor = await Editor.start({
      files: {
        'notes.md': '# Notes\n',
        'requests.jsonl': jsonLines([{ time: 1, path: '/' }]),
        'tasks.jsonl': jsonLines([broken]),
      },
    });
  });
  after(() => editor.stop());

  it('loads no code of Tiebreak and writes nothing to disk', async () => {
    await open('notes.md');
    // The editor activates this one in every window, once the window is up.
    const names = await running('Merge Conflict');
    assert.equal(names.includes('Tiebreak'), false, names.join(', '));
    assert.equal(existsSync(storage()), false);
  });

  it('starts neither database nor server for JSONL without tasks', async () => {
    await open('requests.jsonl');
    await running('Tiebreak');
    assert.deepEqual(servers(), []);
    assert.equal(existsSync(database()), false);
  });

  it('checks an opened file of tasks without a database', async () => {
    await open('tasks.jsonl');
    await editor.page.locator('.monaco-editor .squiggly-error').first().waitFor();
    assert.equal(servers().length, 1);
    assert.equal(existsSync(database()), false);
  });

  it('has a database once the queue is opened', async () => {
    await editor.openQueue();
    await until(() => existsSync(database()), 'there is a database');
  });
});

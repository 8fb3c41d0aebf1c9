import type { Task } from '../../src/core/task/task.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { jsonLines } from './tasks.ts';

const pair = (id: string, title: string, first: string, second: string): Task => ({
  id,
  title,
  language: 'javascript',
  prompt: 'Write `twice(n)`.',
  answers: [first, second].map((code, at) => ({ id: `m${at + 1}`, text: `\`\`\`js\n${code}\`\`\`\n` })),
});

const tasks = [
  pair(
    'layout',
    'The same but for its layout',
    'function twice(n) {\n  // twice as much\n  return n * 2;\n}\n',
    'function twice(n) {\n\t// the double\n\treturn n * 2;\n}\n',
  ),
  pair(
    'names',
    'The same but for its names',
    'function twice(n) {\n  const factor = 2;\n  return n * factor;\n}\n',
    'function twice(n) {\n  const by = 2;\n  return n * by;\n}\n',
  ),
  pair(
    'style',
    'The same once it is formatted',
    'function twice(n) {\n  return n * 2;\n}\n',
    'function twice(n) { return n*2 }\n',
  ),
];

describe('the options of the difference, by key', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines(tasks) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    await panel.hasFocus();
    await panel.focusCode();
  });
  after(() => editor.stop());

  const changedRows = () => panel.frame.locator('.row.only-a');
  const says = (text: string | RegExp) => panel.frame.getByText(text).waitFor();
  const next = async (title: string) => {
    await panel.press('j');
    await panel.title.filter({ hasText: title }).waitFor();
    await panel.focusCode();
  };

  it('ignores whitespace, then comments too', async () => {
    await panel.title.filter({ hasText: 'its layout' }).waitFor();
    await panel.press('d');
    await changedRows().nth(1).waitFor();
    await panel.press('h');
    await changedRows().nth(1).waitFor({ state: 'detached' });
    await changedRows()
      .filter({ hasText: /twice as much|the double/ })
      .waitFor();
    await panel.press('m');
    await changedRows().first().waitFor({ state: 'detached' });
    await says('Only comments differ.');
  });

  it('includes both again with the same keys', async () => {
    await panel.press('h', 'm');
    await changedRows().nth(1).waitFor();
  });

  it('says which names differ if nothing else does', async () => {
    await next('its names');
    await says(/Only names differ: (factor → by|by → factor)\./);
  });

  it('formats both first, and shows them as written again', async () => {
    await next('once it is formatted');
    await changedRows().first().waitFor();
    await panel.press('l');
    await says('Formatted by Prettier');
    await changedRows().first().waitFor({ state: 'detached' });
    await panel.press('l');
    await changedRows().first().waitFor();
  });
});

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { Task } from '../../src/core/task/task.ts';
import { importFile } from '../../src/transfer/import/importing.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

/** One answer calls a function that the library does not have, and evaluates text as code. */
const task: Task = {
  id: 'total',
  title: 'Add up a list',
  language: 'python',
  prompt: 'Write `total(text)` that adds up the numbers of a JSON list.',
  rubric: addTask.rubric!,
  answers: [
    {
      id: 'm1',
      text: '```python\nimport json\n\n\ndef total(text):\n    return sum(json.loads(text))\n```\n',
    },
    {
      id: 'm2',
      text: '```python\nimport math\n\n\ndef total(text):\n    numbers = eval(text)\n    return math.total(numbers)\n```\n',
    },
  ],
};

describe('suspicions of the checks, from the key to the record', function () {
  let editor: Editor;
  let panel: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([task]) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    bad = await panel.sideWith('math.total');
    good = bad === 'A' ? 'B' : 'A';
    await panel.hasFocus();
    await panel.focusCode();
  });
  after(() => editor.stop());

  const flagged = () => panel.frame.getByText('flagged', { exact: true });

  it('are listed beside the counts of the other side', async () => {
    await panel.press('i');
    const found = panel.frame.getByRole('region', { name: `Diagnostics of ${bad}` });
    await found.getByText('Hallucinated API?').waitFor();
    await found.getByText('1 unknown API · 1 unsafe').waitFor();
    const clean = panel.frame.getByRole('region', { name: `Diagnostics of ${good}` });
    await clean.getByText('0 unknown API · 0 unsafe').waitFor();
  });

  it('are flagged with one key, whether unknown API or unsafe pattern', async () => {
    await panel.press('u', 'u');
    await flagged().waitFor();
    await panel.press('u', 'u');
    await flagged().nth(1).waitFor();
    // There is nothing left to flag.
    await panel.press('u');
    await panel.saved();
    assert.equal(await flagged().count(), 2);
  });

  it('are in the submitted record with their lines', async () => {
    await panel.press(good === 'A' ? '1' : '7');
    for (const criterion of ['Correctness', 'Clarity']) {
      await panel.radio(/^3/, `${criterion} of ${good}`).click();
      await panel.radio(/^1/, `${criterion} of ${bad}`).click();
    }
    await panel.focusCode();
    await panel.press('t');
    await editor.page.keyboard.type(
      `@${good} is much better than @${bad}, because @${bad}:6 calls math.total, which does not exist, so every input ends in an error, ` +
        `and @${bad}:5 runs whatever text it is given, while @${good}:5 parses it.`,
    );
    await panel.press('Control+Enter');
    await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
    const target = join(editor.workspace, 'all.jsonl');
    await panel.button('Export reviews…').click();
    await editor.pick('Tiebreak');
    await editor.typePath(target);
    await editor.page.locator('.notification-list-item-message', { hasText: /[Ee]xport/ }).waitFor();
    const store = await openSqliteStore(':memory:');
    await importFile(store, target);
    const [review] = await store.reviews();
    await store.close();
    const flags = review!.flags.toSorted((one, other) => one.startLine - other.startLine);
    assert.deepEqual(
      flags.map(({ answerId, kind, file, startLine, endLine }) => [answerId, kind, file, startLine, endLine]),
      [
        ['m2', 'unsafe', 'main.py', 5, 5],
        ['m2', 'hallucinated-api', 'main.py', 6, 6],
      ],
    );
    assert.match(flags[1]!.note ?? '', /total.*pyright/);
  });
});

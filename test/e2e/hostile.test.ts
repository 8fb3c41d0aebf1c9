import { strict as assert } from 'node:assert';
import type { Task } from '../../src/core/task/task.ts';
import { hostileTexts as payloads } from '../fixtures/xss.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { jsonLines } from './tasks.ts';

const all = payloads.join('\n\n');

/** Every text that a task can carry, hostile. */
const task: Task = {
  id: 'hostile<img src=x onerror=parent.pwned=1>',
  title: 'Hostile "><script>pwned=1</script><img src=x onerror=pwned=1>',
  language: 'javascript',
  prompt: all,
  answers: [
    { id: 'a', text: `${all}\n\n\`\`\`js\n${payloads.join('\n')}\n\`\`\`\n\n${all}` },
    { id: 'b', text: payloads.map((payload) => `- ${payload}`).join('\n') },
  ],
  cases: [
    {
      id: 'c1',
      title: '<img src=x onerror=pwned=1>',
      kind: 'stdin',
      origin: 'task',
      input: all,
      output: all,
    },
  ],
  tags: ['<b>tag</b>', 'over\u202eride'],
  rubric: {
    id: 'r',
    title: '<i onclick=pwned=1>rubric</i>',
    criteria: [
      {
        id: 'one',
        title: '<script>pwned=1</script>',
        description: '"><img src=x onerror=pwned=1>',
        weight: 1,
        scale: [
          { value: 1, meaning: '<svg onload=pwned=1>' },
          { value: 2, meaning: 'javascript:pwned=1' },
        ],
      },
    ],
  },
};

describe('hostile text in a task', function () {
  let editor: Editor;
  let panel: Panel;
  const loads: string[] = [];
  const dialogs: string[] = [];

  /**
   * Waits until the policy has refused an image that is requested after all others, so that all others have been refused too.
   */
  const loadsSettled = () =>
    panel.frame.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            const image = new Image();
            image.addEventListener('error', () => resolve());
            image.addEventListener('load', () => resolve());
            image.src = 'data:,';
          });
        }),
    );

  before(async () => {
    assert.ok(payloads.length >= 60);
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([task]) } });
    editor.page.on('dialog', (dialog) => {
      // The editor's own prompt before a window with a draft is left; dismissing it stays on the page.
      if (dialog.type() === 'beforeunload') return void dialog.accept();
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    editor.page.on('request', (request) => loads.push(request.url()));
    for (const view of [/^Code/, /^Diff D/, /^As written/]) {
      await panel.button(view).click();
      await panel.frame.getByRole('button', { name: view, pressed: true }).waitFor();
      await loadsSettled();
    }
    await panel.button(/<img src=x onerror=pwned=1>/).click();
    await loadsSettled();
    await editor.screenshot('hostile');
  });
  after(() => editor.stop());

  it('runs nothing in any frame', async () => {
    for (const frame of editor.page.frames()) {
      const pwned = await frame.evaluate(() => 'pwned' in globalThis).catch(() => false);
      assert.equal(pwned, false, frame.url());
    }
    assert.deepEqual(dialogs, []);
  });

  it('loads nothing from outside', () => {
    const own = new URL(editor.page.url()).host;
    const outside = loads.filter(
      (url) => /^https?:/.test(url) && new URL(url).host !== own && !url.includes('vscode'),
    );
    assert.deepEqual(outside, []);
  });

  it('creates no element, link or handler in the panel', async () => {
    const found = await panel.frame.evaluate(() => {
      const bad: string[] = [];
      const visit = (root: ParentNode) => {
        for (const element of root.querySelectorAll('*')) {
          const tag = element.localName;
          const loadsOrRuns =
            /^(script|iframe|object|embed|img|video|audio|svg|math|form|base|meta|link|a|style)$/.test(tag);
          const inProse = element.closest('.prose') !== null;
          if (inProse && loadsOrRuns) bad.push(element.outerHTML.slice(0, 80));
          for (const { name, value } of element.attributes) {
            if (
              /^on/i.test(name) ||
              (inProse &&
                /^(style|href|src|id|class|name)$/.test(name) &&
                value !== '' &&
                !element.matches('.prose, .prose *:is(span, figure, pre, figcaption)'))
            )
              bad.push(`${tag} ${name}=${value.slice(0, 60)}`);
          }
          if (element.shadowRoot) visit(element.shadowRoot);
        }
      };
      visit(document.body);
      return bad;
    });
    assert.deepEqual(found, []);
  });

  it('leaves the controls of the panel in place and working', async () => {
    await panel.focusCode();
    await panel.press('6');
    await panel.radio('B better').and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    await panel.button(/^Submit and next/).waitFor();
    const width = await panel.frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(width <= 0, `the page is ${width} px too wide`);
  });

  it('shows hidden characters in the queue', async () => {
    await editor.openQueue();
    const row = editor.page.locator('.monaco-list-row', { hasText: 'Hostile' });
    await row.filter({ hasText: '<b>tag</b> · over\\u202eride' }).waitFor();
  });
});

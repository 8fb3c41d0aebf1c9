import { strict as assert } from 'node:assert';
import type { Task } from '../../../src/core/task.ts';
import { hostileTexts } from '../../fixtures/xss.ts';
import { chunkTask } from '../panel-fixture/chunkTask.ts';
import { closeSharedBrowser, PanelPage, sharedBrowser } from '../panel-fixture/page.ts';

/** Nothing but these, and the spans that colour code, may come of an answer's prose. */
const harmless = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote strong em del code pre table thead tbody tr th td sub sup span figure figcaption'.split(
    ' ',
  ),
);

describe('the panel, shown hostile texts', function () {
  this.timeout(60_000);
  after(closeSharedBrowser);

  it('has a list worth its name', () => {
    assert.ok(hostileTexts.length >= 60);
    assert.equal(new Set(hostileTexts).size, hostileTexts.length);
  });

  const views = ['written', 'code', 'diff'] as const;
  for (const view of views) {
    it(`runs nothing, loads nothing and keeps its form in the view "${view}"`, async () => {
      const panel = await PanelPage.open(await sharedBrowser(), { task: hostileTask() }, { kept: { view } });
      try {
        await panel.page.locator('tiebreak-answers').locator('.pane').first().waitFor();
        await touchEverything(panel);
        const found = await panel.page.evaluate(inspect);
        assert.equal(found.pwned, false);
        assert.deepEqual(
          found.tags.filter((tag) => !harmless.has(tag)),
          [],
        );
        assert.deepEqual(found.attributes, []);
        assert.deepEqual(panel.strangers, []);
        assert.deepEqual(panel.complaints, []);
        await assertForm(panel);
      } finally {
        await panel.close();
      }
    });
  }

  it('shows what was written, tags included, so that it can be judged', async () => {
    const panel = await PanelPage.open(
      await sharedBrowser(),
      {
        task: taskOf(
          '<img src=x onerror=window.pwned=1> and [a link](https://evil.test/path) and ![alt text](https://evil.test/i.png)',
        ),
      },
      { kept: { view: 'written' } },
    );
    try {
      const text = await panel.page.locator('tiebreak-answers .written').first().innerText();
      assert.match(text, /<img src=x onerror=window\.pwned=1>/);
      assert.match(text, /a link \(https:\/\/evil\.test\/path\)/);
      assert.match(text, /alt text/);
    } finally {
      await panel.close();
    }
  });

  it('shows hostile titles, cases, results and findings as text', async () => {
    const hostile = '<img src=x onerror=window.pwned=1>';
    const task: Task = {
      ...chunkTask,
      title: hostile,
      tags: [hostile],
      cases: [
        { id: hostile, title: hostile, origin: 'task', kind: 'call', args: [hostile], expected: hostile },
      ],
    };
    const panel = await PanelPage.open(await sharedBrowser(), {
      task,
      draft: {
        flags: [
          {
            id: 'f',
            answerId: 'first',
            kind: 'wrong',
            file: hostile,
            startLine: 1,
            endLine: 1,
            note: hostile,
          },
        ],
      },
      over: {
        notice: { severity: 'error', text: hostile },
        saved: { state: 'failed', message: hostile },
        findings: [
          {
            rule: 'R01',
            severity: 'E',
            start: 0,
            end: 0,
            message: hostile,
            fix: { title: hostile, edits: [] },
          },
        ],
        highlight: {
          palette: [{ color: 'red;}*{display:none', italic: false, bold: false, underline: false }],
          lines: {},
        },
      },
    });
    try {
      await panel.page.locator('tiebreak-cases').getByRole('button', { name: hostile }).click();
      assert.equal((await panel.page.evaluate(inspect)).pwned, false);
      assert.deepEqual(panel.complaints, []);
      assert.equal(await panel.page.locator('img').count(), 0);
      await assertForm(panel);
    } finally {
      await panel.close();
    }
  });
});

function taskOf(text: string): Task {
  return {
    ...chunkTask,
    prompt: text,
    answers: [
      { id: 'first', text },
      { id: 'second', text: text.toUpperCase() },
    ],
  };
}

/** Every text by itself in prose and in code, and all of them after one another. */
function hostileTask(): Task {
  const prose = hostileTexts.join('\n\n');
  const code = `\n\n\`\`\`python\n${hostileTexts.map((text) => text.replaceAll('```', "'''")).join('\n')}\n\`\`\`\n`;
  return {
    ...chunkTask,
    prompt: prose,
    answers: [
      { id: 'first', text: prose + code },
      { id: 'second', text: hostileTexts.map((text, index) => `${index}. ${text}`).join('\n\n') + code },
    ],
  };
}

/** Moves over, clicks and tabs through what the texts became, as a person might. */
async function touchEverything({ page }: PanelPage): Promise<void> {
  const answers = page.locator('tiebreak-answers');
  for (const text of ['click', 'hover me', 'covered']) {
    const found = answers.getByText(text).first();
    if ((await found.count()) > 0) await found.hover({ force: true, timeout: 2_000 }).catch(() => undefined);
  }
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('Tab');
}

/** The parts of the panel are where they were, and can be used. */
async function assertForm({ page }: PanelPage): Promise<void> {
  await page.getByRole('button', { name: 'Run both' }).click({ trial: true });
  await page.getByRole('button', { name: /^Submit/ }).click({ trial: true });
  const { width, height } = page.viewportSize()!;
  assert.deepEqual(await page.locator('tiebreak-panel').boundingBox(), { x: 0, y: 0, width, height });
}

/** Runs in the page: what the answers and the prompt became. */
function inspect(): { pwned: boolean; tags: string[]; attributes: string[] } {
  const panel = document.querySelector('tiebreak-panel')!.shadowRoot!;
  const answers = panel.querySelector('tiebreak-answers')!.shadowRoot!;
  const shown = [
    ...panel.querySelectorAll('.prompt .prose *'),
    ...answers.querySelectorAll('.written *, .text *'),
  ];
  const own = new Set(['class', 'start']);
  return {
    pwned: 'pwned' in window,
    tags: [...new Set(shown.map((element) => element.localName))],
    attributes: [
      ...new Set(
        shown.flatMap((element) =>
          element
            .getAttributeNames()
            .filter((name) => !own.has(name))
            .map((name) => `${element.localName} ${name}`),
        ),
      ),
    ],
  };
}

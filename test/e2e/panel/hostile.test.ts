import { strict as assert } from 'node:assert';
import type { CaseResult } from '../../../src/core/run/run.ts';
import type { Case, Task } from '../../../src/core/task/task.ts';
import { result } from '../../fixtures/rationaleContext.ts';
import { hostileTexts } from '../../fixtures/xss.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

/** The only elements that the prose of an answer may be rendered to. */
const harmless = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote strong em del code pre table thead tbody tr th td sub sup span figure figcaption'.split(
    ' ',
  ),
);

describe('the panel with hostile texts', function () {
  it('is tested with at least 60 different texts', () => {
    assert.ok(hostileTexts.length >= 60);
    assert.equal(new Set(hostileTexts).size, hostileTexts.length);
  });

  const views = ['written', 'code', 'diff'] as const;
  for (const view of views) {
    it(`runs nothing, loads nothing and keeps its layout in the view "${view}"`, async () => {
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
        assert.deepEqual(panel.foreignRequests, []);
        assert.deepEqual(panel.pageErrors, []);
        await assertLayout(panel);
      } finally {
        await panel.close();
      }
    });
  }

  it('shows the text as written, including tags, so that it can be judged', async () => {
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
      await panel.page
        .locator('tiebreak-cases')
        .getByRole('button', { name: hostile, expanded: false })
        .click();
      assert.equal((await panel.page.evaluate(inspect)).pwned, false);
      assert.deepEqual(panel.pageErrors, []);
      assert.equal(await panel.page.locator('img').count(), 0);
      await assertLayout(panel);
    } finally {
      await panel.close();
    }
  });

  it('writes out characters that reverse or hide text in names, values and messages', async () => {
    const hidden = 'x\u202ey\u200b\u001b';
    const testCase: Case = {
      id: hidden,
      title: hidden,
      origin: 'task',
      kind: 'call',
      args: [hidden],
      expected: hidden,
    };
    const failed: CaseResult = {
      ...result(hidden, 'fail'),
      reason: hidden,
      expected: hidden,
      actual: { [hidden]: hidden },
    };
    const task: Task = {
      ...chunkTask,
      title: hidden,
      files: [{ path: `${hidden}.txt`, text: hidden }],
      cases: [testCase],
    };
    const panel = await PanelPage.open(await sharedBrowser(), {
      task,
      over: {
        notice: { severity: 'error', text: hidden },
        findings: [{ rule: 'R01', severity: 'E', start: 0, end: 0, message: hidden }],
      },
    });
    try {
      const { cases } = panel.host.state();
      const results = { [hidden]: failed };
      panel.host.send({
        cases: { ...cases!, sides: { ...cases!.sides, A: { ...cases!.sides.A!, results } } },
      });
      await panel.page.locator('tiebreak-cases tbody button').first().click();
      await panel.page.locator('tiebreak-case-detail').getByText('x\\u202ey').first().waitFor();
      assert.deepEqual(await panel.page.evaluate(shownWithHidden), []);
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

/** A task with all hostile texts in its prompt, and in the prose and the code of its answers. */
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

/** Points at the rendered texts and tabs through the panel, as a person might. */
async function touchEverything({ page }: PanelPage): Promise<void> {
  const answers = page.locator('tiebreak-answers');
  for (const text of ['click', 'hover me', 'covered']) {
    const found = answers.getByText(text).first();
    if ((await found.count()) > 0) await found.hover({ force: true, timeout: 2_000 }).catch(() => undefined);
  }
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('Tab');
}

/** Asserts that the panel fills the page and that its buttons can be clicked. */
async function assertLayout({ page }: PanelPage): Promise<void> {
  await page.getByRole('button', { name: 'Run both' }).click({ trial: true });
  await page.getByRole('button', { name: /^Submit/ }).click({ trial: true });
  const { width, height } = page.viewportSize()!;
  assert.deepEqual(await page.locator('tiebreak-panel').boundingBox(), { x: 0, y: 0, width, height });
}

/** Runs in the page: the texts, titles and labels that have a bidirectional mark or a control character. */
function shownWithHidden(): string[] {
  const found: string[] = [];
  const search = (root: Element | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const texts = [
        ...own.map(({ textContent }) => textContent),
        element.getAttribute('title'),
        element.ariaLabel,
      ];
      const hidden = texts.filter((text) =>
        ['\u001b', '\u200b', '\u202e'].some((mark) => text?.includes(mark)),
      );
      if (hidden.length > 0 && element.localName !== 'style')
        found.push(`${element.localName}.${element.className}`);
      if (element.shadowRoot !== null) search(element.shadowRoot);
    }
  };
  search(document.body);
  return found;
}

/** Runs in the page: collects the elements and attributes that the prompt and the answers were rendered to. */
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

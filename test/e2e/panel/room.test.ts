import { strict as assert } from 'node:assert';
import type { Locator } from 'playwright-core';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sampleInspection, sampleSettlement } from '../panelFixture/reviewer.ts';
import { sharedBrowser } from '../shared.ts';

const codeOf = (name: string) =>
  `\`\`\`python\n${Array.from({ length: 120 }, (_, line) => `${name}_${line} = "${'x'.repeat(200)}"`).join('\n')}\n\`\`\`\n`;
const longTask = {
  ...chunkTask,
  answers: ['first', 'second'].map((id) => ({ id, text: codeOf(id) })),
};

describe('room in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, width = 1600, height = 900) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options }, { width, height });
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const part = (name: string) => panel.page.locator(name);
  const heightOf = async (locator: Locator) => (await locator.boundingBox())!.height;
  const pane = (side: 'A' | 'B') => part('tiebreak-answers').locator(`.pane[data-side="${side}"]`);

  it('belongs to the code: the cases are only as high as their rows', async () => {
    await open({ task: { ...longTask, cases: chunkTask.cases!.slice(0, 1) } });
    const one = await heightOf(part('tiebreak-cases'));
    await panel.close();
    await open({ task: longTask });
    const nine = await heightOf(part('tiebreak-cases'));
    assert.ok(one < 120, `one case takes ${one} px`);
    assert.ok(nine > one && nine <= 0.3 * 900 + 1, `nine cases take ${nine} px`);
  });

  it('does not move a row of a long list of cases when it is opened or closed', async () => {
    const button = (id: string) => part(`tr[data-case="${id}"] td.name button`);
    const topOf = async (id: string) => Math.round((await button(id).boundingBox())!.y);
    const scroll = () => part('tiebreak-cases').locator('.scroll');
    const end = () => scroll().evaluate((element) => (element.scrollTop = element.scrollHeight));
    await open({ task: longTask });
    const { id } = chunkTask.cases!.at(-1)!;
    await end();
    const before = await topOf(id);
    for (const isOpen of ['true', 'false']) {
      await button(id).click();
      await panel.settled();
      assert.equal(await button(id).getAttribute('aria-expanded'), isOpen);
      assert.equal(await topOf(id), before, isOpen);
    }
    // Closing at the end of the list leaves less to scroll.
    await button(id).click();
    await panel.settled();
    await end();
    const down = await topOf(id);
    await button(id).evaluate((row: HTMLElement) => row.click());
    await panel.settled();
    assert.equal(await topOf(id), down, 'closed at the end');
  });

  it('shows at least twelve lines of code at 1000 × 800', async () => {
    await open({ task: longTask }, 1000, 800);
    await press('c');
    const row = await heightOf(part('tiebreak-answers').locator('.row').first());
    const lines = (await heightOf(pane('A'))) / row;
    assert.ok(lines >= 12, `${lines} lines`);
  });

  it('lets keys on the edge above the cases enlarge them', async () => {
    await open({ task: longTask });
    const before = await heightOf(part('tiebreak-cases'));
    await panel.page.getByRole('separator', { name: 'Height of the cases' }).focus();
    await press('ArrowDown', 'ArrowDown');
    const smaller = await heightOf(part('tiebreak-cases'));
    assert.ok(smaller < before);
    await press('ArrowUp', 'ArrowUp');
    assert.equal(Math.round(await heightOf(part('tiebreak-cases'))), Math.round(before));
  });

  it('has two columns from 1220 px on, tabs below', async () => {
    await open({}, 1219);
    await panel.page.getByRole('tab', { name: 'Judgement' }).waitFor();
    await panel.page.setViewportSize({ width: 1220, height: 800 });
    await panel.page.getByRole('tab', { name: 'Judgement' }).waitFor({ state: 'detached' });
  });

  it('fits 60 characters of code in A and in B at 1160 px and at 1600 px', async () => {
    const line = `x${'y'.repeat(59)}`;
    const answers = ['first', 'second'].map((id) => ({ id, text: `\`\`\`python\n${line}\n\`\`\`\n` }));
    for (const width of [1160, 1600]) {
      await open({ task: { ...chunkTask, answers } }, width);
      for (const side of ['A', 'B'] as const)
        assert.equal(
          await pane(side).evaluate((element) => element.scrollWidth > element.clientWidth),
          false,
          `${side} at ${width} px`,
        );
      if (width < 1600) await panel.close();
    }
  });

  it('gives A, then B, then both the room by a key, and either by its badge', async () => {
    await open({ task: longTask }, 1280);
    await press('c');
    const widthOf = async (side: 'A' | 'B') => (await pane(side).boundingBox())?.width ?? 0;
    const half = await widthOf('A');
    await press('a');
    assert.ok((await widthOf('A')) > 1.9 * half);
    assert.equal(await widthOf('B'), 0);
    await press('a');
    assert.equal(await widthOf('A'), 0);
    assert.ok((await widthOf('B')) > 1.9 * half);
    const badge = (side: string) => panel.page.getByRole('button', { name: `Answer ${side}: all the room` });
    await badge('A').click();
    assert.equal(await widthOf('B'), 0);
    await badge('A').click();
    assert.equal(await widthOf('B'), await widthOf('A'));
    await press('a');
    panel.host.show({ ...longTask, id: 'next' });
    await panel.settled();
    assert.equal(await widthOf('B'), await widthOf('A'));
  });

  it('brings an answer forward that a key or the search leads to', async () => {
    await open({ ran: true });
    await press('c', 'a');
    assert.equal(await pane('B').isVisible(), false);
    await press('Control+f');
    assert.equal(await pane('B').isVisible(), true);
    await press('Escape', 'a', 'u');
    await panel.settled();
    assert.equal(await pane('B').isVisible(), true);
  });

  it('keeps the submit button visible in every panel', async () => {
    for (const options of [
      { draft: { rationale: 'It is better, I think, as said before, and more.' } },
      { inspection: sampleInspection },
      { settlement: sampleSettlement },
    ]) {
      await open(options, 1600, 500);
      const submit = panel.page.getByRole('button', { name: /^Submit/ });
      const { y, height } = (await submit.boundingBox())!;
      assert.ok(y > 0 && y + height <= 500 - 24, `${Object.keys(options)[0]}: at ${y} of 500`);
      if (!('settlement' in options)) await panel.close();
    }
  });

  it('wraps long lines of code with Alt+Z, and unwraps them', async () => {
    await open({ task: longTask });
    await press('c');
    const isWide = () => pane('A').evaluate((element) => element.scrollWidth > element.clientWidth);
    assert.equal(await isWide(), true);
    await press('Alt+z');
    await panel.page.getByRole('button', { name: /^Wrap/, pressed: true }).waitFor();
    assert.equal(await isWide(), false);
    await press('Alt+z');
    await panel.page.getByRole('button', { name: /^Wrap/, pressed: false }).waitFor();
    assert.equal(await isWide(), true);
  });

  it('scrolls A and B together if chosen', async () => {
    await open({ task: longTask });
    await press('c', 'y');
    const top = (side: 'A' | 'B') => pane(side).evaluate((element) => element.scrollTop);
    for (const [to, from, place] of [
      ['B', 'A', 300],
      ['A', 'B', 700],
      ['B', 'A', 0],
    ] as const) {
      await pane(from).evaluate((element, y) => (element.scrollTop = y), place);
      await panel.settled();
      assert.equal(await top(to), place);
      assert.equal(await top(from), place);
    }
    await press('y');
    await pane('A').evaluate((element) => (element.scrollTop = 200));
    await panel.settled();
    assert.equal(await top('B'), 0);
  });

  it('shows the prompt as wide as its pane, with its line breaks, or as plain text', async () => {
    const prompt = `First line\nsecond line with **stars**\n\n\`\`\`\n${'y'.repeat(130)}\n\`\`\`\n`;
    await open({ task: { ...chunkTask, prompt } });
    const shown = panel.page.getByRole('region', { name: 'Prompt' });
    assert.match(await shown.innerText(), /First line\nsecond line with stars/);
    assert.equal(await shown.locator('pre').evaluate((pre) => pre.scrollWidth > pre.clientWidth), false);
    await press('Shift+P');
    assert.equal(
      (await panel.page.getByRole('region', { name: 'Prompt, as it was written' }).innerText()).trim(),
      prompt.trim(),
    );
    await press('Shift+P');
    await shown.locator('strong').waitFor();
  });
});

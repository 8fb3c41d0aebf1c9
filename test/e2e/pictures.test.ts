import { tiebreakJsonl } from '../../src/core/exchange/tiebreakJsonl.ts';
import { generateReviews } from '../fixtures/generateReviews.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';

/*
 * The pictures of the README; `npm run pictures` copies them into media. They show the real editor, so taking them is a test.
 */

describe('the first review, as the README shows it', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({ size: { width: 1600, height: 940 } });
  });
  after(() => editor.stop());

  it('begins with the sample queue', async () => {
    await editor.openQueue();
    await editor.page.getByRole('button', { name: 'Open Sample Queue' }).first().click();
    panel = await Panel.in(editor);
    await panel.title.filter({ hasText: 'Split an iterable into chunks' }).waitFor();
    await editor.setTheme('dark');
    await editor.runCommand('Notifications: Clear All Notifications');
  });

  it('shows both answers with their cases, diagnostics, judgement and rationale', async () => {
    const good = await panel.sideWith('islice(');
    const bad = good === 'A' ? 'B' : 'A';
    await panel.focusCode();
    await panel.press('d', 'r');
    await panel.frame.locator('.verdict', { hasText: 'fail' }).first().waitFor();
    await panel.frame.locator('.squiggle').first().waitFor();
    await panel.button(/^Run both/).waitFor();
    await panel.button(/^Splitting/).click();
    // The first case that splits the answers may have opened by itself.
    const first = panel.frame.locator('tr[data-case] button').first();
    if ((await first.getAttribute('aria-expanded')) === 'false') await first.click();
    await panel.press(good === 'A' ? '2' : '6');
    const groups = await panel.frame
      .locator(
        '.dots[role="radiogroup"], [role="radiogroup"][aria-label$=" of A"], [role="radiogroup"][aria-label$=" of B"]',
      )
      .all();
    for (const group of groups) {
      const label = await group.getAttribute('aria-label');
      const points = group.getByRole('radio');
      await points.nth(label?.endsWith(` of ${good}`) === true ? 4 : 1).click();
    }
    await panel.rationale.fill(
      `@${good} is better because it keeps what the prompt asks for and @${bad} drops: it takes any iterable and reads one chunk at a time, while @${bad} calls a function that itertools does not have, so every generator ends in an error (@case:generator, @case:endless), and a negative size yields nothing instead of a ValueError (@case:size-negative).`,
    );
    await panel.frame.getByText(/^No errors/).waitFor();
    await panel.finding('R16').waitFor({ state: 'detached' });
    await panel.saved();
    await panel.still();
    await editor.screenshot('panel');
  });
});

describe('the dashboard, as the README shows it', function () {
  let editor: Editor;

  before(async () => {
    const reviews = [...tiebreakJsonl.export({ ...generateReviews(), skips: [] }).lines].join('\n');
    editor = await Editor.start({
      files: { 'reviews.jsonl': `${reviews}\n` },
      size: { width: 1600, height: 1500 },
    });
  });
  after(() => editor.stop());

  it('shows work and agreement of imported reviews', async () => {
    await editor.importFile('reviews.jsonl');
    await editor.openQueue();
    await editor.setTheme('dark');
    await editor.runCommand('Tiebreak: Open Dashboard');
    const dashboard = await editor.frameWith('tiebreak-dashboard');
    await dashboard.getByText(/^200 submitted/).waitFor();
    await dashboard.locator('main[aria-busy="false"]').waitFor();
    await editor.runCommand('View: Close Other Editors in Group');
    await editor.runCommand('Notifications: Clear All Notifications');
    await editor.runCommand('View: Toggle Primary Side Bar Visibility');
    await editor.page.locator('.notification-toast').waitFor({ state: 'detached' });
    await editor.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await editor.screenshot('dashboard');
  });
});

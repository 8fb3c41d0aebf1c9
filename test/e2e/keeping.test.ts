import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

const text = 'A rationale with “quotes”, tabs\tand ünïcödé 🎾, typed in one go and never saved by hand. ';
const quick = `${'Typed quickly: each of these letters must survive the document that follows. '.repeat(4)}Done.`;

describe('typed text is never lost', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
  });
  after(() => editor.stop());

  it('keeps every character through a reload in the middle of a rationale', async () => {
    await panel.rationale.click();
    await editor.page.keyboard.insertText(text);
    await editor.page.keyboard.type('last keystroke');
    await editor.tabsKept();
    await editor.page.keyboard.type(', really, see @A:99');
    // The findings come from the host, which has the draft, so the last keystroke has arrived there, saved or not.
    await panel.finding('R06').waitFor();
    await editor.reload();
    panel = await Panel.in(editor);
    await panel.rationaleReads(`${text}last keystroke, really, see @A:99`);
  });

  it('keeps the text, the preference and the results when the panel is closed and reopened', async () => {
    await panel.focusCode();
    await panel.press('6', 'r');
    await panel.verdict('small', 'A').waitFor();
    await panel.saved();
    await editor.runCommand('View: Close All Editors');
    await editor.openQueue();
    await editor.page.locator('.monaco-list-row', { hasText: 'Add two numbers' }).click();
    panel = await Panel.in(editor);
    await panel.rationaleReads(`${text}last keystroke, really, see @A:99`);
    await panel.radio('B better').and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    await panel.verdict('small', 'A').waitFor();
  });

  it('shows the same text in the rationale’s document, and receives the text typed there', async () => {
    await panel.button(/^Open as document/).click();
    await editor.page.locator('.tab', { hasText: 'rationale.md' }).waitFor();
    await editor.page.locator('.monaco-editor .view-line', { hasText: 'A rationale with' }).click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type(' and more');
    // Beside the document the panel is narrow, and the judgement is a tab.
    await panel.frame.getByRole('tab', { name: 'Judgement' }).click();
    await panel.rationaleReads(`${text}last keystroke, really, see @A:99 and more`);
  });

  it('loses no key pressed in the panel while the document is updated', async () => {
    await panel.rationale.focus();
    await panel.press('Control+A');
    await editor.page.keyboard.type(quick);
    await editor.page.locator('.monaco-editor .view-line', { hasText: 'Done.' }).first().waitFor();
    await editor.page.locator('.tab.dirty').waitFor({ state: 'detached' });
    await panel.rationaleReads(quick);
  });

  it('follows an undo in the document', async () => {
    await editor.page.locator('.monaco-editor .view-line', { hasText: 'Typed quickly' }).first().click();
    await editor.page.keyboard.press('Control+End');
    // One edit: a save between typed keys would divide them for undo.
    await editor.page.keyboard.insertText('gone');
    await panel.rationaleReads(`${quick}gone`);
    await editor.page.keyboard.press('Control+Z');
    await panel.rationaleReads(quick);
  });

  it('keeps another task’s draft apart', async () => {
    await editor.runCommand('Tiebreak: Open Next Task');
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
    await panel.rationaleReads('');
  });
});

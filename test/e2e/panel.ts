import { strict as assert } from 'node:assert';
import type { Frame, Locator } from 'playwright-core';
import { until } from '../until.ts';
import type { Editor } from './harness.ts';

/** The review panel as a person uses it. */
export class Panel {
  readonly editor: Editor;
  readonly frame: Frame;

  constructor(editor: Editor, frame: Frame) {
    this.editor = editor;
    this.frame = frame;
  }

  /** The panel of a window once it shows a task. */
  static async in(editor: Editor): Promise<Panel> {
    const frame = await editor.frameWith('tiebreak-answers');
    return new Panel(editor, frame);
  }

  /** Imports a file of the workspace by its button and opens the first task. */
  static async importing(editor: Editor, file: string): Promise<Panel> {
    await editor.importFile(file);
    await editor.runCommand('Tiebreak: Open Next Task');
    return Panel.in(editor);
  }

  get title(): Locator {
    return this.frame.getByRole('heading', { level: 1 });
  }

  get rationale(): Locator {
    return this.frame.getByLabel('Rationale', { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  radio(name: string | RegExp, group?: string): Locator {
    const scope = group === undefined ? this.frame : this.frame.getByRole('radiogroup', { name: group });
    return scope.getByRole('radio', { name });
  }

  /** The verdict shown for a case on a side. */
  verdict(caseId: string, side: 'A' | 'B'): Locator {
    return this.frame.locator(`tr[data-case="${caseId}"] .verdict`).nth(side === 'A' ? 0 : 1);
  }

  finding(rule: string): Locator {
    return this.frame.locator(`.findings [data-rule="${rule}"]`);
  }

  /** The side whose code contains a text. */
  async sideWith(text: string): Promise<'A' | 'B'> {
    const row = this.frame.locator('.row[data-side]', { hasText: text }).first();
    const side = await row.getAttribute('data-side');
    assert.ok(side === 'A' || side === 'B');
    return side;
  }

  /** Waits until the rationale has this text, and fails with its actual text. */
  async rationaleReads(expected: string): Promise<void> {
    let read = '';
    await until(
      async () => (read = await this.rationale.inputValue()) === expected,
      () => `the rationale reads ${JSON.stringify(expected)}; it reads ${JSON.stringify(read)}`,
    );
  }

  /** Waits until the panel says that the draft is saved. */
  async saved(): Promise<void> {
    await this.frame.getByText(/^Saved /).waitFor();
  }

  /** Waits until the panel receives keys: the editor returns the focus some time after a command was chosen. */
  async hasFocus(): Promise<void> {
    await this.frame.waitForFunction(() => document.hasFocus());
  }

  /** Waits until all animations have ended, so that colours and positions are final. */
  async still(): Promise<void> {
    await this.frame.waitForFunction(() =>
      document.getAnimations().every((animation) => animation.playState !== 'running'),
    );
  }

  /** Focuses the page itself, where single keys are commands. */
  async focusCode(): Promise<void> {
    await this.frame.locator('.pane').first().focus();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.editor.page.keyboard.press(key);
  }
}

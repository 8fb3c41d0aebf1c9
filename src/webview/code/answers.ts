import { html, type TemplateResult } from 'lit';
import type { Side } from '../../core/task/side.ts';
import { visibleLine } from '../../core/text/visible.ts';
import type { PanelAnswer } from '../../protocol/panel/state.ts';
import './answerHead.ts';
import { answersStyles } from './answersStyles.ts';
import type { LineAddress } from './codeRow.ts';
import { CodeRows } from './codeRows.ts';
import { codeStyles } from './codeStyles.ts';
import { Difference } from './difference.ts';
import { LineSelector } from './lineSelector.ts';
import { paletteSheet } from '../styles/palette.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import { writtenPane } from './writtenPane.ts';

/** A and B side by side: as written, their code, or the difference. */
export class Answers extends Part {
  static override styles = [shared, codeStyles, answersStyles];

  readonly #rows = new CodeRows(() => this.model);
  readonly #difference = new Difference(
    () => this.model,
    this.#rows,
    () => this.requestUpdate(),
  );
  readonly #selector = new LineSelector(() => this.model, this.#difference);
  #drawn: readonly unknown[] = [];
  /** The pane that was scrolled together with the other, until it reports the scrolling. */
  #scrolledAlong: Element | undefined;

  /** Scrolls the other pane to the same position. */
  readonly #scrolled = ({ currentTarget: pane }: Event): void => {
    if (!this.model.arrangement.scrollTogether || !(pane instanceof HTMLElement)) return;
    if (this.#scrolledAlong === pane) {
      this.#scrolledAlong = undefined;
      return;
    }
    const other = [...this.renderRoot.querySelectorAll('.pane')].find((each) => each !== pane);
    if (other === undefined) return;
    const { scrollTop, scrollLeft } = other;
    other.scrollTop = pane.scrollTop;
    other.scrollLeft = pane.scrollLeft;
    if (other.scrollTop !== scrollTop || other.scrollLeft !== scrollLeft) this.#scrolledAlong = other;
  };

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  /** Skips the redraw of thousands of rows for a keystroke in the rationale that changes no citation. */
  protected override shouldUpdate(): boolean {
    const { state, arrangement, attention } = this.model;
    const [task, view] = this.#drawn;
    const isOtherTask = state.task !== task;
    const next = [
      state.task,
      arrangement.view,
      arrangement.wrap,
      arrangement.alone,
      state.highlight,
      state.checks,
      state.cases,
      attention.selection,
      attention.files,
      this.#difference.unfolded,
      this.#rows.limit,
      this.#rows.marked(),
    ];
    const changed = next.some((value, index) => value !== this.#drawn[index]);
    if (isOtherTask) this.#difference.fold();
    if (isOtherTask || arrangement.view !== view) this.#rows.restart();
    this.#drawn = next;
    if (changed) this.#rows.forgetMarks();
    // The heads also show the draft and the runs: they decide for themselves.
    for (const head of this.renderRoot.querySelectorAll<Part>('tiebreak-answer-head'))
      head.version = this.version;
    return changed;
  }

  override render(): TemplateResult {
    const { task, highlight } = this.model.state;
    if (!task) return html``;
    this.toggleAttribute('single', task.answers.length === 1);
    this.toggleAttribute('wrap', this.model.arrangement.wrap);
    const { alone } = this.model.arrangement;
    const isAlone = alone !== null && task.answers.length === 2 && this.model.arrangement.view !== 'diff';
    if (isAlone) this.setAttribute('alone', alone);
    else this.removeAttribute('alone');
    this.#rows.begin();
    const { view } = this.model.arrangement;
    const pane = (answer: PanelAnswer) =>
      view === 'written' ? writtenPane(answer, highlight, this.#scrolled) : this.#codePane(answer);
    return html`
      ${task.answers.map(
        ({ side }) =>
          html`<tiebreak-answer-head
            data-side=${side}
            .side=${side}
            .model=${this.model}
            .actions=${this.actions}
            .version=${this.version}
          ></tiebreak-answer-head>`,
      )}
      ${view === 'diff' && task.answers.length === 2 ? this.#differencePane() : task.answers.map(pane)}
    `;
  }

  /** A long answer can be read before all of it is drawn. */
  protected override updated(): void {
    if (this.#rows.isComplete) return;
    setTimeout(() => {
      if (this.#rows.grow()) this.requestUpdate();
    });
  }

  #codePane(answer: PanelAnswer): TemplateResult {
    const { side } = answer;
    const file = answer.files.find(({ path }) => path === this.model.fileOf(side));
    return html`<div
      class="pane code"
      tabindex="0"
      role="region"
      data-side=${side}
      aria-label="Answer ${side}${file === undefined ? '' : `, ${visibleLine(file.path)}`}. Arrow keys select lines, F flags them, Q cites them"
      @mousedown=${(event: MouseEvent) => this.#selector.press(event)}
      @mouseup=${(event: MouseEvent) => this.#selector.release(event)}
      @scroll=${this.#scrolled}
    >
      ${answer.problems.map((problem) => html`<p class="problem">${problem}</p>`)}
      ${answer.leftOut.map((line) => html`<p class="left-out dim">${line}</p>`)}
      ${
        file === undefined
          ? html`<p class="problem">No code was found in this answer. Its text is under “As written”.</p>`
          : this.#rows.blocks(
              file.lines,
              [file],
              (_line, index) => this.#rows.isSelected(side, file.path, index + 1),
              (text, index) => this.#rows.row({ side, file: file.path, line: index + 1 }, text, [], ''),
            )
      }
    </div>`;
  }

  /** Both files in one grid, so that matching lines stand side by side. */
  #differencePane(): TemplateResult {
    return html`<div
      class="pane both code diff"
      tabindex="0"
      role="region"
      aria-label="Difference of answer A and answer B. Arrow keys select lines, F flags them, Q cites them"
      @mousedown=${(event: MouseEvent) => this.#selector.press(event)}
      @mouseup=${(event: MouseEvent) => this.#selector.release(event)}
    >
      ${this.#difference.problems.map((problem) => html`<p class="problem">${problem}</p>`)}
      ${this.#difference.draw()}
    </div>`;
  }

  /** Moves or extends the selection by a line, in the pane that has the focus or was selected in last. */
  move(by: number, extend: boolean): void {
    const pane = this.shadowRoot!.activeElement as HTMLElement | null;
    this.#follow(this.#selector.move(by, extend, pane?.dataset['side'] as Side | undefined));
  }

  /** Moves the selection to the other side: in the difference both sides share the focus. */
  toSide(side: Side): void {
    this.#follow(this.#selector.toSide(side));
  }

  #follow(address: LineAddress | undefined): void {
    if (address !== undefined) void this.reveal(address.side, address.line);
  }

  /** Scrolls a line into view; a fold that hides it is opened. */
  async reveal(side: Side, line: number): Promise<void> {
    const row = this.#difference.unfoldLine(side, line);
    this.#rows.reach(Math.max(line, row));
    this.requestUpdate();
    await this.updateComplete;
    this.shadowRoot!.querySelector(`.row[data-side="${side}"][data-line="${line}"]`)?.scrollIntoView({
      block: 'nearest',
    });
  }

  /** Draws every line, including folded lines and lines of a long answer that are not drawn yet. */
  async drawAll(): Promise<void> {
    this.#difference.unfoldAll();
    this.#rows.reach(Infinity);
    this.requestUpdate();
    await this.updateComplete;
  }

  /** Scrolls to the next stretch that differs; from another view, opens the difference. */
  nextDifference(): void {
    const pane = this.shadowRoot!.querySelector('.diff');
    if (pane === null) return this.model.arrange({ view: 'diff' });
    const top = pane.getBoundingClientRect().top;
    const differs = (pair: Element | null) =>
      pair !== null && pair.querySelector('.only-a, .only-b, .gap') !== null;
    const changed = [...pane.querySelectorAll('.pair')].filter(
      (pair) => differs(pair) && !differs(pair.previousElementSibling),
    );
    const next = changed.find((pair) => pair.getBoundingClientRect().top > top + 40) ?? changed[0];
    next?.scrollIntoView({ block: 'center' });
  }
}
customElements.define('tiebreak-answers', Answers);

import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Side } from '../../core/preference.ts';
import { findAnchors, type Anchor } from '../../core/rationale/anchors.ts';
import type { PanelAnswer, PanelDiffFile, PanelDiffRow, PanelSegment } from '../../protocol/webview.ts';
import './answerHead.ts';
import { answersStyles } from './answersStyles.ts';
import { codeLine, type Span } from './codeLine.ts';
import { codeRow, rowAt } from './codeRow.ts';
import { codeStyles } from './codeStyles.ts';
import { foldedRows, foldsOf, lineBeside, rowOf, type Fold } from './foldedRows.ts';
import { marksOf, type LineMarks } from './lineMarks.ts';
import { extended, moved, type Extent } from './lineSelection.ts';
import { paletteSheet } from '../palette.ts';
import { Part } from '../part.ts';
import { proseOf } from '../prose.ts';
import { secretSpans } from './secretMarks.ts';
import { shared } from '../styles.ts';

/** Rows that are drawn anew together. */
const blockSize = 100;
/** Rows drawn at once; what follows them is drawn when they are on screen. */
const firstRows = 400;
const moreRows = 2_000;

/** A and B side by side: as written, their code, or the difference. */
export class Answers extends Part {
  static override styles = [shared, codeStyles, answersStyles];

  /** Folds opened by hand, as `file of A, file of B, first row`. */
  readonly #opened = new Set<string>();
  #seen: readonly unknown[] = [];
  #dragFrom: { side: Side; line: number } | undefined;
  #cited: { text: string; anchors: Anchor[] } | undefined;
  #extent: Extent | undefined;
  #marks: Partial<Record<string, (line: number) => LineMarks>> = {};
  /** Changes when what is marked beside the lines does. */
  #marked = '';
  /** How many rows of a pane are drawn. */
  #limit = firstRows;
  #longest = 0;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  /** Thousands of rows are not drawn anew for a keystroke in the rationale that cites nothing new. */
  protected override shouldUpdate(): boolean {
    const { state, arrangement, attention } = this.model;
    this.#marked = JSON.stringify([state.draft?.flags, this.#citations()]);
    const seen = [
      state.task,
      arrangement.view,
      state.highlight,
      state.checks,
      state.cases,
      attention.selection,
      attention.files,
      this.#opened.size,
      this.#limit,
      this.#marked,
    ];
    const changed = seen.some((value, index) => value !== this.#seen[index]);
    if (state.task !== this.#seen[0]) this.#opened.clear();
    if (state.task !== this.#seen[0] || arrangement.view !== this.#seen[1]) this.#limit = firstRows;
    this.#seen = seen;
    if (changed) this.#marks = {};
    // The heads draw themselves: what they show of the draft and the runs is not held back here.
    for (const head of this.renderRoot.querySelectorAll<Part>('tiebreak-answer-head'))
      head.version = this.version;
    return changed;
  }

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    this.toggleAttribute('single', task.answers.length === 1);
    this.#longest = 0;
    const { view } = this.model.arrangement;
    return html`
      ${task.answers.map(
        ({ side }) =>
          html`<tiebreak-answer-head
            .side=${side}
            .model=${this.model}
            .actions=${this.actions}
            .version=${this.version}
          ></tiebreak-answer-head>`,
      )}
      ${
        view === 'diff' && task.answers.length === 2
          ? this.#diffPane()
          : task.answers.map((answer) =>
              view === 'written' ? this.#writtenPane(answer) : this.#codePane(answer),
            )
      }
    `;
  }

  /** A long answer is readable before all of it is drawn. */
  protected override updated(): void {
    if (this.#longest <= this.#limit) return;
    setTimeout(() => {
      this.#limit += moreRows;
      this.requestUpdate();
    });
  }

  /** Rows in blocks that are drawn anew only when something in them changed. */
  #blocks<Item>(
    items: readonly Item[],
    depends: readonly unknown[],
    isChosen: (item: Item, index: number) => boolean,
    draw: (item: Item, index: number) => TemplateResult,
  ): TemplateResult[] {
    this.#longest = Math.max(this.#longest, items.length);
    const { state, attention } = this.model;
    const starts = Array.from(
      { length: Math.ceil(Math.min(items.length, this.#limit) / blockSize) },
      (_, index) => index * blockSize,
    );
    return starts.map((start) => {
      const block = items.slice(start, start + blockSize);
      const chosen = block.some((item, index) => isChosen(item, start + index)) ? attention.selection : null;
      const known = [...depends, state.highlight, state.checks, this.#marked, chosen];
      return html`<div class="block">
        ${guard(known, () => block.map((item, index) => draw(item, start + index)))}
      </div>`;
    });
  }

  #isSelected(side: Side, path: string, line: number | undefined): boolean {
    const { selection } = this.model.attention;
    if (line === undefined || selection === null) return false;
    return (
      selection.side === side && selection.file === path && line >= selection.from && line <= selection.to
    );
  }

  #writtenPane({ side, segments }: PanelAnswer): TemplateResult {
    return html`<div
      class="pane"
      tabindex="0"
      role="region"
      aria-label="Answer ${side} as written"
      data-side=${side}
    >
      <div class="written prose">
        ${segments.map((segment) => (segment.kind === 'prose' ? proseOf(segment) : this.#block(segment)))}
      </div>
    </div>`;
  }

  #block({ key, text, path }: PanelSegment): TemplateResult {
    const colours = this.model.state.highlight?.lines[key];
    const lines = text.replace(/\n$/, '').split('\n');
    return html`<figure>
      ${path === undefined ? nothing : html`<figcaption class="mono dim">${path}</figcaption>`}
      <pre>
${lines.map((line, index) => html`${codeLine(line, colours?.[index], secretSpans(line))}${'\n'}`)}</pre>
    </figure>`;
  }

  #codePane(answer: PanelAnswer): TemplateResult {
    const { side } = answer;
    const file = answer.files.find(({ path }) => path === this.model.fileOf(side));
    return html`<div
      class="pane code"
      tabindex="0"
      role="region"
      data-side=${side}
      aria-label="Answer ${side}${file === undefined ? '' : `, ${file.path}`}. Arrow keys select lines, F flags them, Q cites them"
      @mousedown=${(event: MouseEvent) => this.#press(event)}
      @mouseup=${(event: MouseEvent) => this.#release(event)}
    >
      ${answer.problems.map((problem) => html`<p class="problem">${problem}</p>`)}
      ${
        file === undefined
          ? html`<p class="problem">No code was found in this answer. Its text is under “As written”.</p>`
          : this.#blocks(
              file.lines,
              [file],
              (_line, index) => this.#isSelected(side, file.path, index + 1),
              (line, index) => this.#row(side, file.path, index + 1, line, [], ''),
            )
      }
    </div>`;
  }

  /** The two files on show, held against each other. */
  get #pair(): PanelDiffFile | undefined {
    const { diff } = this.model.state.task!;
    const [a, b] = [this.model.fileOf('A'), this.model.fileOf('B')];
    return (
      diff.find((each) => each.a === a && each.b === b) ?? diff.find((each) => each.a === a || each.b === b)
    );
  }

  /** Both files in one grid, so that what belongs together stands side by side. */
  #diffPane(): TemplateResult {
    const pair = this.#pair;
    const problems = this.model.state.task!.answers.flatMap(({ side, problems: all }) =>
      all.map((text) => `${side}: ${text}`),
    );
    if (pair === undefined || pair.rows.length === 0) problems.push('No code was found in either answer.');
    return html`<div
      class="pane both code diff"
      tabindex="0"
      role="region"
      aria-label="Difference of answer A and answer B. Arrow keys select lines, F flags them, Q cites them"
      @mousedown=${(event: MouseEvent) => this.#press(event)}
      @mouseup=${(event: MouseEvent) => this.#release(event)}
    >
      ${problems.map((problem) => html`<p class="problem">${problem}</p>`)}
      ${pair === undefined ? nothing : html`${this.#layout(pair)} ${this.#likeness(pair)} ${this.#diffRows(pair)}`}
    </div>`;
  }

  /** Says so where the lines are not the answers' own, or where they should have been formatted and are not. */
  #layout({ formatted, whyNotFormatted }: PanelDiffFile): TemplateResult | typeof nothing {
    if (formatted !== undefined)
      return html`<p class="likeness dim">
        Formatted by ${formatted.by}: these lines can be neither flagged nor cited. <kbd>L</kbd> shows them as
        written.
      </p>`;
    if (whyNotFormatted === undefined) return nothing;
    return html`<p class="problem">Not formatted. ${whyNotFormatted}</p>`;
  }

  /** Says so where the two files are the same, or as good as. */
  #likeness({ rows, sameBut }: PanelDiffFile): TemplateResult | typeof nothing {
    const say = (text: string) => html`<p class="likeness">${text}</p>`;
    if (sameBut?.kind === 'names') {
      const renamed = sameBut.renamed.map(([a, b]) => `${a} → ${b}`).join(', ');
      return say(`Nothing differs but names: ${renamed}.`);
    }
    if (sameBut !== undefined) return say(`Nothing differs but ${sameBut.kind}.`);
    if (rows.length === 0 || rows.some(({ kind }) => kind !== 'same')) return nothing;
    return say(
      rows.every(({ a, b }) => a !== undefined && b !== undefined)
        ? 'The code of A and B is the same.'
        : 'Nothing differs but what is left out of account.',
    );
  }

  #diffRows(pair: PanelDiffFile): TemplateResult[] {
    const { a = '', b = '', rows } = pair;
    return this.#blocks(
      foldedRows(rows, this.#openIn(pair)),
      [rows, this.#opened.size],
      (item) =>
        pair.formatted === undefined &&
        !('hidden' in item) &&
        (this.#isSelected('A', a, item.a) || this.#isSelected('B', b, item.b)),
      (item) => ('hidden' in item ? this.#fold(pair, item) : this.#diffRow(item, a, b, pair.formatted)),
    );
  }

  #openIn(pair: PanelDiffFile): Set<number> {
    const open = foldsOf(pair.rows).filter(({ at }) => this.#opened.has(foldKey(pair, at)));
    return new Set(open.map(({ at }) => at));
  }

  #open(pair: PanelDiffFile, at: number): void {
    this.#opened.add(foldKey(pair, at));
    this.requestUpdate();
  }

  #fold(pair: PanelDiffFile, { at, hidden }: Fold): TemplateResult {
    return html`<button class="fold dim" @click=${() => this.#open(pair, at)}>
      ${hidden} unchanged lines
    </button>`;
  }

  #diffRow(
    row: PanelDiffRow,
    fileA: string,
    fileB: string,
    formatted: PanelDiffFile['formatted'],
  ): TemplateResult {
    const [a, b] = [
      this.#diffCell('A', fileA, row, formatted?.a),
      this.#diffCell('B', fileB, row, formatted?.b),
    ];
    return html`<div class="pair">${a}${b}</div>`;
  }

  #diffCell(
    side: Side,
    path: string,
    row: PanelDiffRow,
    formatted: readonly string[] | undefined,
  ): TemplateResult {
    const line = side === 'A' ? row.a : row.b;
    if (line === undefined) return html`<div class="row ${row.kind === 'same' ? 'blank' : 'gap'}"></div>`;
    const file = this.model.state
      .task!.answers.find((answer) => answer.side === side)!
      .files.find((each) => each.path === path);
    const marks = (side === 'A' ? row.marks?.a : row.marks?.b) ?? [];
    const spans = marks.map(([start, end]) => ({ start, end, className: 'word' }));
    const tone = row.kind === 'same' ? '' : side === 'A' ? 'only-a' : 'only-b';
    if (formatted !== undefined)
      return this.#foreignRow(side, path, line, formatted[line - 1] ?? '', spans, tone);
    return this.#row(side, path, line, file?.lines[line - 1] ?? '', spans, tone);
  }

  /** A line that a formatter wrote: without marks, since nothing was said of it. */
  #foreignRow(
    side: Side,
    file: string,
    line: number,
    text: string,
    words: readonly Span[],
    className: string,
  ): TemplateResult {
    const marks: LineMarks = { diagnostics: [], flagged: false, cited: false };
    return codeRow({ side, file, line, text, colours: undefined, words, marks, className, foreign: true });
  }

  #row(
    side: Side,
    path: string,
    line: number,
    text: string,
    words: readonly Span[],
    tone: string,
  ): TemplateResult {
    return codeRow({
      side,
      file: path,
      line,
      text,
      colours: this.model.state.highlight?.lines[`${side}/file/${path}`]?.[line - 1],
      words,
      marks: this.#margin(side, path, line),
      className: this.#isSelected(side, path, line) ? `${tone} selected` : tone,
    });
  }

  #margin(side: Side, path: string, line: number): LineMarks {
    const { checks, draft } = this.model.state;
    const marks = (this.#marks[`${side} ${path}`] ??= marksOf(side, path, {
      diagnostics: checks?.[side]?.diagnostics ?? [],
      flags: draft?.flags ?? [],
      anchors: this.#citations(),
    }));
    return marks(line);
  }

  #citations(): Anchor[] {
    const text = this.model.state.draft?.rationale.text ?? '';
    if (this.#cited?.text !== text) {
      this.#cited = { text, anchors: findAnchors(text).filter((anchor) => anchor.kind === 'lines') };
    }
    return this.#cited.anchors;
  }

  /** The difference is of formatted files: there is no line of an answer on show. */
  get #showsForeignLines(): boolean {
    return this.model.arrangement.view === 'diff' && this.#pair?.formatted !== undefined;
  }

  /** Moves or extends the selection by a line, in the pane that has the focus or was selected in last. */
  move(by: number, extend: boolean): void {
    const { selection } = this.model.attention;
    const focused = (this.shadowRoot!.activeElement as HTMLElement | null)?.dataset['side'] as
      Side | undefined;
    const side = focused ?? selection?.side ?? 'A';
    const file = this.model.fileOf(side);
    const answer = this.model.state.task?.answers.find((candidate) => candidate.side === side);
    const last = answer?.files.find(({ path }) => path === file)?.lines.length ?? 0;
    if (file === undefined || last === 0 || this.#showsForeignLines) return;
    const now = selection?.side === side && selection.file === file ? selection : undefined;
    this.#extent = extend ? extended(now, this.#extent, by, last) : moved(now, this.#extent, by, last);
    this.#select(side, file, this.#extent.origin, this.#extent.head);
    void this.reveal(side, this.#extent.head);
  }

  /** Takes the selection across, to the line beside it; only in the difference do both sides share the focus. */
  toSide(side: Side): void {
    const { selection } = this.model.attention;
    const pair = this.#pair;
    const file = side === 'A' ? pair?.a : pair?.b;
    if (
      this.model.arrangement.view !== 'diff' ||
      pair === undefined ||
      pair.formatted !== undefined ||
      file === undefined ||
      selection?.side === side
    )
      return;
    const line = selection === null ? 1 : lineBeside(pair.rows, selection.side, selection.from);
    this.#select(side, file, line, line);
    void this.reveal(side, line);
  }

  /** Scrolls a line into view; a fold that hides it is opened. */
  async reveal(side: Side, line: number): Promise<void> {
    const pair = this.model.arrangement.view === 'diff' && this.model.state.task ? this.#pair : undefined;
    const row = pair === undefined ? -1 : rowOf(pair.rows, side, line);
    const fold = foldsOf(pair?.rows ?? []).find(({ at, hidden }) => row >= at && row < at + hidden);
    if (pair !== undefined && fold !== undefined) this.#open(pair, fold.at);
    if (Math.max(line, row) > this.#limit) this.#limit = Infinity;
    this.requestUpdate();
    await this.updateComplete;
    this.shadowRoot!.querySelector(`.row[data-side="${side}"][data-line="${line}"]`)?.scrollIntoView({
      block: 'nearest',
    });
  }

  /** Goes to the next stretch that differs, in the difference view. */
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

  #press(event: MouseEvent): void {
    const place = rowAt(event);
    this.#dragFrom = place;
    if (place === undefined || !event.shiftKey) return;
    event.preventDefault();
    const { selection } = this.model.attention;
    if (selection?.side === place.side) this.#select(place.side, place.file, selection.from, place.line);
  }

  #release(event: MouseEvent): void {
    const from = this.#dragFrom;
    const to = rowAt(event);
    this.#dragFrom = undefined;
    if (from === undefined || to === undefined || from.side !== to.side || event.shiftKey) return;
    this.#select(to.side, to.file, from.line, to.line);
  }

  #select(side: Side, file: string, one: number, other: number): void {
    this.model.attend({ selection: { side, file, from: Math.min(one, other), to: Math.max(one, other) } });
  }
}
customElements.define('tiebreak-answers', Answers);

function foldKey({ a, b }: PanelDiffFile, at: number): string {
  return JSON.stringify([a, b, at]);
}

import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Side } from '../core/preference.ts';
import { findAnchors, type Anchor } from '../core/rationale/anchors.ts';
import type { PanelAnswer, PanelDiffFile, PanelDiffRow, PanelSegment } from '../protocol/webview.ts';
import './answerHead.ts';
import { codeLine, type Span } from './codeLine.ts';
import { codeStyles } from './codeStyles.ts';
import { foldedRows, foldsOf, lineBeside, rowOf, type Fold } from './foldedRows.ts';
import { marksOf, type LineMarks } from './lineMarks.ts';
import type { Selection } from './model.ts';
import { paletteSheet } from './palette.ts';
import { Part } from './part.ts';
import { proseNodes } from './prose.ts';
import { shared } from './styles.ts';

/** A and B side by side: as written, their code, or the difference. */
export class Answers extends Part {
  static override styles = [
    shared,
    codeStyles,
    css`
      :host {
        display: grid;
        min-height: 0;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
      }
      :host([single]) {
        grid-template-columns: minmax(0, 1fr);
      }
      tiebreak-answer-head + tiebreak-answer-head,
      .pane + .pane {
        border-left: 1px solid var(--line);
      }
      .pane {
        overflow: auto;
        min-width: 0;
        background: var(--vscode-editor-background);
      }
      .pane.both {
        grid-column: 1 / -1;
      }
      .pane:focus-visible {
        outline-offset: -1px;
      }
      .written {
        padding: 8px 14px;
      }
      .problem {
        margin: 0;
        padding: 4px 14px;
        color: var(--warn);
        white-space: normal;
      }
    `,
  ];

  /** Folds opened by hand, as `file of A, file of B, first row`. */
  readonly #opened = new Set<string>();
  #seen: readonly unknown[] = [];
  readonly #rendered = new WeakMap<PanelSegment, DocumentFragment>();
  #dragFrom: { side: Side; line: number } | undefined;
  #cited: { text: string; anchors: Anchor[] } | undefined;
  /** Where the extending of the selection began, and the end that moves. */
  #extent: { origin: number; head: number } | undefined;
  #marks: Partial<Record<string, (line: number) => LineMarks>> = {};

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  /** Thousands of rows are not drawn anew for a keystroke in the rationale that cites nothing new. */
  protected override shouldUpdate(): boolean {
    const { state, arrangement, attention } = this.model;
    const seen = [
      state.task,
      state.highlight,
      state.checks,
      state.cases,
      arrangement.view,
      attention.selection,
      attention.files,
      this.#opened.size,
      JSON.stringify([state.draft?.flags, this.#citations()]),
    ];
    const changed = seen.some((value, index) => value !== this.#seen[index]);
    if (state.task !== this.#seen[0]) this.#opened.clear();
    this.#seen = seen;
    if (changed) this.#marks = {};
    // The heads draw themselves: what they show of the draft and the runs is not held back here.
    for (const head of this.renderRoot.querySelectorAll<Part>('tiebreak-answer-head')) head.version = this.version;
    return changed;
  }

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    this.toggleAttribute('single', task.answers.length === 1);
    const { view } = this.model.arrangement;
    return html`
      ${task.answers.map(
        ({ side }) =>
          html`<tiebreak-answer-head .side=${side} .model=${this.model} .actions=${this.actions} .version=${this.version}></tiebreak-answer-head>`,
      )}
      ${view === 'diff' && task.answers.length === 2
        ? this.#diffPane()
        : task.answers.map((answer) => (view === 'written' ? this.#writtenPane(answer) : this.#codePane(answer)))}
    `;
  }

  #writtenPane({ side, segments }: PanelAnswer): TemplateResult {
    return html`<div class="pane" tabindex="0" role="region" aria-label="Answer ${side} as written" data-side=${side}>
      <div class="written prose">
        ${segments.map((segment) => (segment.kind === 'prose' ? this.#prose(segment) : this.#block(segment)))}
      </div>
    </div>`;
  }

  #prose(segment: PanelSegment): Node[] {
    let nodes = this.#rendered.get(segment);
    if (nodes === undefined) {
      nodes = proseNodes(segment.text);
      this.#rendered.set(segment, nodes);
    }
    return [...nodes.cloneNode(true).childNodes];
  }

  #block({ key, text, path }: PanelSegment): TemplateResult {
    const colours = this.model.state.highlight?.lines[key];
    const lines = text.replace(/\n$/, '').split('\n');
    return html`<figure>
      ${path === undefined ? nothing : html`<figcaption class="mono dim">${path}</figcaption>`}
      <pre>${lines.map((line, index) => html`${codeLine(line, colours?.[index], [])}${'\n'}`)}</pre>
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
      ${file === undefined
        ? html`<p class="problem">No code was found in this answer. Its text is under “As written”.</p>`
        : repeat(
            file.lines,
            (_line, index) => index,
            (line, index) => this.#row(side, file.path, index + 1, line, []),
          )}
    </div>`;
  }

  /** The two files on show, held against each other. */
  get #pair(): PanelDiffFile | undefined {
    const { diff } = this.model.state.task!;
    const [a, b] = [this.model.fileOf('A'), this.model.fileOf('B')];
    return diff.find((each) => each.a === a && each.b === b) ?? diff.find((each) => each.a === a || each.b === b);
  }

  /** Both files in one grid, so that what belongs together stands side by side. */
  #diffPane(): TemplateResult {
    const pair = this.#pair;
    const problems = this.model.state.task!.answers.flatMap(({ side, problems: all }) => all.map((text) => `${side}: ${text}`));
    if (pair === undefined || pair.rows.length === 0) problems.push('No code was found in either answer.');
    else if (pair.rows.every(({ kind }) => kind === 'same')) problems.push('The code of A and B is the same.');
    return html`<div
      class="pane both code diff"
      tabindex="0"
      role="region"
      aria-label="Difference of answer A and answer B. Arrow keys select lines, F flags them, Q cites them"
      @mousedown=${(event: MouseEvent) => this.#press(event)}
      @mouseup=${(event: MouseEvent) => this.#release(event)}
    >
      ${problems.map((problem) => html`<p class="problem">${problem}</p>`)}
      ${pair === undefined
        ? nothing
        : foldedRows(pair.rows, this.#openIn(pair)).map((item) =>
            'hidden' in item ? this.#fold(pair, item) : this.#diffRow(item, pair.a ?? '', pair.b ?? ''),
          )}
    </div>`;
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
    return html`<button class="fold dim" @click=${() => this.#open(pair, at)}>${hidden} unchanged lines</button>`;
  }

  #diffRow(row: PanelDiffRow, fileA: string, fileB: string): TemplateResult {
    return html`<div class="pair">${this.#diffCell('A', fileA, row)}${this.#diffCell('B', fileB, row)}</div>`;
  }

  #diffCell(side: Side, path: string, row: PanelDiffRow): TemplateResult {
    const line = side === 'A' ? row.a : row.b;
    if (line === undefined) return html`<div class="row gap"></div>`;
    const file = this.model.state.task!.answers.find((answer) => answer.side === side)!.files.find((each) => each.path === path);
    const marks = (side === 'A' ? row.marks?.a : row.marks?.b) ?? [];
    const spans = marks.map(([start, end]) => ({ start, end, className: 'word' }));
    const tone = row.kind === 'same' ? '' : side === 'A' ? 'only-a' : 'only-b';
    return this.#row(side, path, line, file?.lines[line - 1] ?? '', spans, tone);
  }

  #row(side: Side, path: string, line: number, text: string, spans: readonly Span[], tone = ''): TemplateResult {
    const { diagnostics, flagged, cited } = this.#margin(side, path, line);
    const { selection } = this.model.attention;
    const selected = selection?.side === side && selection.file === path && line >= selection.from && line <= selection.to;
    const colours = this.model.state.highlight?.lines[`${side}/file/${path}`]?.[line - 1];
    const worst = diagnostics.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
    const squiggles = diagnostics.map((diagnostic) => squiggle(diagnostic, line, text));
    return html`<div
      class="row ${tone} ${selected ? 'selected' : ''} ${cited ? 'cited' : ''}"
      data-side=${side}
      data-file=${path}
      data-line=${line}
      title=${diagnostics.map(({ source, message }) => `${source}: ${message}`).join('\n')}
    >
      <span class="mark">${mark(flagged, diagnostics.length > 0 ? worst : undefined)}</span
      ><span class="line">${line}</span><span class="text">${codeLine(text, colours, [...spans, ...squiggles])}</span>
    </div>`;
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

  /** Moves or extends the selection by a line, in the pane that has the focus or was selected in last. */
  move(by: number, extend: boolean): void {
    const { selection } = this.model.attention;
    const focused = (this.shadowRoot!.activeElement as HTMLElement | null)?.dataset['side'] as Side | undefined;
    const side = focused ?? selection?.side ?? 'A';
    const file = this.model.fileOf(side);
    const last = this.#lineCount(side, file);
    if (file === undefined || last === 0) return;
    const now = selection?.side === side && selection.file === file ? selection : undefined;
    const { origin, head } = this.#ends(now, by);
    const line = Math.min(Math.max(head + by, 1), last);
    this.#extent = { origin: extend && now !== undefined ? origin : line, head: line };
    this.#select(side, file, this.#extent.origin, line);
    void this.reveal(side, line);
  }

  /** Takes the selection across, to the line beside it; only in the difference do both sides share the focus. */
  toSide(side: Side): void {
    const { selection } = this.model.attention;
    const pair = this.#pair;
    const file = side === 'A' ? pair?.a : pair?.b;
    if (this.model.arrangement.view !== 'diff' || pair === undefined || file === undefined || selection?.side === side) return;
    const line = selection === null ? 1 : lineBeside(pair.rows, selection.side, selection.from);
    this.#select(side, file, line, line);
    void this.reveal(side, line);
  }

  /** Which end of the selection moves. One made by mouse has none: it grows in the direction of the key. */
  #ends(now: Selection | null | undefined, by: number): { origin: number; head: number } {
    if (!now) return { origin: 0, head: 0 };
    const kept = this.#extent;
    const holds = kept !== undefined && Math.min(kept.origin, kept.head) === now.from && Math.max(kept.origin, kept.head) === now.to;
    if (holds) return kept;
    return by > 0 ? { origin: now.from, head: now.to } : { origin: now.to, head: now.from };
  }

  #lineCount(side: Side, file: string | undefined): number {
    const answer = this.model.state.task?.answers.find((candidate) => candidate.side === side);
    return answer?.files.find(({ path }) => path === file)?.lines.length ?? 0;
  }

  /** Scrolls a line into view; a fold that hides it is opened. */
  async reveal(side: Side, line: number): Promise<void> {
    const pair = this.model.arrangement.view === 'diff' && this.model.state.task ? this.#pair : undefined;
    const row = pair === undefined ? -1 : rowOf(pair.rows, side, line);
    const fold = foldsOf(pair?.rows ?? []).find(({ at, hidden }) => row >= at && row < at + hidden);
    if (pair !== undefined && fold !== undefined) this.#open(pair, fold.at);
    await this.updateComplete;
    this.shadowRoot!.querySelector(`.row[data-side="${side}"][data-line="${line}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  /** Goes to the next stretch that differs, in the difference view. */
  nextDifference(): void {
    const pane = this.shadowRoot!.querySelector('.diff');
    if (pane === null) return this.model.arrange({ view: 'diff' });
    const top = pane.getBoundingClientRect().top;
    const differs = (pair: Element | null) => pair !== null && pair.querySelector('.only-a, .only-b, .gap') !== null;
    const changed = [...pane.querySelectorAll('.pair')].filter((pair) => differs(pair) && !differs(pair.previousElementSibling));
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

function squiggle({ range, severity }: Diagnostic, line: number, text: string): Span {
  const start = line === range.startLine ? range.startColumn - 1 : text.length - text.trimStart().length;
  const end = line === range.endLine ? Math.max(range.endColumn - 1, start + 1) : text.length;
  return { start, end: Math.min(end, text.length), className: severity === 'error' ? 'squiggle' : 'squiggle soft' };
}

function mark(flagged: boolean, diagnostic: 'error' | 'warning' | undefined): TemplateResult | typeof nothing {
  if (flagged) return html`<span class="bad" role="img" aria-label="flagged">⚑</span>`;
  if (diagnostic === undefined) return nothing;
  return html`<span class=${diagnostic === 'error' ? 'bad' : 'warn'} role="img" aria-label=${diagnostic}>●</span>`;
}

function rowAt(event: MouseEvent): { side: Side; file: string; line: number } | undefined {
  const row = event.composedPath().find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset['line'] !== undefined);
  if (row === undefined) return undefined;
  const { side, file, line } = row.dataset;
  return { side: side as Side, file: file!, line: Number(line) };
}

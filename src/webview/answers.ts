import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Side } from '../core/preference.ts';
import { findAnchors } from '../core/rationale/anchors.ts';
import type { PanelAnswer, PanelDiffRow, PanelSegment } from '../protocol/webview.ts';
import { codeLine, type Span } from './codeLine.ts';
import { codeStyles } from './codeStyles.ts';
import { paletteSheet } from './palette.ts';
import { Part } from './part.ts';
import { proseNodes } from './prose.ts';
import { shared } from './styles.ts';

/** Unchanged rows kept around a difference; longer stretches are folded. */
const context = 3;

/** What stands beside and under a line. */
interface Margin {
  readonly diagnostics: readonly Diagnostic[];
  readonly flagged: boolean;
  readonly cited: boolean;
}

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
      .head + .head,
      .pane + .pane {
        border-left: 1px solid var(--line);
      }
      .tab {
        padding: 0 6px;
        border-radius: 0;
        border: 0;
        border-bottom: 1px solid transparent;
        line-height: 29px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .tab[aria-pressed='true'] {
        border-bottom-color: var(--vscode-focusBorder);
      }
      .head select {
        max-width: 15em;
        padding: 0 2px;
        font-size: 12px;
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

  readonly #unfolded = new Set<number>();
  #seen: readonly unknown[] = [];
  readonly #rendered = new WeakMap<PanelSegment, DocumentFragment>();
  #dragFrom: { side: Side; line: number } | undefined;
  #cited: { text: string; anchors: { side: Side; file?: string; from: number; to: number }[] } | undefined;

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
      this.#unfolded.size,
      JSON.stringify([state.draft?.flags, this.#citations()]),
    ];
    const changed = seen.some((value, index) => value !== this.#seen[index]);
    this.#seen = seen;
    return changed;
  }

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    this.toggleAttribute('single', task.answers.length === 1);
    const { view } = this.model.arrangement;
    return html`
      ${task.answers.map((answer) => this.#head(answer))}
      ${view === 'diff' && task.answers.length === 2
        ? this.#diffPane()
        : task.answers.map((answer) => (view === 'written' ? this.#writtenPane(answer) : this.#codePane(answer)))}
    `;
  }

  #head(answer: PanelAnswer): TemplateResult {
    const { side } = answer;
    const shownFile = this.model.fileOf(side);
    const run = this.model.state.cases?.sides[side];
    const results = Object.values(run?.results ?? {});
    const passed = results.filter(({ verdict }) => verdict === 'pass').length;
    return html`
      <div class="bar head">
        <span class="badge ${side.toLowerCase()}" role="img" aria-label="Answer ${side}">${side}</span>
        ${answer.files.map(
          ({ path }) => html`<button
            class="tab mono"
            aria-pressed=${path === shownFile}
            title=${path}
            @click=${() => this.model.attend({ files: { ...this.model.attention.files, [side]: path } })}
          >
            ${path}
          </button>`,
        )}
        ${this.#readings(answer)}
        <span class="grow"></span>
        ${answer.masked === 0
          ? nothing
          : html`<span class="chip" title="The answer names itself; the name is hidden until you submit"
              >${answer.masked} ${answer.masked === 1 ? 'name' : 'names'} masked</span
            >`}
        ${results.length === 0
          ? nothing
          : html`<span class="num ${passed === results.length ? 'ok' : 'bad'}" title="${passed} of ${results.length} cases passed"
              >${passed}/${results.length}</span
            >`}
        ${this.#diagnosticCount(side)}
      </div>
    `;
  }

  #readings({ side, readings, reading }: PanelAnswer): TemplateResult | typeof nothing {
    if (readings.length < 2) return nothing;
    return html`<select
      aria-label="What of answer ${side} is run"
      title="What of the answer is run (key ${side === 'A' ? '[' : ']'})"
      .value=${reading}
      @change=${(event: Event) => this.actions.read(side, (event.target as HTMLSelectElement).value)}
    >
      ${readings.map(({ id, label }) => html`<option value=${id} ?selected=${id === reading}>${label}</option>`)}
    </select>`;
  }

  #diagnosticCount(side: Side): TemplateResult | typeof nothing {
    const checks = this.model.state.checks?.[side];
    if (checks === undefined || checks.phase === 'none') return nothing;
    if (checks.phase === 'running') return html`<span class="dim">checking…</span>`;
    const errors = checks.diagnostics.filter(({ severity }) => severity === 'error').length;
    const unknown = checks.diagnostics.filter(({ category }) => category === 'unknown-api').length;
    const text = unknown > 0 ? `${unknown} unknown API?` : `${errors} ${errors === 1 ? 'error' : 'errors'}`;
    return html`<button
      class="link num ${errors + unknown > 0 ? 'bad' : 'dim'}"
      title="Show the diagnostics of both answers (key I)"
      @click=${() => this.model.attend({ lower: 'diagnostics' })}
    >
      ${text}
    </button>`;
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
      @focus=${() => this.#enter(side)}
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

  /** Both files in one grid, so that what belongs together stands side by side. */
  #diffPane(): TemplateResult {
    const { task } = this.model.state;
    const [a, b] = [this.model.fileOf('A'), this.model.fileOf('B')];
    const pair =
      task!.diff.find((candidate) => candidate.a === a && candidate.b === b) ??
      task!.diff.find((candidate) => candidate.a === a || candidate.b === b);
    if (pair === undefined || pair.rows.length === 0) {
      return html`<div class="pane both" tabindex="0" role="region" aria-label="Difference"><p class="problem">No code was found in either answer.</p></div>`;
    }
    const same = pair.rows.every(({ kind }) => kind === 'same');
    return html`<div
      class="pane both code diff"
      tabindex="0"
      role="region"
      aria-label="Difference of answer A and answer B"
      @mousedown=${(event: MouseEvent) => this.#press(event)}
      @mouseup=${(event: MouseEvent) => this.#release(event)}
    >
      ${same ? html`<p class="problem">The code of A and B is the same.</p>` : nothing}
      ${folded(pair.rows, this.#unfolded).map((item) =>
        'hidden' in item ? this.#fold(item.hidden, item.at) : this.#diffRow(item, pair.a ?? '', pair.b ?? ''),
      )}
    </div>`;
  }

  #fold(hidden: number, at: number): TemplateResult {
    return html`<button
      class="fold dim"
      @click=${() => {
        this.#unfolded.add(at);
        this.requestUpdate();
      }}
    >
      ${hidden} unchanged lines
    </button>`;
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

  #margin(side: Side, path: string, line: number): Margin {
    const { checks, draft } = this.model.state;
    const inFile = (name: string | undefined) => name === undefined || name === path;
    return {
      diagnostics: (checks?.[side]?.diagnostics ?? []).filter(
        ({ file, range }) => file === path && line >= range.startLine && line <= range.endLine,
      ),
      flagged: (draft?.flags ?? []).some(
        (flag) => flag.side === side && flag.file === path && line >= flag.startLine && line <= flag.endLine,
      ),
      cited: this.#citations().some(
        (anchor) => anchor.side === side && inFile(anchor.file) && line >= anchor.from && line <= anchor.to,
      ),
    };
  }

  #citations(): { side: Side; file?: string; from: number; to: number }[] {
    const text = this.model.state.draft?.rationale.text ?? '';
    if (this.#cited?.text !== text) {
      this.#cited = { text, anchors: findAnchors(text).filter((anchor) => anchor.kind === 'lines') };
    }
    return this.#cited.anchors;
  }

  /** Moves or extends the selection by a line, in the pane that has the focus or was selected in last. */
  move(by: number, extend: boolean): void {
    const { task } = this.model.state;
    const { selection } = this.model.attention;
    const focused = (this.shadowRoot!.activeElement as HTMLElement | null)?.dataset['side'] as Side | undefined;
    const side = focused ?? selection?.side ?? 'A';
    const file = this.model.fileOf(side);
    const last = task?.answers.find((answer) => answer.side === side)?.files.find(({ path }) => path === file)?.lines.length ?? 0;
    if (file === undefined || last === 0) return;
    const now = selection?.side === side && selection.file === file ? selection : undefined;
    const line = Math.min(Math.max(now === undefined ? 1 : (by > 0 ? now.to : now.from) + by, 1), last);
    const chosen =
      extend && now !== undefined
        ? { from: Math.min(now.from, line), to: Math.max(now.to, line) }
        : { from: line, to: line };
    this.model.attend({ selection: { side, file, ...chosen } });
    void this.reveal(side, line);
  }

  /** Scrolls a line into view. */
  async reveal(side: Side, line: number): Promise<void> {
    await this.updateComplete;
    this.shadowRoot!.querySelector(`.row[data-side="${side}"][data-line="${line}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  /** Goes to the next stretch that differs, in the difference view. */
  nextDifference(): void {
    const pane = this.shadowRoot!.querySelector('.diff');
    if (pane === null) return this.model.arrange({ view: 'diff' });
    const top = pane.getBoundingClientRect().top;
    const changed = [...pane.querySelectorAll('.pair')].filter(
      (pair) => pair.querySelector('.only-a, .only-b') !== null && pair.previousElementSibling?.querySelector('.only-a, .only-b') == null,
    );
    const next = changed.find((pair) => pair.getBoundingClientRect().top > top + 40) ?? changed[0];
    next?.scrollIntoView({ block: 'center' });
  }

  #enter(side: Side): void {
    const { selection } = this.model.attention;
    const file = this.model.fileOf(side);
    if (selection?.side !== side && file !== undefined) this.model.attend({ selection: { side, file, from: 1, to: 1 } });
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

/** Rows with long unchanged stretches replaced by how many they are. */
function folded(rows: readonly PanelDiffRow[], unfolded: ReadonlySet<number>): (PanelDiffRow | { hidden: number; at: number })[] {
  const near = new Set<number>();
  rows.forEach((row, at) => {
    if (row.kind !== 'same') for (let each = at - context; each <= at + context; each += 1) near.add(each);
  });
  const items: (PanelDiffRow | { hidden: number; at: number })[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (end < rows.length && !near.has(end)) end += 1;
    // A fold of one or two lines would save nothing; without any difference there is nothing to fold around.
    if (end - at > 2 && near.size > 0 && !unfolded.has(at)) items.push({ hidden: end - at, at });
    else items.push(...rows.slice(at, end));
    at = end;
    if (at < rows.length) items.push(rows[at++]!);
  }
  return items;
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

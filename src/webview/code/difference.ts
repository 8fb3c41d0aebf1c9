import { html, nothing, type TemplateResult } from 'lit';
import type { Side } from '../../core/task/side.ts';
import type { CompareBy, PanelDiffFile, PanelDiffRow } from '../../protocol/panel/state.ts';
import type { Model } from '../state/model.ts';
import type { CodeRows } from './codeRows.ts';
import { foldedRows, foldsOf, rowOf, type Fold } from './foldedRows.ts';

/** The difference of A and B: which two files it shows, their rows, and which unchanged stretches are unfolded. */
export class Difference {
  readonly #model: () => Model;
  readonly #rows: CodeRows;
  readonly #redraw: () => void;
  /** Folds that the person opened, as `file of A, file of B, first row`. */
  readonly #unfolded = new Set<string>();

  constructor(model: () => Model, rows: CodeRows, redraw: () => void) {
    this.#model = model;
    this.#rows = rows;
    this.#redraw = redraw;
  }

  /** Grows with each fold that is opened. */
  get unfolded(): number {
    return this.#unfolded.size;
  }

  /** Folds everything again, for another task. */
  fold(): void {
    this.#unfolded.clear();
  }

  /** The two files that are compared; `undefined` outside the difference view. */
  get shown(): PanelDiffFile | undefined {
    const { arrangement, state } = this.#model();
    return arrangement.view === 'diff' && state.task ? this.pair : undefined;
  }

  /** The two files chosen in the heads of the answers, or the pair that has one of them. */
  get pair(): PanelDiffFile | undefined {
    const { diff } = this.#model().state.task!;
    const [a, b] = [this.#model().fileOf('A'), this.#model().fileOf('B')];
    return (
      diff.find((each) => each.a === a && each.b === b) ?? diff.find((each) => each.a === a || each.b === b)
    );
  }

  /** Why there may be nothing to compare, a sentence each. */
  get problems(): string[] {
    const problems = this.#model().state.task!.answers.flatMap(({ side, problems: all }) =>
      all.map((text) => `${side}: ${text}`),
    );
    const { pair } = this;
    if (pair === undefined || pair.rows.length === 0) problems.push('No code was found in either answer.');
    return problems;
  }

  draw(): TemplateResult | typeof nothing {
    const { pair } = this;
    if (pair === undefined) return nothing;
    return html`${formattingNote(pair)} ${likenessNote(pair, this.#model().state.task!.compareBy)}
    ${this.#drawRows(pair)}`;
  }

  /** Opens the fold that hides a line. Returns the row of the line in the difference, −1 outside of it. */
  unfoldLine(side: Side, line: number): number {
    const pair = this.shown;
    if (pair === undefined) return -1;
    const row = rowOf(pair.rows, side, line);
    const fold = foldsOf(pair.rows).find(({ at, hidden }) => row >= at && row < at + hidden);
    if (fold !== undefined) this.#unfold(pair, fold.at);
    return row;
  }

  unfoldAll(): void {
    const pair = this.shown;
    if (pair === undefined) return;
    for (const { at } of foldsOf(pair.rows)) this.#unfolded.add(foldKey(pair, at));
  }

  #drawRows(pair: PanelDiffFile): TemplateResult[] {
    const { a = '', b = '', rows } = pair;
    return this.#rows.blocks(
      foldedRows(rows, this.#unfoldedIn(pair)),
      [rows, this.#unfolded.size],
      (item) =>
        pair.formatted === undefined &&
        !('hidden' in item) &&
        (this.#rows.isSelected('A', a, item.a) || this.#rows.isSelected('B', b, item.b)),
      (item) => ('hidden' in item ? this.#drawFold(pair, item) : this.#drawRow(pair, item)),
    );
  }

  #unfoldedIn(pair: PanelDiffFile): Set<number> {
    const open = foldsOf(pair.rows).filter(({ at }) => this.#unfolded.has(foldKey(pair, at)));
    return new Set(open.map(({ at }) => at));
  }

  #unfold(pair: PanelDiffFile, at: number): void {
    this.#unfolded.add(foldKey(pair, at));
    this.#redraw();
  }

  #drawFold(pair: PanelDiffFile, { at, hidden }: Fold): TemplateResult {
    return html`<button class="fold dim" @click=${() => this.#unfold(pair, at)}>
      ${hidden} unchanged lines
    </button>`;
  }

  #drawRow(pair: PanelDiffFile, row: PanelDiffRow): TemplateResult {
    const [a, b] = [this.#drawCell('A', pair, row), this.#drawCell('B', pair, row)];
    return html`<div class="pair">${a}${b}</div>`;
  }

  #drawCell(side: Side, pair: PanelDiffFile, row: PanelDiffRow): TemplateResult {
    const isA = side === 'A';
    const line = isA ? row.a : row.b;
    if (line === undefined) return html`<div class="row ${row.kind === 'same' ? 'blank' : 'gap'}"></div>`;
    const file = (isA ? pair.a : pair.b) ?? '';
    const words = ((isA ? row.marks?.a : row.marks?.b) ?? []).map(([start, end]) => ({
      start,
      end,
      className: 'word',
    }));
    const tone = row.kind === 'same' ? '' : isA ? 'only-a' : 'only-b';
    const address = { side, file, line };
    const formatted = isA ? pair.formatted?.a : pair.formatted?.b;
    if (formatted !== undefined)
      return this.#rows.formattedRow(address, formatted[line - 1] ?? '', words, tone);
    return this.#rows.row(address, this.#textOf(side, file)[line - 1] ?? '', words, tone);
  }

  #textOf(side: Side, path: string): readonly string[] {
    const answer = this.#model().state.task!.answers.find((each) => each.side === side)!;
    return answer.files.find((file) => file.path === path)?.lines ?? [];
  }
}

/** Says when the lines are not the answers' own, or why they could not be formatted. */
function formattingNote({ formatted, whyNotFormatted }: PanelDiffFile): TemplateResult | typeof nothing {
  if (formatted !== undefined)
    return html`<p class="likeness dim">
      Formatted by ${formatted.by}. Formatted lines cannot be flagged or cited. Press <kbd>L</kbd> to show the
      code as written.
    </p>`;
  if (whyNotFormatted === undefined) return nothing;
  return html`<p class="problem">Not formatted: ${whyNotFormatted}</p>`;
}

/** Says when the two files are the same, or differ in one respect only. */
function likenessNote(
  { rows, sameBut }: PanelDiffFile,
  compareBy: CompareBy,
): TemplateResult | typeof nothing {
  const say = (text: string) => html`<p class="likeness">${text}</p>`;
  switch (sameBut?.kind) {
    case 'names':
      return say(`Only names differ: ${sameBut.renamed.map(([a, b]) => `${a} → ${b}`).join(', ')}.`);
    case 'whitespace':
      return say('Only whitespace differs.');
    case 'comments':
      return say('Only comments differ.');
    case undefined:
  }
  if (rows.length === 0 || rows.some(({ kind }) => kind !== 'same')) return nothing;
  const ignored = ignoredIn(compareBy);
  const isSame = ignored === '' || rows.every(({ a, b }) => a !== undefined && b !== undefined);
  return say(
    isSame ? 'The code of A and B is the same.' : `No differences apart from the ignored ${ignored}.`,
  );
}

function ignoredIn({ ignoreWhitespace, ignoreComments }: CompareBy): string {
  const ignored = [...(ignoreWhitespace ? ['whitespace'] : []), ...(ignoreComments ? ['comments'] : [])];
  return ignored.join(' and ');
}

function foldKey({ a, b }: PanelDiffFile, at: number): string {
  return JSON.stringify([a, b, at]);
}

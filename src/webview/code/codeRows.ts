import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Side } from '../../core/task/side.ts';
import { findAnchors, type Anchor } from '../../core/rationale/anchors.ts';
import type { Model } from '../state/model.ts';
import type { Span } from './codeLine.ts';
import { codeRow, type LineAddress } from './codeRow.ts';
import { marksOf, type LineMarks } from './lineMarks.ts';

/** Rows that are redrawn together. */
const blockSize = 100;
/** Rows drawn at once; the rows after them follow once these are on screen. */
const firstRows = 400;
const moreRows = 2_000;

/** Draws lines of the answers in blocks. A block is redrawn only when something in it changed. */
export class CodeRows {
  readonly #model: () => Model;
  #limit = firstRows;
  /** Rows of the longest pane, drawn or not. */
  #longest = 0;
  #marks: Partial<Record<string, (line: number) => LineMarks>> = {};
  #cited: { text: string; anchors: Anchor[] } | undefined;
  #marked = '';

  constructor(model: () => Model) {
    this.#model = model;
  }

  /** How many rows of a pane are drawn. */
  get limit(): number {
    return this.#limit;
  }

  /** Starts again with the first rows, for another task or view. */
  restart(): void {
    this.#limit = firstRows;
  }

  /** Forgets how long the panes were; call before they are drawn. */
  begin(): void {
    this.#longest = 0;
  }

  /** Raises the limit where rows are missing. Returns whether it did. */
  grow(): boolean {
    if (this.#longest <= this.#limit) return false;
    this.#limit += moreRows;
    return true;
  }

  get isComplete(): boolean {
    return this.#longest <= this.#limit;
  }

  /** If `row` is not drawn yet, draws every row from the next update on. */
  reach(row: number): void {
    if (row > this.#limit) this.#limit = Infinity;
  }

  /** A key of all flags and citations: it changes when the marks beside the lines do. */
  marked(): string {
    return (this.#marked = JSON.stringify([this.#model().state.draft?.flags, this.#citations()]));
  }

  /** Looks up the marks again after flags, citations or diagnostics changed. */
  forgetMarks(): void {
    this.#marks = {};
  }

  /** `depends` lists what all rows depend on apart from selection, colours and marks. */
  blocks<Item>(
    items: readonly Item[],
    depends: readonly unknown[],
    isChosen: (item: Item, index: number) => boolean,
    draw: (item: Item, index: number) => TemplateResult,
  ): TemplateResult[] {
    this.#longest = Math.max(this.#longest, items.length);
    const { state, attention } = this.#model();
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

  isSelected(side: Side, file: string, line: number | undefined): boolean {
    const { selection } = this.#model().attention;
    if (line === undefined || selection === null) return false;
    return (
      selection.side === side && selection.file === file && line >= selection.from && line <= selection.to
    );
  }

  row(address: LineAddress, text: string, words: readonly Span[], className: string): TemplateResult {
    const { side, file, line } = address;
    return codeRow({
      ...address,
      text,
      colours: this.#model().state.highlight?.lines[`${side}/file/${file}`]?.[line - 1],
      words,
      marks: this.#marksAt(address),
      className: this.isSelected(side, file, line) ? `${className} selected` : className,
    });
  }

  /** A line that a formatter wrote: without marks, since nothing was said about it. */
  formattedRow(
    address: LineAddress,
    text: string,
    words: readonly Span[],
    className: string,
  ): TemplateResult {
    const marks: LineMarks = { diagnostics: [], flagged: false, cited: false };
    return codeRow({ ...address, text, colours: undefined, words, marks, className, isFormatted: true });
  }

  #marksAt({ side, file, line }: LineAddress): LineMarks {
    const { checks, draft } = this.#model().state;
    const marks = (this.#marks[`${side} ${file}`] ??= marksOf(side, file, {
      diagnostics: checks?.[side]?.diagnostics ?? [],
      flags: draft?.flags ?? [],
      anchors: this.#citations(),
    }));
    return marks(line);
  }

  #citations(): Anchor[] {
    const text = this.#model().state.draft?.rationale.text ?? '';
    if (this.#cited?.text !== text)
      this.#cited = { text, anchors: findAnchors(text).filter((anchor) => anchor.kind === 'lines') };
    return this.#cited.anchors;
  }
}

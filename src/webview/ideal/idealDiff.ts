import { css, html, nothing, type TemplateResult } from 'lit';
import type { Side } from '../../core/task/side.ts';
import type { PanelDiffFile, PanelDiffRow } from '../../protocol/panel/state.ts';
import { codeLine } from '../code/codeLine.ts';
import { codeStyles } from '../code/codeStyles.ts';
import { foldedRows, foldsOf, type Fold } from '../code/foldedRows.ts';
import { paletteSheet } from '../styles/palette.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';

/** The difference of an answer and the ideal, file by file. */
export class IdealDiff extends Part {
  static override styles = [
    shared,
    codeStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
      }
      .heads {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      }
      .pane {
        overflow: auto;
        background: var(--vscode-editor-background);
      }
      h3 {
        margin: 0;
        padding: 4px 14px;
        font: 12px var(--mono);
        color: var(--dim);
        text-transform: none;
        letter-spacing: 0;
      }
      p {
        margin: 0;
        padding: 4px 14px;
        font-family: var(--vscode-font-family);
      }
    `,
  ];

  /** Folds that the person opened, as `side, file, first row`. */
  readonly #opened = new Set<string>();

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  override render(): TemplateResult {
    const side = this.model.idealAgainst;
    const { ideal } = this.model.state;
    if (side === undefined || !ideal) return html``;
    const files = ideal.diff[side] ?? [];
    return html`
      <div class="heads">
        <div class="bar"><span class="badge ${side.toLowerCase()}">${side}</span></div>
        <div class="bar"><b>Ideal</b></div>
      </div>
      <div
        class="pane code diff"
        tabindex="0"
        role="region"
        aria-label="Difference of answer ${side} and the ideal"
      >
        ${files.map((file) => this.#file(side, file))}
      </div>
    `;
  }

  #file(side: Side, file: PanelDiffFile): TemplateResult {
    const open = new Set(
      foldsOf(file.rows)
        .map(({ at }) => at)
        .filter((at) => this.#opened.has(foldKey(side, file, at))),
    );
    const isSame = file.rows.every(({ kind }) => kind === 'same');
    return html`
      <h3>${file.a === file.b ? file.a : `${file.a ?? 'no file'} ↔ ${file.b ?? 'no file'}`}</h3>
      ${isSame ? html`<p class="dim">No differences.</p>` : nothing}
      ${foldedRows(file.rows, open).map((item) =>
        'hidden' in item ? this.#fold(side, file, item) : this.#row(side, file, item),
      )}
    `;
  }

  #fold(side: Side, file: PanelDiffFile, { at, hidden }: Fold): TemplateResult {
    const unfold = () => {
      this.#opened.add(foldKey(side, file, at));
      this.requestUpdate();
    };
    return html`<button class="fold dim" @click=${unfold}>${hidden} unchanged lines</button>`;
  }

  #row(side: Side, file: PanelDiffFile, row: PanelDiffRow): TemplateResult {
    const { task, ideal } = this.model.state;
    const answer = task!.answers.find((candidate) => candidate.side === side)?.files;
    const left = answer?.find(({ path }) => path === file.a);
    const right = ideal!.files.find(({ path }) => path === file.b);
    const tone = row.kind === 'same' ? '' : `only-${side.toLowerCase()}`;
    return html`<div class="pair">
      ${this.#cell(left, row.a, row.marks?.a, tone)}
      ${this.#cell(right, row.b, row.marks?.b, row.kind === 'same' ? '' : 'only-ideal')}
    </div>`;
  }

  #cell(
    file: { readonly lines: readonly string[]; readonly key: string } | undefined,
    line: number | undefined,
    marks: readonly (readonly [number, number])[] | undefined,
    tone: string,
  ): TemplateResult {
    if (file === undefined || line === undefined)
      return html`<div class="row ${tone === '' ? 'blank' : 'gap'}"></div>`;
    const words = (marks ?? []).map(([start, end]) => ({ start, end, className: 'word' }));
    const colours = this.model.state.highlight?.lines[file.key]?.[line - 1];
    return html`<div class="row ${tone}" data-line=${line}>
      <span class="mark"></span><span class="line">${line}</span
      ><span class="text">${codeLine(file.lines[line - 1] ?? '', colours, words)}</span>
    </div>`;
  }
}
customElements.define('tiebreak-ideal-diff', IdealDiff);

function foldKey(side: Side, { a, b }: PanelDiffFile, at: number): string {
  return JSON.stringify([side, a, b, at]);
}

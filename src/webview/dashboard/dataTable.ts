import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { visibleLine } from '../../core/text/visible.ts';
import { shared } from '../styles/styles.ts';
import type { TableSpec } from './figure.ts';
import { sorted, type Sorting } from './sorting.ts';

/** Detail of the event `sorted`. */
export interface SortedDetail {
  readonly sorting: Sorting | undefined;
}

/** A sortable table: clicks on a column head sort ascending, then descending, then not at all. */
export class DataTable extends LitElement {
  static override properties = {
    spec: { attribute: false },
    name: {},
    sorting: { attribute: false },
  };
  static override styles = [
    shared,
    css`
      .scroll {
        overflow: auto;
        max-height: 420px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: 12px;
      }
      th,
      td {
        text-align: start;
        padding: 3px 8px;
        border-bottom: 1px solid var(--line);
        font-weight: 400;
        vertical-align: top;
      }
      th:first-child,
      td:first-child {
        white-space: nowrap;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--vscode-editor-background);
        padding: 0;
        vertical-align: bottom;
      }
      .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      td.number {
        white-space: nowrap;
      }
      th button {
        font-weight: 600;
        white-space: normal;
        text-align: inherit;
        width: 100%;
        padding: 3px 8px;
        gap: 2px;
        border-radius: 0;
        align-items: end;
      }
      th.number button {
        justify-content: end;
      }
      th button:focus-visible {
        outline-offset: -2px;
      }
      th vscode-icon {
        flex: none;
      }
      tbody tr:hover {
        background: var(--vscode-list-hoverBackground);
      }
    `,
  ];
  declare spec: TableSpec;
  declare name: string;
  declare sorting: Sorting | undefined;

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[tabindex]')?.focus());
  }

  override render(): TemplateResult {
    const { columns } = this.spec;
    return html`<div class="scroll" role="region" tabindex="0" aria-label="${this.name}: table">
      <table>
        <caption class="quiet">
          ${this.name}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ title, isNumber }, at) => this.#head(title, isNumber, at))}
          </tr>
        </thead>
        <tbody>
          ${sorted(this.spec, this.sorting).map(
            (row) =>
              html`<tr>
                ${row.map(({ text }, at) =>
                  at === 0
                    ? html`<th scope="row">${visibleLine(text)}</th>`
                    : html`<td class=${columns[at]!.isNumber ? 'number' : ''}>${visibleLine(text)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #head(title: string, isNumber: boolean, column: number): TemplateResult {
    const { sorting } = this;
    const isSorted = sorting?.column === column;
    const direction = sorting?.isDescending === true ? 'descending' : 'ascending';
    return html`<th scope="col" class=${isNumber ? 'number' : ''} aria-sort=${isSorted ? direction : nothing}>
      <button @click=${() => this.#sort(column)}>
        ${title}
        ${
          isSorted
            ? html`<vscode-icon name=${sorting.isDescending ? 'arrow-down' : 'arrow-up'}></vscode-icon>`
            : nothing
        }
      </button>
    </th>`;
  }

  #sort(column: number): void {
    const { sorting } = this;
    const next: Sorting | undefined =
      sorting?.column !== column
        ? { column, isDescending: false }
        : sorting.isDescending
          ? undefined
          : { column, isDescending: true };
    this.dispatchEvent(new CustomEvent<SortedDetail>('sorted', { detail: { sorting: next } }));
  }
}
customElements.define('tiebreak-table', DataTable);

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { shared } from '../styles/styles.ts';
import './chartView.ts';
import type { ChartView } from './chartView.ts';
import './dataTable.ts';
import type { DataTable, SortedDetail } from './dataTable.ts';
import type { Sorting } from './sorting.ts';
import type { Figure } from './figure.ts';

/** A figure of the dashboard with its title and its hint, as a chart or as a table. */
export class FigureView extends LitElement {
  static override properties = {
    figure: { attribute: false },
    isTable: { attribute: false },
    sorting: { attribute: false },
  };
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      section {
        border: 1px solid var(--line);
        border-radius: 4px;
        padding: 8px 12px 12px;
        height: 100%;
      }
      header {
        display: flex;
        gap: 8px;
        align-items: start;
      }
      h3 {
        text-transform: none;
        letter-spacing: 0;
        font-size: 13px;
        color: var(--vscode-foreground);
        padding-top: 2px;
      }
      p {
        margin: 2px 0 8px;
        color: var(--dim);
        font-size: 12px;
      }
      .empty {
        padding: 18px 0;
        font-size: 13px;
        max-width: 60ch;
      }
      .notes {
        margin: 8px 0 0;
      }
    `,
  ];
  declare figure: Figure;
  declare isTable: boolean;
  declare sorting: Sorting | undefined;
  #isFocused = false;

  override render(): TemplateResult {
    const { id, title, hint, empty, notes = [] } = this.figure;
    return html`<section aria-labelledby=${id}>
      <header>
        <h3 id=${id}>${title}</h3>
        <span class="grow"></span>
        ${
          empty === undefined
            ? html`<button
                aria-label="${title}: ${this.isTable ? 'show chart' : 'show table'}"
                @click=${() => this.toggle()}
              >
                <vscode-icon name=${this.isTable ? 'graph' : 'table'}></vscode-icon>
                ${this.isTable ? 'Chart' : 'Table'}
              </button>`
            : nothing
        }
      </header>
      ${empty === undefined ? html`<p>${hint}</p>` : html`<p class="empty">${empty}</p>`}
      ${empty === undefined ? this.#shown() : nothing}
      ${notes.map((note) => (empty === undefined ? html`<p class="notes">${note}</p>` : nothing))}
    </section>`;
  }

  toggle(): void {
    this.keepFocus();
    this.dispatchEvent(new CustomEvent('toggled'));
  }

  /** When the chart or the table has the focus, its replacement gets it. */
  keepFocus(): void {
    this.#isFocused =
      this.renderRoot.querySelector('tiebreak-chart:focus-within, tiebreak-table:focus-within') !== null;
  }

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('isTable') || !this.#isFocused) return;
    this.#isFocused = false;
    this.renderRoot.querySelector<ChartView | DataTable>('tiebreak-chart, tiebreak-table')?.focus();
  }

  #shown(): TemplateResult {
    const { title, chart, table } = this.figure;
    return this.isTable
      ? html`<tiebreak-table
          .spec=${table}
          .name=${title}
          .sorting=${this.sorting}
          @sorted=${(event: CustomEvent<SortedDetail>) =>
            this.dispatchEvent(new CustomEvent('sorted', { detail: event.detail }))}
        ></tiebreak-table>`
      : html`<tiebreak-chart .spec=${chart} .name=${title}></tiebreak-chart>`;
  }
}
customElements.define('tiebreak-figure', FigureView);

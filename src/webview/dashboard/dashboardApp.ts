import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { shared } from '../styles.ts';
import { agreementFigures } from './agreementFigures.ts';
import { calibrationFigures, effectFigures } from './calibrationFigures.ts';
import type { DashboardModel } from './dashboardModel.ts';
import type { SortedDetail } from './dataTable.ts';
import type { Figure } from './figure.ts';
import './figurePart.ts';
import { FigurePart } from './figurePart.ts';
import { isFiltered, periods, type FilterChoice } from './filters.ts';
import { count } from './numbers.ts';
import { workFigures } from './workFigures.ts';

/** Columns of a table that have room in half of the width. */
const widestHalf = 5;

/** The dashboard: filters on top, below them every figure, each as a chart or a table. */
export class DashboardApp extends LitElement {
  static override properties = { model: { attribute: false }, version: { attribute: false } };
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        height: 100vh;
        background: var(--vscode-editor-background);
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        align-items: center;
        padding: 8px 16px;
        border-bottom: 1px solid var(--line);
        background: var(--side);
      }
      h1 {
        font-size: 14px;
        font-weight: 600;
        margin: 0;
      }
      label {
        display: inline-flex;
        gap: 6px;
        align-items: center;
      }
      select {
        max-width: 180px;
      }
      input,
      select {
        padding: 2px 6px;
      }
      main {
        overflow: auto;
        padding: 10px 16px 24px;
        min-height: 0;
      }
      main[aria-busy='true'] .grid {
        opacity: 0.6;
      }
      h2 {
        margin: 14px 0 8px;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 12px;
      }
      @media (max-width: 820px) {
        .grid {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      .summary {
        margin: 0;
        color: var(--dim);
      }
      .wide {
        grid-column: 1 / -1;
      }
      .alone {
        max-width: 52ch;
        margin: 12vh auto 0;
        text-align: center;
      }
      .alone h2 {
        justify-content: center;
        text-transform: none;
        letter-spacing: 0;
        font-size: 18px;
        color: var(--vscode-foreground);
      }
      .alone p {
        color: var(--dim);
        margin: 0 0 14px;
        overflow-wrap: anywhere;
      }
      .alone vscode-progress-ring {
        margin: 0 auto 10px;
      }
      .buttons {
        display: flex;
        gap: 8px;
        justify-content: center;
      }
      .working {
        display: flex;
        gap: 10px;
        align-items: center;
        color: var(--dim);
        padding: 8px 0;
      }
      .working vscode-progress-ring {
        width: 20px;
        height: 20px;
      }
    `,
  ];
  declare model: DashboardModel;
  declare version: number;
  readonly #work = remembered(workFigures);
  readonly #agreement = remembered(agreementFigures);
  readonly #calibration = remembered(calibrationFigures);
  readonly #effects = remembered(effectFigures);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
  }

  override render(): TemplateResult {
    const { state } = this.model;
    return html`${this.#top()}
      <main aria-busy=${state.phase === 'loading' || state.isWorking} tabindex="-1">
        ${this.#content()}
      </main>`;
  }

  #top(): TemplateResult {
    const { quick } = this.model.state;
    const { choice } = this.model.kept;
    return html`<header class="top">
      <h1>Dashboard</h1>
      <label>
        Period
        <select
          @change=${(event: Event) => this.#choose({ period: chosen(event) as FilterChoice['period'] })}
        >
          ${Object.entries({ ...periods, between: 'Between…' }).map(([value, name]) =>
            option(value, name, choice.period),
          )}
        </select>
      </label>
      ${
        choice.period === 'between'
          ? html`${this.#day('From', 'from', choice.from)} ${this.#day('To', 'to', choice.to)}`
          : nothing
      }
      ${this.#select('Language', 'language', quick?.choices.languages ?? [], choice.language)}
      ${this.#select('Evaluator', 'evaluator', quick?.choices.evaluators ?? [], choice.evaluator)}
      ${
        isFiltered(choice)
          ? html`<button @click=${() => this.model.choose(undefined)}>Clear filters</button>`
          : nothing
      }
      <span class="grow"></span>
      ${
        quick === undefined || quick.submitted === 0
          ? nothing
          : html`<button @click=${() => this.model.toggleAll(this.#ids())}>
              ${this.model.areTables(this.#ids()) ? 'All as charts' : 'All as tables'} <kbd>Shift+T</kbd>
            </button>`
      }
    </header>`;
  }

  #day(name: string, field: 'from' | 'to', value: string): TemplateResult {
    return html`<label>
      ${name}
      <input
        type="date"
        .value=${value}
        @change=${(event: Event) => this.#choose({ [field]: chosen(event) })}
      />
    </label>`;
  }

  #select(
    name: string,
    field: 'language' | 'evaluator',
    values: readonly string[],
    value: string,
  ): TemplateResult {
    // A choice that was kept from before is shown though nothing has it now.
    const all = value === '' || values.includes(value) ? values : [...values, value];
    return html`<label>
      ${name}
      <select @change=${(event: Event) => this.#choose({ [field]: chosen(event) })}>
        ${option('', 'All', value)} ${all.map((each) => option(each, each, value))}
      </select>
    </label>`;
  }

  #content(): TemplateResult {
    const { phase, message, quick } = this.model.state;
    if (phase === 'failed') return this.#failure(message);
    if (quick === undefined)
      return html`<div class="alone">
        <vscode-progress-ring></vscode-progress-ring>
        <p role="status">Reading the reviews…</p>
      </div>`;
    if (quick.stored === 0) return this.#nothing();
    if (quick.submitted === 0)
      return html`<div class="alone">
        <h2>No review fits the filters</h2>
        <p role="status">${count(quick.stored)} are stored. Choose a longer period, or clear the filters.</p>
        <div class="buttons">
          <button class="primary" @click=${() => this.model.choose(undefined)}>Clear filters</button>
        </div>
      </div>`;
    return html`<p class="summary" role="status">${summary(quick)}</p>
      ${this.#parts().map(
        ([title, figures]) =>
          html`<h2>${title}</h2>
            ${
              figures === undefined
                ? html`<div class="working">
                    <vscode-progress-ring></vscode-progress-ring
                    ><span role="status">Working out the intervals…</span>
                  </div>`
                : html`<div class="grid">${figures.map((each) => this.#figure(each))}</div>`
            }`,
      )}`;
  }

  /** The same objects for the same figures: what has not changed is not drawn again. */
  #parts(): [title: string, figures: readonly Figure[] | undefined][] {
    const { quick, slow } = this.model.state;
    if (quick === undefined) return [];
    return [
      ['Work', this.#work(quick)],
      ['Agreement', slow && this.#agreement(slow)],
      ['Calibration', this.#calibration(quick)],
      ['Effects', slow && this.#effects(quick, slow)],
    ];
  }

  #ids(): string[] {
    return this.#parts().flatMap(([, figures]) => (figures ?? []).map(({ id }) => id));
  }

  #figure(figure: Figure): TemplateResult {
    const { tables, sortings } = this.model.kept;
    const isTable = tables.includes(figure.id);
    const isWide = figure.isWide === true || (isTable && figure.table.columns.length > widestHalf);
    return html`<tiebreak-figure
      class=${isWide ? 'wide' : ''}
      .figure=${figure}
      .isTable=${isTable}
      .sorting=${sortings[figure.id]}
      @toggled=${() => this.model.toggle(figure.id)}
      @sorted=${(event: CustomEvent<SortedDetail>) => this.model.sort(figure.id, event.detail.sorting)}
    ></tiebreak-figure>`;
  }

  #failure(message: string): TemplateResult {
    return html`<div class="alone">
      <h2>The figures cannot be worked out</h2>
      <p role="alert">${message}</p>
      <div class="buttons">
        <button class="primary" @click=${() => this.model.ask()}>Try again</button>
        <button @click=${() => this.model.wish('log')}>Show log</button>
      </div>
    </div>`;
  }

  #nothing(): TemplateResult {
    return html`<div class="alone">
      <h2>No reviews yet</h2>
      <p role="status">
        Figures come from submitted reviews: submit one, or import those of other evaluators.
      </p>
      <div class="buttons">
        <button class="primary" @click=${() => this.model.wish('next-task')}>Open next task</button>
        <button @click=${() => this.model.wish('import')}>Import tasks or reviews…</button>
      </div>
    </div>`;
  }

  #choose(change: Partial<FilterChoice>): void {
    this.model.choose({ ...this.model.kept.choice, ...change });
  }

  /** T turns the figure that has the focus, Shift+T all of them. */
  #key(event: KeyboardEvent): void {
    const isChord = event.ctrlKey || event.metaKey || event.altKey;
    const [target] = event.composedPath();
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.key.toLowerCase() !== 't' || isChord || isTyping) return;
    event.preventDefault();
    const figure = event.composedPath().find((node) => node instanceof FigurePart);
    if (!event.shiftKey) return figure?.toggle();
    figure?.keepFocus();
    this.model.toggleAll(this.#ids());
  }
}
customElements.define('tiebreak-dashboard', DashboardApp);

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement | HTMLInputElement).value;
}

function option(value: string, name: string, selected: string): TemplateResult {
  return html`<option value=${value} ?selected=${value === selected}>${name}</option>`;
}

function summary({
  submitted,
  reviews,
  evaluators,
}: {
  submitted: number;
  reviews: number;
  evaluators: readonly unknown[];
}) {
  return `${count(submitted)} submitted, ${count(reviews)} in force, by ${count(evaluators.length)} ${evaluators.length === 1 ? 'evaluator' : 'evaluators'}`;
}

/** The function with its last result, which is given again for the same arguments. */
function remembered<Arguments extends readonly unknown[], Result>(
  make: (...from: Arguments) => Result,
): (...from: Arguments) => Result {
  let last: { readonly from: Arguments; readonly result: Result } | undefined;
  return (...from) => {
    if (last === undefined || last.from.some((value, at) => value !== from[at]))
      last = { from, result: make(...from) };
    return last.result;
  };
}

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ShownModels } from '../../protocol/dashboard.ts';
import { dashboardStyles } from './dashboardStyles.ts';
import { shared } from '../styles/styles.ts';
import { agreementFigures } from './agreementFigures.ts';
import { calibrationFigures, effectFigures } from './calibrationFigures.ts';
import type { DashboardModel } from './dashboardModel.ts';
import type { SortedDetail } from './dataTable.ts';
import type { Figure } from './figure.ts';
import './figureView.ts';
import { FigureView } from './figureView.ts';
import { filterBar } from './filterBar.ts';
import { modelFigures } from './modelFigures.ts';
import { hasModels, modelsNotice, modelsSummary } from './models.ts';
import { modelsStyles } from './modelsStyles.ts';
import { verdictFigures } from './modelVerdicts.ts';
import { failureView, loadingView, noMatchView, noReviewsView } from './noFigures.ts';
import { count } from './numbers.ts';
import { workFigures } from './workFigures.ts';

/** Columns of a table that fit into half of the width. */
const widestHalf = 5;

/** The dashboard: the filters and below them all figures, each as a chart or a table. */
export class DashboardApp extends LitElement {
  static override properties = { model: { attribute: false }, version: { attribute: false } };
  static override styles = [shared, dashboardStyles, modelsStyles];
  declare model: DashboardModel;
  declare version: number;
  readonly #work = remembered(workFigures);
  readonly #agreement = remembered(agreementFigures);
  readonly #calibration = remembered(calibrationFigures);
  readonly #effects = remembered(effectFigures);
  readonly #models = remembered(modelFigures);
  readonly #verdicts = remembered(verdictFigures);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
  }

  override render(): TemplateResult {
    const { state } = this.model;
    return html`${filterBar(this.model, this.#toggleAllButton())}
      <main aria-busy=${state.phase === 'loading' || state.isWorking} tabindex="-1">
        <div id="page" role="tabpanel" aria-labelledby=${`tab-${this.model.kept.page}`}>
          ${this.#content()}
        </div>
      </main>`;
  }

  #toggleAllButton(): TemplateResult | typeof nothing {
    const { quick } = this.model.state;
    if (quick === undefined || quick.submitted === 0) return nothing;
    return html`<button @click=${() => this.model.toggleAll(this.#ids())}>
      ${this.model.areTables(this.#ids()) ? 'All as charts' : 'All as tables'} <kbd>Shift+T</kbd>
    </button>`;
  }

  #content(): TemplateResult {
    const { phase, message, quick } = this.model.state;
    if (phase === 'failed') return failureView(this.model, message);
    if (quick === undefined) return loadingView();
    if (quick.stored === 0) return noReviewsView(this.model);
    if (quick.submitted === 0) return noMatchView(this.model, quick.stored);
    const models = this.model.kept.page === 'models' ? this.model.state.models : undefined;
    const line = [summary(quick), ...(models && hasModels(models) ? [modelsSummary(models)] : [])].join('; ');
    return html`<p class="summary" role="status">${line}</p>
      ${
        models && !hasModels(models) ? modelsNotice(models, () => this.model.request('show-models')) : nothing
      }
      ${this.#parts().map(
        ([title, figures]) =>
          html`<h2>${title}</h2>
            ${
              figures === undefined
                ? html`<div class="working">
                    <vscode-progress-ring></vscode-progress-ring
                    ><span role="status">Computing the intervals…</span>
                  </div>`
                : html`<div class="grid">${figures.map((each) => this.#figure(each))}</div>`
            }`,
      )}`;
  }

  /** Gives the same objects for the same figures, so that unchanged figures are not redrawn. */
  #parts(): [title: string, figures: readonly Figure[] | undefined][] {
    const { quick, slow, models } = this.model.state;
    if (quick === undefined) return [];
    if (this.model.kept.page === 'models') return this.#modelParts(models);
    return [
      ['Work', this.#work(quick)],
      ['Agreement', slow && this.#agreement(slow)],
      ['Calibration', this.#calibration(quick)],
      ['Effects', slow && this.#effects(quick, slow)],
    ];
  }

  #modelParts(models: ShownModels | undefined): [title: string, figures: readonly Figure[] | undefined][] {
    if (models === undefined) return [['Models', undefined]];
    const verdicts: [string, readonly Figure[]] = ['Evaluators', this.#verdicts(models)];
    return hasModels(models) ? [['Models', this.#models(models)], verdicts] : [verdicts];
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

  /** T toggles the focused figure between chart and table, Shift+T all figures. */
  #key(event: KeyboardEvent): void {
    const isChord = event.ctrlKey || event.metaKey || event.altKey;
    const [target] = event.composedPath();
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.key.toLowerCase() !== 't' || isChord || isTyping) return;
    event.preventDefault();
    const figure = event.composedPath().find((node) => node instanceof FigureView);
    if (!event.shiftKey) return figure?.toggle();
    figure?.keepFocus();
    this.model.toggleAll(this.#ids());
  }
}
customElements.define('tiebreak-dashboard', DashboardApp);

function summary({
  submitted,
  reviews,
  evaluators,
}: {
  submitted: number;
  reviews: number;
  evaluators: readonly unknown[];
}) {
  return `${count(submitted)} submitted, ${count(reviews)} in effect, by ${count(evaluators.length)} ${evaluators.length === 1 ? 'evaluator' : 'evaluators'}`;
}

/** Remembers the last result of a function for the same arguments. */
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

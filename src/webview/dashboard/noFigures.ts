import { html, type TemplateResult } from 'lit';
import type { DashboardModel } from './dashboardModel.ts';
import { count } from './numbers.ts';

/* Messages that the dashboard shows instead of figures. */

export function loadingView(): TemplateResult {
  return html`<div class="alone">
    <vscode-progress-ring></vscode-progress-ring>
    <p role="status">Reading the reviews…</p>
  </div>`;
}

/** Reviews are stored, but the filters admit none of them. */
export function noMatchView(model: DashboardModel, stored: number): TemplateResult {
  return html`<div class="alone">
    <h2>No reviews match the filters</h2>
    <p role="status">
      ${count(stored)} ${stored === 1 ? 'review is' : 'reviews are'} stored. Choose a longer period, or clear
      the filters.
    </p>
    <div class="buttons">
      <button class="primary" @click=${() => model.choose(undefined)}>Clear filters</button>
    </div>
  </div>`;
}

/** The figures could not be computed. */
export function failureView(model: DashboardModel, message: string): TemplateResult {
  return html`<div class="alone">
    <h2>The figures could not be computed</h2>
    <p role="alert">${message}</p>
    <div class="buttons">
      <button class="primary" @click=${() => model.ask()}>Try again</button>
      <button @click=${() => model.request('log')}>Show log</button>
    </div>
  </div>`;
}

/** No review is stored. */
export function noReviewsView(model: DashboardModel): TemplateResult {
  return html`<div class="alone">
    <h2>No reviews yet</h2>
    <p role="status">
      The dashboard shows submitted reviews. Submit a review, or import the reviews of other evaluators.
    </p>
    <div class="buttons">
      <button class="primary" @click=${() => model.request('next-task')}>Open next task</button>
      <button @click=${() => model.request('import')}>Import tasks or reviews…</button>
    </div>
  </div>`;
}

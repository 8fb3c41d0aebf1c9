import { html, type TemplateResult } from 'lit';
import type { DashboardModel } from './dashboardModel.ts';
import type { Kept } from './filters.ts';

const pages: Readonly<Record<Kept['page'], string>> = { reviews: 'Reviews', models: 'Models' };

/** The tabs of the dashboard's pages. The arrow keys choose the other tab and move the focus to it. */
export function pageTabs(model: DashboardModel): TemplateResult {
  const { page } = model.kept;
  return html`<div
    class="tabs"
    role="tablist"
    aria-label="Pages"
    @keydown=${(event: KeyboardEvent) => turnPage(model, event)}
  >
    ${Object.entries(pages).map(
      ([id, name]) =>
        html`<button
          id=${`tab-${id}`}
          role="tab"
          aria-selected=${page === id}
          aria-controls="page"
          tabindex=${page === id ? 0 : -1}
          @click=${() => model.showPage(id as Kept['page'])}
        >
          ${name}
        </button>`,
    )}
  </div>`;
}

function turnPage(model: DashboardModel, event: KeyboardEvent): void {
  if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
  event.preventDefault();
  const page = model.kept.page === 'reviews' ? 'models' : 'reviews';
  model.showPage(page);
  // A button with tabindex −1 takes the focus too, so it need not wait until the tabs are drawn again.
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${page}`)?.focus();
}

import { html, nothing, type TemplateResult } from 'lit';
import type { DashboardModel } from './dashboardModel.ts';
import { pageTabs } from './pageTabs.ts';
import { isFiltered, periods, type FilterChoice } from './filters.ts';

/** The head of the dashboard, which selects the reviews; `toggle` is at its end. */
export function filterBar(model: DashboardModel, toggle: TemplateResult | typeof nothing): TemplateResult {
  const { quick } = model.state;
  const { choice } = model.kept;
  return html`<header class="top">
    <h1>Dashboard</h1>
    ${pageTabs(model)}
    <label>
      Period
      <select @change=${(event: Event) => change(model, { period: chosen(event) as FilterChoice['period'] })}>
        ${Object.entries({ ...periods, between: 'Between…' }).map(([value, name]) =>
          option(value, name, choice.period),
        )}
      </select>
    </label>
    ${
      choice.period === 'between'
        ? html`${dayField(model, 'From', 'from', choice.from)} ${dayField(model, 'To', 'to', choice.to)}`
        : nothing
    }
    ${choiceField(model, 'Language', 'language', quick?.choices.languages ?? [], choice.language)}
    ${choiceField(model, 'Evaluator', 'evaluator', quick?.choices.evaluators ?? [], choice.evaluator)}
    ${
      isFiltered(choice)
        ? html`<button @click=${() => model.choose(undefined)}>Clear filters</button>`
        : nothing
    }
    <span class="grow"></span>
    ${toggle}
  </header>`;
}

function dayField(model: DashboardModel, name: string, field: 'from' | 'to', value: string): TemplateResult {
  return html`<label>
    ${name}
    <input
      type="date"
      .value=${value}
      @change=${(event: Event) => change(model, { [field]: chosen(event) })}
    />
  </label>`;
}

function choiceField(
  model: DashboardModel,
  name: string,
  field: 'language' | 'evaluator',
  values: readonly string[],
  value: string,
): TemplateResult {
  // Show a choice from an earlier session even if no review has that value now.
  const all = value === '' || values.includes(value) ? values : [...values, value];
  return html`<label>
    ${name}
    <select @change=${(event: Event) => change(model, { [field]: chosen(event) })}>
      ${option('', 'All', value)} ${all.map((each) => option(each, each, value))}
    </select>
  </label>`;
}

function change(model: DashboardModel, choice: Partial<FilterChoice>): void {
  model.choose({ ...model.kept.choice, ...choice });
}

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement | HTMLInputElement).value;
}

function option(value: string, name: string, selected: string): TemplateResult {
  return html`<option value=${value} ?selected=${value === selected}>${name}</option>`;
}

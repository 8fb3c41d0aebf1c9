import { html, type TemplateResult } from 'lit';
import type { ShownModels } from '../../protocol/dashboard.ts';
import { count } from './numbers.ts';

/** Whether there are figures of models to show. */
export function hasModels({ isNamed, compared }: ShownModels): boolean {
  return isNamed && compared > 0;
}

/** Why the Models page has no figure of a model, and what to do about it. */
export function modelsNotice({ isNamed, withheld }: ShownModels, openSetting: () => void): TemplateResult {
  if (!isNamed)
    return html`<div class="notice">
      <h2>Model names are hidden</h2>
      <p role="status">
        They are shown when the setting “Show Models” is on, and only for tasks that have a submitted review
        and that you no longer have to judge.
      </p>
      <div class="buttons"><button class="primary" @click=${openSetting}>Open setting</button></div>
    </div>`;
  return withheld > 0
    ? html`<div class="notice">
        <h2>No models to compare yet</h2>
        <p role="status">
          ${withheldText(withheld)} Their models are named after you have submitted your own.
        </p>
      </div>`
    : html`<div class="notice">
        <h2>No model names in these tasks</h2>
        <p role="status">
          Models are compared where both answers of a task have a “model” and a review ranks them. Import
          tasks whose answers name their models.
        </p>
      </div>`;
}

/** The line above the figures. */
export function modelsSummary({ compared, models, withheld }: ShownModels): string {
  const votes = `${count(compared)} ${compared === 1 ? 'vote' : 'votes'} between ${count(models.length)} models`;
  return withheld === 0 ? votes : `${votes}. ${withheldText(withheld)}`;
}

function withheldText(withheld: number): string {
  return withheld === 1
    ? '1 review is left out: you have not judged its task yet.'
    : `${count(withheld)} reviews are left out: you have not judged their tasks yet.`;
}

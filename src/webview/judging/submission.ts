import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../actions.ts';
import type { Model } from '../model.ts';

/** Verdicts by shown side, in the order of their keys. */
export const verdictOptions = [
  { value: -3, label: 'A much better' },
  { value: -2, label: 'A better' },
  { value: -1, label: 'A slightly better' },
  { value: 0, label: 'Tie' },
  { value: 1, label: 'B slightly better' },
  { value: 2, label: 'B better' },
  { value: 3, label: 'B much better' },
  { value: 'both-bad', label: 'Both bad' },
] as const;

/** The end of a reviewer's form: what it was refused for, and the button that submits it or takes it up again. */
export function submission(
  { attention }: Model,
  actions: Actions,
  submitted: boolean,
  what: 'inspection' | 'settlement',
): TemplateResult {
  const { obstacles, submitting } = attention;
  return html`
    ${
      obstacles.length === 0
        ? nothing
        : html`<ul class="obstacles" role="alert">
            ${obstacles.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
    <div class="line">
      ${
        submitted
          ? html`<button class="primary" @click=${() => actions.revise()}>Change</button>
              <span class="dim">Submitted; a change is a new record</span>`
          : html`<button class="primary" ?disabled=${submitting} @click=${() => void actions.submit()}>
              ${submitting ? 'Submitting…' : `Submit ${what}`} <kbd>Ctrl+⏎</kbd>
            </button>`
      }
    </div>
  `;
}

import { html, nothing, type TemplateResult } from 'lit';
import { obstacleText } from '../../core/review/obstacle.ts';
import type { Actions } from '../state/actions.ts';
import type { Model } from '../state/model.ts';
import { missingLinks, type MissingLink } from './missingLinks.ts';

/** The part of a reviewer's form that its foot shows. */
interface Form {
  readonly submitted: boolean;
  readonly what: 'inspection' | 'settlement';
  readonly missing: readonly MissingLink[];
}

/** The foot of a reviewer's form: why a submission was refused, and the button that submits or reopens the form. */
export function submission(
  { attention }: Model,
  actions: Actions,
  { submitted, what, missing }: Form,
): TemplateResult {
  const { obstacles, submitting } = attention;
  return html`<div class="submission">
    ${
      submitted || obstacles.length === 0
        ? nothing
        : html`<ul class="obstacles" role="alert">
            ${obstacles.map((each) => html`<li>${obstacleText(each)}</li>`)}
          </ul>`
    }
    <div class="line">
      ${
        submitted
          ? html`<button class="primary" @click=${() => actions.revise()}>Change</button>
              <span class="dim">Submitted. A change is saved as a new record</span>`
          : html`<button class="primary" ?disabled=${submitting} @click=${() => void actions.submit()}>
                ${submitting ? 'Submitting…' : `Submit ${what}`} <kbd>Ctrl+⏎</kbd>
              </button>
              ${missing.length === 0 ? nothing : missingLinks(missing, obstacles.length > 0)}`
      }
    </div>
  </div>`;
}

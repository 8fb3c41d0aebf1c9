import { css, html, nothing, type TemplateResult } from 'lit';
import { obstacleText } from '../../core/review/obstacle.ts';
import { counted } from '../text/format.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import { missingIn, type Missing } from './missing.ts';
import { missingStyles } from '../styles/missingStyles.ts';
import { missingLinks } from './missingLinks.ts';

/** The submit button, the missing parts, and why the last attempt was refused. */
export class SubmitPart extends Part {
  static override styles = [
    shared,
    missingStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 6px;
      }
      ul {
        margin: 0;
        padding-left: 18px;
        color: var(--bad);
      }
      .submit {
        display: flex;
        gap: 4px 8px;
        /* The button does not move if the text beside it takes another line. */
        align-items: end;
      }
      .primary {
        padding: 5px 14px;
      }
      .state {
        flex: 1;
        min-width: 0;
        padding-bottom: 5px;
        text-align: right;
      }
    `,
  ];

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    const { submitting } = this.model.attention;
    // The links say what is missing.
    const obstacles = this.model.attention.obstacles.filter(({ kind }) => kind !== 'missing');
    return html`
      ${
        obstacles.length === 0
          ? nothing
          : html`<ul role="alert">
              ${obstacles.map((each) => html`<li>${obstacleText(each)}</li>`)}
            </ul>`
      }
      <div class="submit">
        ${
          task.submitted
            ? html`<button class="primary" @click=${() => this.actions.revise()}>Revise</button>
                <span class="dim state">Submitted. A revision is saved as a new record</span>`
            : html`<button class="primary" ?disabled=${submitting} @click=${() => void this.actions.submit()}>
                  ${submitting ? 'Submitting…' : 'Submit and next'} <kbd>Ctrl+⏎</kbd>
                </button>
                <span class="state">${this.#state()}</span>`
        }
      </div>
    `;
  }

  /** The missing parts, or else the number of findings. */
  #state(): TemplateResult {
    const missing = missingIn(this.model);
    if (missing.length === 0) return html`<span class="dim">${this.#findings()}</span>`;
    const go = (detail: Missing) => () =>
      this.dispatchEvent(new CustomEvent('remedy', { detail, bubbles: true, composed: true }));
    return missingLinks(
      missing.map(({ what, text }) => ({ text, go: go(what) })),
      this.model.attention.obstacles.length > 0,
    );
  }

  #findings(): string {
    const { draft } = this.model.state;
    const findings = this.model.asked!.judgement ? (this.model.state.findings ?? []) : [];
    const overridden = new Set(draft?.overrides.map(({ rule }) => rule));
    const errors = findings.filter(({ severity, rule }) => severity === 'E' && !overridden.has(rule)).length;
    const warnings = findings.filter(({ severity }) => severity === 'W').length;
    return `${errors === 0 ? 'No errors' : counted(errors, 'error')}, ${warnings === 0 ? 'no warnings' : counted(warnings, 'warning')}`;
  }
}
customElements.define('tiebreak-submit', SubmitPart);

import { css, html, nothing, type TemplateResult } from 'lit';
import { counted } from '../format.ts';
import { Part } from '../part.ts';
import { shared } from '../styles.ts';

/** Submitting: what is still to do, what was refused, and the button. */
export class SubmitPart extends Part {
  static override styles = [
    shared,
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
        align-items: center;
        flex-wrap: wrap;
      }
      .primary {
        padding: 5px 14px;
      }
      .state {
        flex: 1;
        min-width: 12em;
        text-align: right;
      }
    `,
  ];

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    const { obstacles, submitting } = this.model.attention;
    return html`
      ${
        obstacles.length === 0
          ? nothing
          : html`<ul role="alert">
              ${obstacles.map((text) => html`<li>${text}</li>`)}
            </ul>`
      }
      <div class="submit">
        ${
          task.submitted
            ? html`<button class="primary" @click=${() => this.actions.revise()}>Revise</button>
                <span class="dim state">Submitted; a revision is a new record</span>`
            : html`<button class="primary" ?disabled=${submitting} @click=${() => void this.actions.submit()}>
                  ${submitting ? 'Submitting…' : 'Submit and next'} <kbd>Ctrl+⏎</kbd>
                </button>
                <span class="dim state">${this.#state()}</span>`
        }
      </div>
    `;
  }

  /** What is left to judge; once nothing is, what the rules found. */
  #state(): string {
    const { draft } = this.model.state;
    const findings = this.model.asked!.judgement ? (this.model.state.findings ?? []) : [];
    const open = this.#open();
    if (open.length > 0) return `To do: ${open.join(', ')}`;
    const overridden = new Set(draft?.overrides.map(({ rule }) => rule));
    const errors = findings.filter(({ severity, rule }) => severity === 'E' && !overridden.has(rule)).length;
    const warnings = findings.filter(({ severity }) => severity === 'W').length;
    return `${errors === 0 ? 'No errors' : counted(errors, 'error')}, ${warnings === 0 ? 'no warnings' : counted(warnings, 'warning')}`;
  }

  #open(): string[] {
    const { task, draft, ideal, cases } = this.model.state;
    if (!task || !draft) return [];
    const asked = this.model.asked!;
    const scores = task.answers.flatMap(({ side }) =>
      task.rubric.criteria.filter(({ id }) => draft.scores[side]?.[id] === undefined),
    );
    return [
      ...(asked.rank && draft.preference === null ? ['preference'] : []),
      ...(asked.scores && scores.length > 0 ? [counted(scores.length, 'score')] : []),
      ...(asked.judgement && draft.rationale.text.trim() === '' ? ['rationale'] : []),
      ...(asked.ideal && (!ideal || ideal.proof.state === 'missing') ? ['a proved ideal'] : []),
      ...(asked.ideal && ideal?.findings.some(({ severity }) => severity === 'E') === true
        ? ['its notes']
        : []),
      ...(asked.cases && !cases?.cases.some(({ origin }) => origin !== 'task') ? ['a case'] : []),
    ];
  }
}
customElements.define('tiebreak-submit', SubmitPart);

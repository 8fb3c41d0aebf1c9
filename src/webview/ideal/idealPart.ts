import { css, html, nothing, type TemplateResult } from 'lit';
import type { IdealField } from '../../core/ideal/idealDraft.ts';
import type { PanelIdeal } from '../../protocol/panel/state.ts';
import { counted, severityStyles } from '../text/format.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';

const fields: Readonly<Record<IdealField, { label: string; placeholder: string; rows: number }>> = {
  notes: { label: 'Notes', placeholder: 'What you changed, and why', rows: 3 },
  references: { label: 'References', placeholder: 'One per line: Title https://…', rows: 2 },
  reason: {
    label: 'Why no case separates a weak answer from the ideal',
    placeholder: 'Only when no such case can exist',
    rows: 2,
  },
};

/** The ideal solution: its proof, its distance from the answer that it started from, and the trainer's notes. */
export class IdealPart extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      :host([hidden]) {
        display: none;
      }
      h2 {
        justify-content: space-between;
        margin-bottom: 5px;
      }
      h2 button {
        font-size: 11px;
        padding: 0 4px;
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
      }
      p {
        margin: 0 0 4px;
      }
      label {
        display: block;
        font-size: 12px;
        margin-top: 4px;
      }
      textarea {
        width: 100%;
        box-sizing: border-box;
        resize: vertical;
      }
      .findings {
        margin: 2px 0 0;
        padding: 0;
        list-style: none;
        font-size: 12px;
      }
      .tools {
        display: flex;
        gap: 10px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { task, ideal } = this.model.state;
    // An empty element would still take up the gap between two parts.
    this.hidden = !task || (!ideal && this.model.asked?.ideal !== true);
    if (this.hidden || !task) return nothing;
    return html`<section aria-label="Ideal solution">
      <h2>
        Ideal
        ${
          this.model.mode === 'judge'
            ? html`<button @click=${() => this.actions.open({ what: 'ideal' })}>
                ${ideal ? 'Open files' : 'Write ideal…'} <kbd>O</kbd>
              </button>`
            : nothing
        }
      </h2>
      ${ideal ? this.#started(ideal) : html`<p class="dim">Not started. Start from an empty file or from the files of an answer.</p>`}
    </section>`;
  }

  /** Fills fields with the host's text, except the field that has the focus. */
  protected override updated(): void {
    const { ideal } = this.model.state;
    if (!ideal) return;
    for (const area of this.renderRoot.querySelectorAll('textarea')) {
      const text = ideal[area.name as IdealField];
      if (!area.matches(':focus') && area.value !== text) area.value = text;
    }
  }

  #started(ideal: PanelIdeal): TemplateResult {
    const { task } = this.model.state;
    const diff = (side: 'A' | 'B') => () => this.actions.open({ what: 'ideal-diff', side });
    return html`
      ${this.#proof(ideal)}
      <p class="dim">${distance(ideal)}</p>
      <div class="tools" ?hidden=${this.model.mode !== 'judge'}>
        ${task!.answers.map(
          ({ side }) => html`<button class="link" @click=${diff(side)}>Compare with ${side}</button>`,
        )}
      </div>
      ${this.#field('notes')} ${this.#findings(ideal)} ${this.#field('references')}
      ${ideal.proof.state === 'cases' && ideal.reason === '' ? nothing : this.#field('reason')}
    `;
  }

  #proof({ proof }: PanelIdeal): TemplateResult {
    if (proof.state === 'missing')
      return html`<p class="warn" role="status">
        <vscode-icon name="circle-large-outline"></vscode-icon> Not proved: ${proof.missing}
      </p>`;
    const by =
      proof.state === 'reason'
        ? 'by the reason given'
        : `passes every case; a weak answer fails ${proof.cases.join(', ')}`;
    return html`<p class="ok" role="status"><vscode-icon name="verified"></vscode-icon> Proved: ${by}</p>`;
  }

  /** Findings on the notes. Missing notes are listed beside the submit button instead. */
  #findings({ findings, notes }: PanelIdeal): TemplateResult | typeof nothing {
    if (findings.length === 0 || notes.trim() === '') return nothing;
    return html`<ul class="findings" aria-label="Findings on the notes">
      ${findings.map(({ rule, severity, message }) => {
        const { icon, tone, name } = severityStyles[severity];
        return html`<li data-rule=${rule}>
          <vscode-icon class=${tone} name=${icon} label=${name}></vscode-icon> ${message}
        </li>`;
      })}
    </ul>`;
  }

  #field(name: IdealField): TemplateResult {
    const { label, placeholder, rows } = fields[name];
    return html`<label
      >${label}
      <textarea
        name=${name}
        rows=${rows}
        spellcheck="true"
        placeholder=${placeholder}
        ?readonly=${this.model.state.task?.submitted ?? true}
        @input=${(event: Event) => this.actions.typeIdeal(name, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </label>`;
  }
}
customElements.define('tiebreak-ideal', IdealPart);

/** `From B: 3 lines added, 1 line removed, 80% kept`. */
function distance({ startedFrom, distance: { added, removed, kept } }: PanelIdeal): string {
  const lines = `${counted(added, 'line')} added, ${counted(removed, 'line')} removed`;
  if (startedFrom === null) return `From an empty file: ${lines}`;
  return `From ${startedFrom}: ${lines}, ${Math.round(kept * 100)}% of ${startedFrom} kept`;
}

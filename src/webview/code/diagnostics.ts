import { css, html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Side } from '../../core/preference.ts';
import type { PanelChecksSide } from '../../protocol/webview.ts';
import { counted } from '../format.ts';
import { Part } from '../part.ts';
import { shared } from '../styles.ts';
import { countsOf, flagKindOf, isFlagged, type Suspicion } from './suspicions.ts';

const icons = { error: 'error', warning: 'warning', info: 'info' } as const;
/** The question that a finding puts to the person. */
const suspicionNames: Partial<Record<Diagnostic['category'], string>> = {
  'unknown-api': 'Hallucinated API?',
  unsafe: 'Unsafe?',
  'personal-data': 'Secret or personal data?',
};
const tones = { error: 'bad', warning: 'warn', info: 'dim' } as const;

/** What the checks found, A's beside B's, and the ideal's where there is one. */
export class Diagnostics extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
      }
      .columns {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 1fr);
        overflow: auto;
      }
      section + section {
        border-left: 1px solid var(--line);
      }
      section {
        padding: 4px 0;
      }
      h2 {
        padding: 2px 10px;
      }
      h2 span {
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
      }
      .item {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
      }
      .item > .flag {
        padding: 0 10px 0 6px;
      }
      .place {
        display: grid;
        grid-template-columns: 18px 44px minmax(0, 1fr);
        text-align: left;
        white-space: normal;
        align-items: start;
        padding: 2px 10px;
        border-radius: 0;
      }
      p,
      details {
        margin: 0;
        padding: 2px 10px;
      }
      details p {
        padding: 2px 0 2px 14px;
      }
    `,
  ];

  override render(): TemplateResult {
    const shown = this.model.state.task?.answers.map(({ side }) => side) ?? [];
    const { ideal } = this.model.state;
    return html`
      <div class="bar">
        <slot name="tabs"></slot><span class="dim">The same checks on both sides, in the sandbox</span>
      </div>
      <div class="columns" tabindex="0" role="region" aria-label="Diagnostics">
        ${shown.map((side) => this.#column(side, this.model.state.checks?.[side]))}
        ${ideal ? this.#column('Ideal', ideal.checks) : nothing}
      </div>
    `;
  }

  #column(of: Side | 'Ideal', checks: PanelChecksSide | undefined): TemplateResult {
    const found = checks?.diagnostics ?? [];
    const { errors, warnings, unknownApi, unsafe } = countsOf(found);
    return html`<section aria-label="Diagnostics of ${of}">
      <h2>
        ${of}<span class="num"
          >${counted(errors, 'error')} · ${counted(warnings, 'warning')} · ${unknownApi} unknown API ·
          ${unsafe} unsafe</span
        >${checks?.phase === 'running' ? html`<span>checking…</span>` : nothing}
      </h2>
      ${(checks?.notes ?? []).map((note) => html`<p class="warn">${note}</p>`)}
      ${found.map((diagnostic) => this.#item(of, diagnostic))} ${this.#absent(checks?.absent ?? [])}
      ${found.length === 0 && checks?.phase === 'done' && checks.notes.length === 0 ? html`<p class="dim">Nothing found.</p>` : nothing}
      ${checks === undefined || checks.phase === 'none' ? html`<p class="dim">There is no check for this language.</p>` : nothing}
    </section>`;
  }

  /** Tools that would say more, and how to get them. */
  #absent(notes: readonly string[]): TemplateResult | typeof nothing {
    if (notes.length === 0) return nothing;
    return html`<details class="dim">
      <summary>${counted(notes.length, 'tool')} not installed here</summary>
      ${notes.map((note) => html`<p>${note}</p>`)}
    </details>`;
  }

  #item(of: Side | 'Ideal', diagnostic: Diagnostic): TemplateResult {
    const { file, range, severity, message, source, code } = diagnostic;
    const go = () => {
      if (of === 'Ideal') return this.actions.open({ what: 'ideal' });
      const side = of;
      this.model.arrange({ view: 'code' });
      this.model.attend({
        files: { ...this.model.attention.files, [side]: file },
        selection: { side, file, from: range.startLine, to: range.endLine },
      });
      this.dispatchEvent(
        new CustomEvent('reveal', { detail: { side, line: range.startLine }, bubbles: true, composed: true }),
      );
    };
    return html`<div class="item">
      <button class="place" @click=${go}>
        <vscode-icon class=${tones[severity]} name=${icons[severity]} label=${severity}></vscode-icon>
        <span class="num dim">:${range.startLine}</span>
        <span>${this.#suspicion(diagnostic)}${message} <span class="dim">${source} ${code}</span></span>
      </button>
      ${of === 'Ideal' ? nothing : this.#flag({ side: of, diagnostic })}
    </div>`;
  }

  /** What it may be, before what the tool says. */
  #suspicion({ category, severity }: Diagnostic): TemplateResult | typeof nothing {
    const tone = severity === 'info' ? 'dim' : 'bad';
    const name = suspicionNames[category];
    return name === undefined ? nothing : html`<b class=${tone}>${name}</b> `;
  }

  /** Makes a flag of it; where there is one already, says so. */
  #flag(suspicion: Suspicion): TemplateResult | typeof nothing {
    const { draft, task } = this.model.state;
    const isAsked = this.model.asked?.judgement !== false;
    if (!isAsked || flagKindOf(suspicion.diagnostic) === undefined) return nothing;
    if (isFlagged(draft?.flags ?? [], suspicion)) return html`<span class="flag dim">flagged</span>`;
    if (task?.submitted === true) return nothing;
    return html`<button
      class="flag"
      title="Flag these lines (key U flags the selected lines' finding, or the first that is not flagged)"
      aria-label="Flag line ${suspicion.diagnostic.range.startLine} of ${suspicion.side}"
      @click=${() => this.actions.flagSuspicion(suspicion)}
    >
      Flag
    </button>`;
  }
}
customElements.define('tiebreak-diagnostics', Diagnostics);

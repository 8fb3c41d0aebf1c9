import { css, html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Side } from '../core/preference.ts';
import type { PanelChecksSide } from '../protocol/webview.ts';
import { counted } from './format.ts';
import { Part } from './part.ts';
import { shared } from './styles.ts';

const icons = { error: 'error', warning: 'warning', info: 'info' } as const;
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
        grid-template-columns: 18px 44px minmax(0, 1fr);
        width: 100%;
        text-align: left;
        white-space: normal;
        align-items: start;
        padding: 2px 10px;
        border-radius: 0;
      }
      p {
        margin: 0;
        padding: 2px 10px;
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
    const errors = found.filter(({ severity }) => severity === 'error').length;
    const warnings = found.filter(({ severity }) => severity === 'warning').length;
    return html`<section aria-label="Diagnostics of ${of}">
      <h2>
        ${of}<span class="num">${counted(errors, 'error')} · ${counted(warnings, 'warning')}</span
        >${checks?.phase === 'running' ? html`<span>checking…</span>` : nothing}
      </h2>
      ${(checks?.notes ?? []).map((note) => html`<p class="warn">${note}</p>`)}
      ${found.map((diagnostic) => this.#item(of, diagnostic))}
      ${found.length === 0 && checks?.phase === 'done' && checks.notes.length === 0 ? html`<p class="dim">Nothing found.</p>` : nothing}
      ${checks === undefined || checks.phase === 'none' ? html`<p class="dim">There is no check for this language yet.</p>` : nothing}
    </section>`;
  }

  #item(
    of: Side | 'Ideal',
    { file, range, severity, message, source, code, category }: Diagnostic,
  ): TemplateResult {
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
    return html`<button class="item" @click=${go}>
      <vscode-icon class=${tones[severity]} name=${icons[severity]} label=${severity}></vscode-icon>
      <span class="num dim">:${range.startLine}</span>
      <span
        >${category === 'unknown-api' ? html`<b class="bad">Unknown API?</b> ` : nothing}${message}
        <span class="dim">${source} ${code}</span></span
      >
    </button>`;
  }
}
customElements.define('tiebreak-diagnostics', Diagnostics);

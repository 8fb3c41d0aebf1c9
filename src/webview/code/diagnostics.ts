import { css, html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import { visibleText } from '../../core/text/visible.ts';
import type { PanelChecksSide } from '../../protocol/panel/state.ts';
import { counted } from '../text/format.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import { countsOf, flagKindOf, isFlagged, type Suspicion } from './suspicions.ts';

const icons = { error: 'error', warning: 'warning', info: 'info' } as const;
/** Shown as a question: the person decides. */
const suspicionNames: Partial<Record<Diagnostic['category'], string>> = {
  'unknown-api': 'Hallucinated API?',
  unsafe: 'Unsafe?',
  'games-tests': 'Games the tests?',
  'personal-data': 'Secret or personal data?',
};
const tones = { error: 'bad', warning: 'warn', info: 'dim' } as const;

/** The diagnostics of A, of B and of the ideal, side by side. */
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
        <slot name="tabs"></slot
        ><span class="dim">Both answers are checked by the same tools, in the sandbox</span>
      </div>
      <div class="columns" tabindex="0" role="region" aria-label="Diagnostics">
        ${shown.map((side) => this.#column(side, this.model.state.checks?.[side]))}
        ${ideal ? this.#column('Ideal', ideal.checks) : nothing}
      </div>
    `;
  }

  #column(of: Side | 'Ideal', checks: PanelChecksSide | undefined): TemplateResult {
    const found = checks?.diagnostics ?? [];
    const { errors, warnings, unknownApi, unsafe, gamesTests } = countsOf(found);
    return html`<section aria-label="Diagnostics of ${of}">
      <h2>
        ${of}<span class="num"
          >${counted(errors, 'error')} · ${counted(warnings, 'warning')} · ${unknownApi} unknown API ·
          ${unsafe} unsafe${gamesTests === 0 ? '' : ` · ${gamesTests} games tests`}</span
        >${checks?.phase === 'running' ? html`<span>checking…</span>` : nothing}
      </h2>
      ${(checks?.notes ?? []).map((note) => html`<p class="warn">${visibleText(note)}</p>`)}
      ${found.map((diagnostic) => this.#item(of, diagnostic))}
      ${found.length === 0 && checks?.phase === 'done' && checks.notes.length === 0 ? html`<p class="dim">No problems found.</p>` : nothing}
      ${this.#tools(checks?.tools ?? [])} ${this.#absent(checks?.absent ?? [])}
      ${checks === undefined || checks.phase === 'none' ? html`<p class="dim">No check supports this language.</p>` : nothing}
    </section>`;
  }

  #tools(tools: readonly string[]): TemplateResult | typeof nothing {
    return tools.length === 0 ? nothing : html`<p class="dim">Checked with ${tools.join(', ')}</p>`;
  }

  /** Tools that are not installed, and how to install them. */
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
        <span
          >${this.#suspicion(diagnostic)}${visibleText(message)}
          <span class="dim">${source} ${code}</span></span
        >
      </button>
      ${of === 'Ideal' ? nothing : this.#flag({ side: of, diagnostic })}
    </div>`;
  }

  #suspicion({ category, severity }: Diagnostic): TemplateResult | typeof nothing {
    const tone = severity === 'info' ? 'dim' : 'bad';
    const name = suspicionNames[category];
    return name === undefined ? nothing : html`<b class=${tone}>${name}</b> `;
  }

  /** A button that flags the lines of the diagnostic, unless they are flagged already. */
  #flag(suspicion: Suspicion): TemplateResult | typeof nothing {
    const { draft, task } = this.model.state;
    const isAsked = this.model.asked?.judgement !== false;
    if (!isAsked || flagKindOf(suspicion.diagnostic) === undefined) return nothing;
    if (isFlagged(draft?.flags ?? [], suspicion)) return html`<span class="flag dim">flagged</span>`;
    if (task?.submitted === true) return nothing;
    return html`<button
      class="flag"
      title="Flag these lines. Key U flags the finding on the selected lines, or else the first unflagged one"
      aria-label="Flag line ${suspicion.diagnostic.range.startLine} of ${suspicion.side}"
      @click=${() => this.actions.flagSuspicion(suspicion)}
    >
      Flag
    </button>`;
  }
}
customElements.define('tiebreak-diagnostics', Diagnostics);

import { css, html, nothing, type TemplateResult } from 'lit';
import type { ShownPreference, Side } from '../core/preference.ts';
import type { Criterion } from '../core/rubric.ts';
import type { PanelFlag } from '../protocol/webview.ts';
import { flagNames } from './format.ts';
import { Part } from './part.ts';
import { shared } from './styles.ts';

const strengths = [
  { value: -3, text: '3', label: 'A much better' },
  { value: -2, text: '2', label: 'A better' },
  { value: -1, text: '1', label: 'A slightly better' },
  { value: 0, text: '=', label: 'Tie' },
  { value: 1, text: '1', label: 'B slightly better' },
  { value: 2, text: '2', label: 'B better' },
  { value: 3, text: '3', label: 'B much better' },
] as const;

/** Preference, rubric and flags. */
export class Judgement extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
      h3 {
        justify-content: space-between;
        margin-bottom: 5px;
      }
      h3 span {
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
      }
      .preference {
        display: grid;
        grid-template-columns: repeat(7, 1fr);
        gap: 3px;
      }
      .preference button {
        height: 30px;
        border-color: var(--edge);
        justify-content: center;
        font-weight: 600;
        padding: 0;
      }
      .chosen {
        background: var(--vscode-button-background) !important;
        color: var(--vscode-button-foreground);
        border-color: var(--vscode-contrastActiveBorder, var(--vscode-button-background)) !important;
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        align-items: center;
        font-size: 11px;
        color: var(--dim);
        margin-top: 3px;
      }
      .ends button {
        font-size: 11px;
        border-color: var(--edge);
        padding: 0 8px;
      }
      .rubric {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: 4px 10px;
        align-items: center;
      }
      .rubric .name {
        padding: 0;
        justify-content: flex-start;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .dots {
        display: inline-flex;
        gap: 2px;
      }
      .dots button {
        width: 19px;
        height: 19px;
        padding: 0;
        justify-content: center;
        font-size: 10px;
        border-color: var(--edge);
        border-radius: 3px;
        color: var(--dim);
      }
      .sides {
        font-size: 11px;
        color: var(--dim);
        text-align: center;
      }
      .meaning {
        grid-column: 1 / -1;
        font-size: 12px;
        color: var(--dim);
        min-height: 2.9em;
      }
      .scale {
        grid-column: 1 / -1;
        margin: 0 0 4px;
        padding: 4px 8px;
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 2px 8px;
        font-size: 12px;
        border-left: 2px solid var(--line);
      }
      .scale dt,
      .scale dd {
        margin: 0;
      }
      .flag {
        display: flex;
        gap: 8px;
        align-items: center;
        padding: 1px 0;
        min-width: 0;
      }
      .flag .note {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        min-width: 0;
      }
      .anchor {
        font: 12px var(--mono);
        border: 1px solid var(--edge);
        border-radius: 3px;
        padding: 0 3px;
      }
      .anchor.a {
        border-color: var(--a);
      }
      .anchor.b {
        border-color: var(--b);
      }
      p {
        margin: 0;
      }
    `,
  ];

  #meaning: { side: Side; criterion: Criterion; value: number } | undefined;
  readonly #open = new Set<string>();

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    const pair = task.answers.length === 2;
    return html`
      ${pair && task.ask.includes('rank') ? this.#preference() : nothing}
      ${task.ask.includes('rank') || task.ask.includes('rate') ? this.#rubric(task.answers.map(({ side }) => side)) : nothing}
      ${this.#flags()}
    `;
  }

  #preference(): TemplateResult {
    const chosen = this.model.state.draft?.preference ?? null;
    const radio = (value: ShownPreference, text: string, label: string) => html`<button
      role="radio"
      aria-checked=${chosen === value}
      aria-label=${label}
      title=${label}
      class=${chosen === value ? 'chosen' : ''}
      ?disabled=${this.#locked}
      @click=${() => this.actions.prefer(value)}
    >
      ${text}
    </button>`;
    return html`<section role="radiogroup" aria-label="Preference">
      <h3>Preference <span><kbd>1</kbd>–<kbd>7</kbd>, both bad <kbd>0</kbd></span></h3>
      <div class="preference" role="presentation">${strengths.map(({ value, text, label }) => radio(value, text, label))}</div>
      <div class="ends"><span>A much better</span>${radio('both-bad', 'Both bad', 'Both bad')}<span>B much better</span></div>
    </section>`;
  }

  #rubric(shown: readonly Side[]): TemplateResult {
    const { task, totals } = this.model.state;
    const means = shown.filter((side) => totals?.[side] !== undefined).map((side) => `${side} ${totals![side]!.toFixed(1)}`);
    return html`<section aria-label="Rubric ${task!.rubric.title}">
      <h3>Rubric <span class="num">${means.length === 0 ? task!.rubric.title : `weighted ${means.join(' · ')}`}</span></h3>
      <div class="rubric">
        <span></span>${shown.map((side) => html`<span class="sides">${side}</span>`)}${shown.length === 1 ? html`<span></span>` : nothing}
        ${task!.rubric.criteria.map((criterion) => this.#criterion(criterion, shown))}
        <span class="meaning" role="status">${this.#meaningText()}</span>
      </div>
    </section>`;
  }

  #criterion(criterion: Criterion, shown: readonly Side[]): TemplateResult {
    const open = this.#open.has(criterion.id);
    const toggle = () => {
      if (!this.#open.delete(criterion.id)) this.#open.add(criterion.id);
      this.requestUpdate();
    };
    return html`<button class="name" aria-expanded=${open} title="${criterion.description} Click for what each point means." @click=${toggle}>
        ${criterion.title} <span class="dim">×${criterion.weight}</span>
      </button>
      ${shown.map((side) => this.#dots(criterion, side))}${shown.length === 1 ? html`<span></span>` : nothing}
      ${open
        ? html`<dl class="scale">
            ${criterion.scale.map(({ value, meaning }) => html`<dt class="num">${value}</dt><dd>${meaning}</dd>`)}
          </dl>`
        : nothing}`;
  }

  #dots(criterion: Criterion, side: Side): TemplateResult {
    const chosen = this.model.state.draft?.scores[side]?.[criterion.id];
    const tell = (value: number) => () => {
      this.#meaning = { side, criterion, value };
      this.requestUpdate();
    };
    return html`<span class="dots" role="radiogroup" aria-label="${criterion.title} of ${side}">
      ${criterion.scale.map(
        ({ value, meaning }) => html`<button
          role="radio"
          aria-checked=${chosen === value}
          aria-label="${value}: ${meaning}"
          class=${chosen === value ? 'chosen' : ''}
          ?disabled=${this.#locked}
          @mouseenter=${tell(value)}
          @focus=${tell(value)}
          @click=${() => this.actions.score(side, criterion.id, value)}
        >
          ${value}
        </button>`,
      )}
    </span>`;
  }

  #meaningText(): string {
    if (this.#meaning === undefined) return this.model.state.task!.rubric.notes ?? 'Point at a score for its meaning.';
    const { side, criterion, value } = this.#meaning;
    const point = criterion.scale.find((candidate) => candidate.value === value);
    return `${criterion.title}, ${side}, ${value}: ${point?.meaning ?? ''}`;
  }

  #flags(): TemplateResult {
    const flags = this.model.state.draft?.flags ?? [];
    return html`<section aria-label="Flags">
      <h3>Flags <span>select lines, <kbd>F</kbd></span></h3>
      ${flags.length === 0 ? html`<p class="dim">None.</p>` : flags.map((flag) => this.#flag(flag))}
    </section>`;
  }

  #flag(flag: PanelFlag): TemplateResult {
    const { id, side, kind, file, startLine: from, endLine: to, note } = flag;
    const anchor = this.actions.anchor({ side, file, from, to });
    const go = () => {
      this.model.attend({ selection: { side, file, from, to }, files: { ...this.model.attention.files, [side]: file } });
      this.dispatchEvent(new CustomEvent('reveal', { detail: { side, line: from }, bubbles: true, composed: true }));
    };
    return html`<div class="flag">
      <span class="bad" aria-hidden="true">⚑</span>
      <span>${flagNames[kind]}</span>
      <button class="anchor ${side.toLowerCase()}" title="Go to the lines" @click=${go}>${anchor}</button>
      <span class="note dim" title=${note ?? ''}>${note ?? ''}</span>
      <span class="grow"></span>
      <button class="link" aria-label="Edit flag ${flagNames[kind]} at ${anchor}" @click=${() => this.model.attend({ dialog: { kind: 'flag', flagId: id } })}>Edit</button>
      <button class="link" aria-label="Remove flag ${flagNames[kind]} at ${anchor}" @click=${() => this.actions.removeFlag(id)}>Remove</button>
    </div>`;
  }

  get #locked(): boolean {
    return this.model.state.task?.submitted ?? true;
  }
}
customElements.define('tiebreak-judgement', Judgement);

import { css, html, nothing, type TemplateResult } from 'lit';
import type { ShownPreference, Side } from '../../core/preference.ts';
import type { Criterion } from '../../core/rubric.ts';
import type { PanelFlag } from '../../protocol/webview.ts';
import { flagNames } from '../format.ts';
import { Part } from '../part.ts';
import { moveInGroup, tabStop } from '../radioGroup.ts';
import { dotStyles, shared } from '../styles.ts';

const strengths = [
  { value: -3, text: '3', label: 'A much better', tone: 'a' },
  { value: -2, text: '2', label: 'A better', tone: 'a' },
  { value: -1, text: '1', label: 'A slightly better', tone: 'a' },
  { value: 0, text: '=', label: 'Tie', tone: '' },
  { value: 1, text: '1', label: 'B slightly better', tone: 'b' },
  { value: 2, text: '2', label: 'B better', tone: 'b' },
  { value: 3, text: '3', label: 'B much better', tone: 'b' },
] as const;

/** Preference, rubric and flags. */
export class Judgement extends Part {
  static override styles = [
    shared,
    dotStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
      h2 {
        justify-content: space-between;
        margin-bottom: 5px;
      }
      h2 button {
        font-size: 11px;
        padding: 0 4px;
      }
      h2 span,
      h2 button {
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
      /* Three classes deep, so that neither hovering nor the look of a group's buttons takes the colour away. */
      button.chosen[aria-checked='true'] {
        background: var(--vscode-button-background);
        color: var(--vscode-button-foreground);
        border-color: var(--vscode-contrastActiveBorder, var(--vscode-button-background));
      }
      button.chosen.a[aria-checked='true'] {
        background: var(--a);
        color: var(--on-side);
        border-color: var(--a);
      }
      button.chosen.b[aria-checked='true'] {
        background: var(--b);
        color: var(--on-side);
        border-color: var(--b);
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
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: 4px 10px;
        align-items: center;
      }
      .rubric .name {
        padding: 0;
        justify-content: flex-start;
        min-width: 0;
      }
      .rubric .title {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .sides {
        font-size: 11px;
        line-height: 1;
        text-align: center;
      }
      /* Over what follows, so that pointing at a score moves nothing. */
      .meaning {
        position: absolute;
        z-index: 3;
        top: calc(100% + 4px);
        left: 0;
        right: 0;
        padding: 4px 8px;
        font-size: 12px;
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
        border-radius: 4px;
        pointer-events: none;
      }
      .notes {
        margin-bottom: 6px;
        font-size: 12px;
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
      .flag .kind {
        white-space: nowrap;
      }
      .flag .tool {
        padding: 2px;
        color: var(--dim);
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
        border-color: transparent;
        background: color-mix(in srgb, var(--a) 20%, transparent);
      }
      .anchor.b {
        border-color: transparent;
        background: color-mix(in srgb, var(--b) 20%, transparent);
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
    const { rank, scores, judgement } = this.model.asked!;
    return html`
      ${rank ? this.#preference() : nothing}
      ${scores ? this.#rubric(task.answers.map(({ side }) => side)) : nothing}
      ${judgement ? this.#flags() : nothing}
    `;
  }

  #preference(): TemplateResult {
    const chosen = this.model.state.draft?.preference ?? null;
    const radio = (value: ShownPreference, text: string, label: string, tone: string) =>
      html`<button
        role="radio"
        aria-checked=${chosen === value}
        aria-label=${label}
        title=${label}
        tabindex=${tabStop(value, chosen, -3)}
        class=${chosen === value ? `chosen ${tone}` : ''}
        ?disabled=${this.#locked}
        @click=${() => this.actions.prefer(value)}
      >
        ${text}
      </button>`;
    // Both ends of the scale read "3": in words there is no doubt which was chosen.
    const said = chosen === 'both-bad' ? 'Both bad' : strengths.find(({ value }) => value === chosen)?.label;
    return html`<div role="radiogroup" aria-label="Preference" @keydown=${moveInGroup}>
      <h2>
        Preference
        ${
          said === undefined
            ? html`<span><kbd>1</kbd>–<kbd>7</kbd> from left to right, both bad <kbd>0</kbd></span>`
            : html`<span>${said}</span>`
        }
      </h2>
      <div class="preference" role="presentation">
        ${strengths.map(({ value, text, label, tone }) => radio(value, text, label, tone))}
      </div>
      <div class="ends">
        <span>A much better</span>${radio('both-bad', 'Both bad', 'Both bad', '')}<span>B much better</span>
      </div>
    </div>`;
  }

  #rubric(shown: readonly Side[]): TemplateResult {
    const { task, totals } = this.model.state;
    const means = shown
      .filter((side) => totals?.[side] !== undefined)
      .map((side) => `${side} ${totals![side]!.toFixed(1)}`);
    return html`<section aria-label="Rubric ${task!.rubric.title}">
      <h2>
        Rubric
        <span class="num">${means.length === 0 ? task!.rubric.title : `weighted ${means.join(' · ')}`}</span>
      </h2>
      ${task!.rubric.notes === undefined ? nothing : html`<p class="notes dim">${task!.rubric.notes}</p>`}
      <div class="rubric">
        <span></span
        >${shown.map((side) => html`<span class="sides dim">${side}</span>`)}${shown.length === 1 ? html`<span></span>` : nothing}
        ${task!.rubric.criteria.map((criterion) => this.#criterion(criterion, shown))} ${this.#meaningNote()}
      </div>
    </section>`;
  }

  #criterion(criterion: Criterion, shown: readonly Side[]): TemplateResult {
    const open = this.#open.has(criterion.id);
    const toggle = () => {
      if (!this.#open.delete(criterion.id)) this.#open.add(criterion.id);
      this.requestUpdate();
    };
    return html`<button
        class="name"
        aria-expanded=${open}
        title="${criterion.description} Click for what each point means."
        @click=${toggle}
      >
        <span class="title">${criterion.title}</span> <span class="dim">×${criterion.weight}</span>
      </button>
      ${shown.map((side) => this.#dots(criterion, side))}${shown.length === 1 ? html`<span></span>` : nothing}
      ${
        open
          ? html`<dl class="scale">
              ${criterion.scale.map(
                ({ value, meaning }) =>
                  html`<dt class="num">${value}</dt>
                    <dd>${meaning}</dd>`,
              )}
            </dl>`
          : nothing
      }`;
  }

  #dots(criterion: Criterion, side: Side): TemplateResult {
    const chosen = this.model.state.draft?.scores[side]?.[criterion.id];
    const first = criterion.scale[0]!.value;
    const tell = (value: number | undefined) => () => {
      this.#meaning = value === undefined ? undefined : { side, criterion, value };
      this.requestUpdate();
    };
    return html`<span
      class="dots scores"
      role="radiogroup"
      aria-label="${criterion.title} of ${side}"
      @keydown=${moveInGroup}
      @mouseleave=${tell(undefined)}
      @focusout=${tell(undefined)}
    >
      ${criterion.scale.map(
        ({ value, meaning }) =>
          html`<button
            role="radio"
            aria-checked=${chosen === value}
            aria-label="${value}: ${meaning}"
            tabindex=${tabStop(value, chosen, first)}
            class=${chosen === value ? `chosen ${side.toLowerCase()}` : ''}
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

  /** What the score under the pointer or the focus means. A screen reader has it from the score's own label. */
  #meaningNote(): TemplateResult | typeof nothing {
    if (this.#meaning === undefined) return nothing;
    const { side, criterion, value } = this.#meaning;
    const meaning = criterion.scale.find((candidate) => candidate.value === value)?.meaning ?? '';
    if (meaning === '') return nothing;
    return html`<div class="meaning" aria-hidden="true">
      ${criterion.title}, ${side}, ${value}: ${meaning}
    </div>`;
  }

  #flags(): TemplateResult {
    const flags = this.model.state.draft?.flags ?? [];
    return html`<section aria-label="Flags">
      <h2>
        Flags
        <button
          ?disabled=${this.#locked}
          title="Flag the lines selected in the code"
          @click=${() => this.model.attend({ dialog: { kind: 'flag' } })}
        >
          Flag lines… <kbd>F</kbd>
        </button>
      </h2>
      ${flags.length === 0 ? html`<p class="dim">None.</p>` : flags.map((flag) => this.#flag(flag))}
    </section>`;
  }

  #flag(flag: PanelFlag): TemplateResult {
    const { id, side, kind, file, startLine: from, endLine: to, note } = flag;
    const anchor = this.actions.anchor({ side, file, from, to });
    const go = () => {
      this.model.attend({
        selection: { side, file, from, to },
        files: { ...this.model.attention.files, [side]: file },
      });
      this.dispatchEvent(
        new CustomEvent('reveal', { detail: { side, line: from }, bubbles: true, composed: true }),
      );
    };
    return html`<div class="flag">
      <span class="bad" aria-hidden="true">⚑</span>
      <span class="kind">${flagNames[kind]}</span>
      <button class="anchor ${side.toLowerCase()}" title="Go to the lines" @click=${go}>${anchor}</button>
      <span class="note dim" title=${note ?? ''}>${note ?? ''}</span>
      <span class="grow"></span>
      ${this.#locked ? nothing : this.#flagTools(id, `${flagNames[kind]} at ${anchor}`)}
    </div>`;
  }

  #flagTools(id: string, name: string): TemplateResult {
    const edit = () => this.model.attend({ dialog: { kind: 'flag', flagId: id } });
    return html`<button class="tool" title="Edit" aria-label="Edit flag ${name}" @click=${edit}>
        <vscode-icon name="edit"></vscode-icon>
      </button>
      <button
        class="tool"
        title="Remove"
        aria-label="Remove flag ${name}"
        @click=${() => this.actions.removeFlag(id)}
      >
        <vscode-icon name="close"></vscode-icon>
      </button>`;
  }

  get #locked(): boolean {
    return this.model.state.task?.submitted ?? true;
  }
}
customElements.define('tiebreak-judgement', Judgement);

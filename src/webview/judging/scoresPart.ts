import { html, nothing, type TemplateResult } from 'lit';
import type { Side } from '../../core/task/side.ts';
import type { Criterion } from '../../core/task/rubric.ts';
import { visibleLine } from '../../core/text/visible.ts';
import { Part } from '../shell/part.ts';
import { tabStop } from '../shell/radioGroup.ts';
import { focusScores, scoreByKey } from '../shell/scoreKeys.ts';
import { dotStyles, shared } from '../styles/styles.ts';
import { judgementStyles } from './judgementStyles.ts';

/** A score for each criterion of the rubric and each answer. */
export class ScoresPart extends Part {
  static override styles = [shared, dotStyles, judgementStyles];

  #meaning: { side: Side; criterion: Criterion; value: number } | undefined;
  /** Criteria whose scale is shown in full. */
  readonly #open = new Set<string>();

  override render(): TemplateResult {
    const shown = this.model.state.task?.answers.map(({ side }) => side) ?? [];
    const { task, totals } = this.model.state;
    const means = shown
      .filter((side) => totals?.[side] !== undefined)
      .map((side) => `${side} ${totals![side]!.toFixed(1)}`);
    return html`<section aria-label="Rubric ${task!.rubric.title}">
      <h2>
        Rubric ${this.#isLocked ? nothing : html`<kbd>S</kbd>`} <span class="grow"></span>
        <span class="num">${means.length === 0 ? task!.rubric.title : `weighted ${means.join(' · ')}`}</span>
      </h2>
      ${task!.rubric.notes === undefined ? nothing : html`<p class="notes dim">${task!.rubric.notes}</p>`}
      <div class="rubric ${task!.rubric.criteria.some(({ scale }) => scale.length > 5) ? 'long' : ''}">
        <span class="corner"></span
        >${shown.map((side) => html`<span class="sides dim">${side}</span>`)}${shown.length === 1 ? html`<span></span>` : nothing}
        ${task!.rubric.criteria.map((criterion) => this.#criterion(criterion, shown))} ${this.#meaningNote()}
      </div>
    </section>`;
  }

  async focusFirst(): Promise<void> {
    await this.updateComplete;
    focusScores(this.renderRoot);
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
        title="${criterion.description} Click to show what each score means."
        @click=${toggle}
      >
        <span class="title">${visibleLine(criterion.title)}</span>
        <span class="dim">×${criterion.weight}</span>
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
    const score = (value: number | null) => this.actions.score(side, criterion, value);
    const tell = (value: number | undefined) => () => {
      this.#meaning = value === undefined ? undefined : { side, criterion, value };
      this.requestUpdate();
    };
    return html`<span
      class="dots scores"
      role="radiogroup"
      aria-label="${visibleLine(criterion.title)} of ${side}"
      @keydown=${(event: KeyboardEvent) => scoreByKey(event, { scale: criterion.scale, score })}
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
            ?disabled=${this.#isLocked}
            @mouseenter=${tell(value)}
            @focus=${tell(value)}
            @click=${() => score(value)}
          >
            ${value}
          </button>`,
      )}
    </span>`;
  }

  /** The meaning of the score under the pointer or the focus. Screen readers get it from the button's label. */
  #meaningNote(): TemplateResult | typeof nothing {
    if (this.#meaning === undefined) return nothing;
    const { side, criterion, value } = this.#meaning;
    const meaning = criterion.scale.find((candidate) => candidate.value === value)?.meaning ?? '';
    if (meaning === '') return nothing;
    return html`<div class="meaning" aria-hidden="true">
      ${visibleLine(criterion.title)}, ${side}, ${value}: ${meaning}
    </div>`;
  }

  get #isLocked(): boolean {
    return this.model.state.task?.submitted ?? true;
  }
}
customElements.define('tiebreak-scores', ScoresPart);

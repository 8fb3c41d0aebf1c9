import { html, nothing, type TemplateResult } from 'lit';
import { Part } from '../shell/part.ts';
import { moveInGroup, tabStop } from '../shell/radioGroup.ts';
import { shared } from '../styles/styles.ts';
import { verdictLabel, verdicts } from '../text/verdicts.ts';
import { judgementStyles } from './judgementStyles.ts';

type Verdict = (typeof verdicts)[number];

/** Which answer is better, and by how much. Each button shows its key. */
class PreferencePart extends Part {
  static override styles = [shared, judgementStyles];

  override render(): TemplateResult {
    const said = verdictLabel(this.model.state.draft?.preference ?? null);
    const strengths = verdicts.filter(({ value }) => value !== 'both-bad');
    const bothBad = verdicts.filter(({ value }) => value === 'both-bad');
    return html`<div role="radiogroup" aria-label="Preference" @keydown=${moveInGroup}>
      <h2>
        Preference <span class="grow"></span>
        ${said === undefined ? nothing : html`<span>${said}</span> ${this.#clear()}`}
      </h2>
      <div class="preference" role="presentation">${strengths.map((verdict) => this.#radio(verdict))}</div>
      <div class="ends">
        <span>A is better</span>${bothBad.map((verdict) => this.#radio(verdict))}<span>B is better</span>
      </div>
    </div>`;
  }

  #radio({ value, key, label, word, tone }: Verdict): TemplateResult {
    const chosen = this.model.state.draft?.preference ?? null;
    return html`<button
      role="radio"
      aria-checked=${chosen === value}
      aria-label=${label}
      title="${label} (key ${key})"
      tabindex=${tabStop<Verdict['value']>(value, chosen, -3)}
      class=${chosen === value ? `chosen ${tone}` : ''}
      ?disabled=${this.#isLocked}
      @click=${() => this.actions.prefer(value)}
    >
      <kbd>${key}</kbd> <span>${word}</span>
    </button>`;
  }

  #clear(): TemplateResult | typeof nothing {
    if (this.#isLocked) return nothing;
    return html`<button aria-label="Clear the preference" @click=${() => this.actions.prefer(null)}>
      Clear
    </button>`;
  }

  get #isLocked(): boolean {
    return this.model.state.task?.submitted ?? true;
  }
}
customElements.define('tiebreak-preference', PreferencePart);

import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { differenceKinds } from '../../core/inspection/kinds.ts';
import type { PanelSettlement } from '../../protocol/inspection.ts';
import { clock } from '../text/format.ts';
import { swappedNote } from '../text/swappedNote.ts';
import { InSight } from '../shell/inSight.ts';
import { Part } from '../shell/part.ts';
import { moveInGroup, tabStop } from '../shell/radioGroup.ts';
import { replayList } from './replays.ts';
import { formStyles } from '../styles/formStyles.ts';
import { shared } from '../styles/styles.ts';
import type { MissingLink } from '../judging/missingLinks.ts';
import { submission } from '../judging/submission.ts';
import { verdictLabel, verdicts } from '../text/verdicts.ts';

const sourceNames = {
  unanimous: 'Unanimous: all reviews agree',
  adjudicated: 'Adjudicated: the reviews disagree, and you choose',
  unresolved: 'Unresolved',
} as const;
const causeNames = {
  facts: 'Facts (a replay can decide)',
  weights: 'Weights (same facts, weighted differently)',
  taste: 'Taste',
} as const;

/** The settlement: reviews of one task side by side, their differences, and the verdict that settles them. */
export class SettlementPart extends Part {
  static override styles = [
    shared,
    formStyles,
    css`
      .reviews {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(210px, 1fr));
        gap: 12px;
      }
      .reviews section {
        border: 1px solid var(--line);
        border-radius: 4px;
        padding: 8px 10px;
      }
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  readonly #inSight = new InSight();

  protected override updated(): void {
    const { settlement, task } = this.model.state;
    if (settlement && task)
      this.#inSight.follow(this.renderRoot.querySelector('.verdict'), task.id, settlement.verdict);
  }

  override render(): TemplateResult {
    const { settlement, task } = this.model.state;
    if (!settlement || !task) return html``;
    const { reviews, replays, submitted } = settlement;
    return html`${keyed(
      task.id,
      html`<div class="reviews">${reviews.map((review) => this.#review(review))}</div>
        ${this.#differences(settlement)} ${replayList(replays, () => this.actions.run())}
        ${this.#verdict(settlement)} ${this.#cause(settlement)}
        ${submission(this.model, this.actions, { submitted, what: 'settlement', missing: this.#missing(settlement) })}`,
    )}`;
  }

  #missing({ verdict }: PanelSettlement): MissingLink[] {
    const go = () => void this.focusOn('.verdict [tabindex="0"]');
    return verdict === null ? [{ text: 'verdict', go }] : [];
  }

  #review(review: PanelSettlement['reviews'][number]): TemplateResult {
    const { name, preference, scores, rationale, activeMs } = review;
    const verdict = verdictLabel(preference) ?? 'No ranking';
    const criteria = this.model.state.task!.rubric.criteria;
    return html`<section aria-label=${name}>
      <h2>${name}<span class="grow"></span><span class="num">${clock(activeMs)}</span></h2>
      <strong>${verdict}</strong>
      <dl>
        ${criteria.map(
          ({ id, title }) =>
            html`<dt>${title}</dt>
              <dd class="num">A ${scores.A?.[id] ?? '–'} · B ${scores.B?.[id] ?? '–'}</dd>`,
        )}
      </dl>
      ${swappedNote(review)}
      <p class="text">${rationale}</p>
    </section>`;
  }

  #differences({ differences, restsOn }: PanelSettlement): TemplateResult {
    return html`<section aria-label="Differences">
      <h2>Differences</h2>
      ${
        differences.length === 0
          ? html`<p class="dim">No differences.</p>`
          : html`<ul>
              ${differences.map(({ kind, text }) => html`<li data-kind=${kind}><span class="chip">${kind}</span> ${text}</li>`)}
            </ul>`
      }
      ${restsOn === undefined ? nothing : html`<p class="dim">Most likely cause: ${restsOn}.</p>`}
    </section>`;
  }

  #verdict({ verdict, source, submitted }: PanelSettlement): TemplateResult {
    const options = [...verdicts, { value: 'unresolved', label: 'Unresolved', key: 'U' } as const];
    return html`<section class="verdict" aria-label="Settled verdict">
      <h2>Verdict</h2>
      <div class="options" role="radiogroup" aria-label="Verdict" @keydown=${moveInGroup}>
        ${options.map(({ value, label, key }) =>
          this.#option(verdict, value, html`${label} <kbd>${key}</kbd>`, submitted, -3, () =>
            this.actions.settleAs(value),
          ),
        )}
      </div>
      ${source === undefined ? nothing : html`<p class="dim">${sourceNames[source]}</p>`}
    </section>`;
  }

  #cause({ on, about, reason, source, submitted }: PanelSettlement): TemplateResult | typeof nothing {
    if (source === undefined || source === 'unanimous') return nothing;
    const field = (label: string, text: string, kind: 'about' | 'reason') =>
      html`<label class="field"
        >${label}<textarea
          rows=${kind === 'about' ? 2 : 4}
          .defaultValue=${text}
          ?readonly=${submitted}
          @input=${(event: Event) => this.actions.settle({ kind, text: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </label>`;
    return html`<section aria-label="Cause of the disagreement">
      <h2>Cause of the disagreement</h2>
      <div class="options" role="radiogroup" aria-label="Cause of the disagreement" @keydown=${moveInGroup}>
        ${differenceKinds.map((kind) =>
          this.#option(on, kind, html`${causeNames[kind]}`, submitted, differenceKinds[0], () =>
            this.actions.settle({ kind: 'on', value: kind }),
          ),
        )}
      </div>
      ${field('What the evaluators disagree about', about, 'about')}
      ${field('Reason for the verdict', reason, 'reason')}
    </section>`;
  }

  #option<Value>(
    chosen: Value | null,
    value: Value,
    label: TemplateResult,
    locked: boolean,
    first: Value,
    choose: () => void,
  ): TemplateResult {
    return html`<button
      role="radio"
      aria-checked=${chosen === value}
      tabindex=${tabStop(value, chosen, first)}
      class=${chosen === value ? 'chosen' : ''}
      ?disabled=${locked}
      @click=${choose}
    >
      ${label}
    </button>`;
  }
}
customElements.define('tiebreak-settlement', SettlementPart);

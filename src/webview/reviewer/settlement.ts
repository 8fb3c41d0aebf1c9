import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { differenceKinds } from '../../core/settlement.ts';
import type { PanelSettlement, SettlementEdit } from '../../protocol/inspection.ts';
import { clock } from '../format.ts';
import { InSight } from '../inSight.ts';
import { Part } from '../part.ts';
import { moveInGroup, tabStop } from '../radioGroup.ts';
import { replayList } from './replays.ts';
import { formStyles } from '../formStyles.ts';
import { shared } from '../styles.ts';
import { submission, verdictOptions } from '../judging/submission.ts';

const sourceNames = {
  unanimous: 'unanimous: all reviews say so',
  adjudicated: 'adjudicated: you decide between the reviews',
  unresolved: 'unresolved',
} as const;
const groundNames = {
  facts: 'Facts (a replay decides)',
  weights: 'Weights (the same seen, weighed otherwise)',
  taste: 'Taste',
} as const;

/** Reviews of one task side by side, where they differ, and the verdict that settles it. */
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
        ${this.#verdict(settlement)} ${this.#grounds(settlement)}
        ${submission(this.model, this.actions, submitted, 'settlement')}`,
    )}`;
  }

  #review(review: PanelSettlement['reviews'][number]): TemplateResult {
    const { name, preference, scores, rationale, isSwapped, activeMs } = review;
    const verdict = verdictOptions.find(({ value }) => value === preference)?.label ?? 'No ranking';
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
      ${
        isSwapped
          ? html`<p class="warn">Saw the answers the other way round: “@A” in this text is B here.</p>`
          : nothing
      }
      <p class="text">${rationale}</p>
    </section>`;
  }

  #differences({ differences, restsOn }: PanelSettlement): TemplateResult {
    return html`<section aria-label="Differences">
      <h2>Where they differ</h2>
      ${
        differences.length === 0
          ? html`<p class="dim">Nowhere.</p>`
          : html`<ul>
              ${differences.map(({ kind, text }) => html`<li data-kind=${kind}><span class="chip">${kind}</span> ${text}</li>`)}
            </ul>`
      }
      ${restsOn === undefined ? nothing : html`<p class="dim">It most likely rests on ${restsOn}.</p>`}
    </section>`;
  }

  #verdict({ verdict, source, submitted }: PanelSettlement): TemplateResult {
    const options = [
      ...verdictOptions.map((option, index) => ({ ...option, key: index === 7 ? '0' : String(index + 1) })),
      { value: 'unresolved', label: 'Unresolved', key: 'U' } as const,
    ];
    return html`<section class="verdict" aria-label="Settled verdict">
      <h2>Verdict</h2>
      <div class="options" role="radiogroup" aria-label="Verdict" @keydown=${moveInGroup}>
        ${options.map(({ value, label, key }) =>
          this.#option(verdict, value, html`${label} <kbd>${key}</kbd>`, submitted, -3, {
            kind: 'verdict',
            value,
          }),
        )}
      </div>
      ${source === undefined ? nothing : html`<p class="dim">${sourceNames[source]}</p>`}
    </section>`;
  }

  #grounds({ on, about, reason, source, submitted }: PanelSettlement): TemplateResult | typeof nothing {
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
    return html`<section aria-label="Grounds">
      <h2>What it rests on</h2>
      <div class="options" role="radiogroup" aria-label="What it rests on" @keydown=${moveInGroup}>
        ${differenceKinds.map((kind) =>
          this.#option(on, kind, html`${groundNames[kind]}`, submitted, differenceKinds[0], {
            kind: 'on',
            value: kind,
          }),
        )}
      </div>
      ${field('What they differ about', about, 'about')} ${field('What decided it', reason, 'reason')}
    </section>`;
  }

  #option<Value>(
    chosen: Value | null,
    value: Value,
    label: TemplateResult,
    locked: boolean,
    first: Value,
    edit: SettlementEdit,
  ): TemplateResult {
    return html`<button
      role="radio"
      aria-checked=${chosen === value}
      tabindex=${tabStop(value, chosen, first)}
      class=${chosen === value ? 'chosen' : ''}
      ?disabled=${locked}
      @click=${() => this.actions.settle(edit)}
    >
      ${label}
    </button>`;
  }
}
customElements.define('tiebreak-settlement', SettlementPart);

import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { decisionKinds } from '../../core/inspection.ts';
import type { Criterion } from '../../core/rubric.ts';
import type { PanelComment, PanelInspection } from '../../protocol/inspection.ts';
import { citationsOf, type Citation } from '../judging/citations.ts';
import { clock, counted, decisionNames } from '../format.ts';
import { InSight } from '../inSight.ts';
import { Part } from '../part.ts';
import { moveInGroup, tabStop } from '../radioGroup.ts';
import { replayList } from './replays.ts';
import { formStyles } from '../formStyles.ts';
import { shared } from '../styles.ts';
import { submission, verdictOptions } from '../judging/submission.ts';
import { trailLines } from '../trailWords.ts';

/**
 * The inspection of a review: how it came about, its runs replayed, the rationale scored and commented on, and what
 * becomes of it. Fields own their texts: echoes of the host set only what they begin with.
 */
export class InspectionPart extends Part {
  static override styles = [shared, formStyles];

  /** The comment that was just made, to be written in once it is drawn. */
  #wanted: string | undefined;
  readonly #inSight = new InSight();

  override render(): TemplateResult {
    const { inspection } = this.model.state;
    if (!inspection) return html``;
    const { reviewId, replays, submitted } = inspection;
    return html`${keyed(
      reviewId,
      html`${this.#facts(inspection)} ${this.#cited()} ${replayList(replays, () => this.actions.run())}
      ${this.#rubric(inspection)} ${this.#comments(inspection)} ${this.#decision(inspection)}
      ${submission(this.model, this.actions, submitted, 'inspection')} ${this.#others(inspection)}`,
    )}`;
  }

  /** Begins a comment on a span of the rationale. */
  comment(span: Pick<PanelComment, 'start' | 'end' | 'quote'>): void {
    const id = crypto.randomUUID();
    this.#wanted = id;
    this.actions.inspect({ kind: 'comment', comment: { id, ...span, text: '' } });
  }

  protected override updated(): void {
    const { inspection } = this.model.state;
    if (inspection)
      this.#inSight.follow(
        this.renderRoot.querySelector('.decision'),
        inspection.reviewId,
        inspection.decision,
      );
    const field =
      this.#wanted && this.renderRoot.querySelector<HTMLElement>(`[id="comment-${this.#wanted}"]`);
    if (!field) return;
    this.#wanted = undefined;
    field.focus();
  }

  #facts({ facts }: PanelInspection): TemplateResult {
    const { evaluator, submittedAt, activeMs, casesAdded, isRevision, overrides, trail } = facts;
    const fact = (name: string, value: string) =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`;
    const flags = this.model.state.draft?.flags.length ?? 0;
    return html`<section aria-label="How it came about">
      <h2>How it came about</h2>
      <dl>
        ${evaluator === undefined ? nothing : fact('Evaluator', evaluator)}
        ${fact('Submitted', `${submittedAt.slice(0, 16).replace('T', ' ')}${isRevision ? ', a revision' : ''}`)}
        ${fact('Active', clock(activeMs))}
        ${fact('Made', [counted(flags, 'flag'), counted(casesAdded, 'case')].join(', '))}
        ${trail === undefined ? nothing : trailLines(trail).map(({ name, text }) => fact(name, text))}
        ${overrides.map(({ rule, reason }) => fact(`${rule} overridden`, reason))}
      </dl>
    </section>`;
  }

  /** Each reference beside what it leads to, so that a claim is read with what shows it. */
  #cited(): TemplateResult | typeof nothing {
    const citations = citationsOf(this.model.state.draft?.rationale.text ?? '', this.model.state);
    if (citations.length === 0) return nothing;
    return html`<section aria-label="What it cites">
      <h2>What it cites</h2>
      <ul>
        ${citations.map((citation) => this.#citation(citation))}
      </ul>
    </section>`;
  }

  #citation({ text, shown, place }: Citation): TemplateResult {
    const go = () => {
      if (place === undefined) return;
      const { side, file, from } = place;
      this.model.attend({ selection: place, files: { ...this.model.attention.files, [side]: file } });
      const detail = { side, line: from };
      this.dispatchEvent(new CustomEvent('reveal', { detail, bubbles: true, composed: true }));
    };
    return html`<li>
      ${
        place === undefined
          ? html`<span class="mono">${text}</span>`
          : html`<button class="mono link" title="Go to the lines" @click=${go}>${text}</button>`
      }
      ${shown.length === 0 ? html`<span class="bad">leads nowhere</span>` : html`<pre>${shown.join('\n')}</pre>`}
    </li>`;
  }

  #rubric({ rubric, scores, submitted }: PanelInspection): TemplateResult {
    return html`<section aria-label="Rubric ${rubric.title}">
      <h2>Scores of the rationale</h2>
      ${rubric.notes === undefined ? nothing : html`<p class="dim">${rubric.notes}</p>`}
      <div class="rubric">
        ${rubric.criteria.map((criterion) => this.#criterion(criterion, scores[criterion.id], submitted))}
      </div>
    </section>`;
  }

  #criterion(criterion: Criterion, chosen: number | undefined, locked: boolean): TemplateResult {
    const { id, title, description, scale } = criterion;
    const score = (value: number) => () =>
      this.actions.inspect({ kind: 'score', criterion: id, value: chosen === value ? null : value });
    return html`<span title=${description}>${title} <span class="dim">×${criterion.weight}</span></span>
      <span class="dots" role="radiogroup" aria-label="${title} of the rationale" @keydown=${moveInGroup}>
        ${scale.map(
          ({ value, meaning }) =>
            html`<button
              role="radio"
              aria-checked=${chosen === value}
              aria-label="${value}: ${meaning}"
              title=${meaning}
              tabindex=${tabStop(value, chosen, scale[0]!.value)}
              class=${chosen === value ? 'chosen' : ''}
              ?disabled=${locked}
              @click=${score(value)}
            >
              ${value}
            </button>`,
        )}
      </span>`;
  }

  #comments({ comments, submitted }: PanelInspection): TemplateResult {
    const ask = () => this.dispatchEvent(new CustomEvent('comment', { bubbles: true, composed: true }));
    return html`<section aria-label="Comments">
      <h2>
        Comments <span class="grow"></span>
        <button
          ?disabled=${submitted}
          title="Select text in the rationale first"
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${ask}
        >
          On selected text <kbd>K</kbd>
        </button>
      </h2>
      ${
        comments.length === 0
          ? html`<p class="dim">Select text in the rationale to comment on it.</p>`
          : html`<ul>
              ${repeat(
                comments,
                ({ id }) => id,
                (comment) => this.#comment(comment, submitted),
              )}
            </ul>`
      }
    </section>`;
  }

  #comment(comment: PanelComment, locked: boolean): TemplateResult {
    const type = (event: Event) =>
      this.actions.inspect({ kind: 'comment', comment: { ...comment, text: textOf(event) } });
    const go = () =>
      this.dispatchEvent(new CustomEvent('span', { detail: comment, bubbles: true, composed: true }));
    return html`<li>
      <span class="line">
        <button class="quote" title="Go to the text" @click=${go}>${comment.quote}</button>
        <button
          title="Remove"
          aria-label="Remove the comment on “${comment.quote}”"
          ?hidden=${locked}
          @click=${() => this.actions.inspect({ kind: 'uncomment', id: comment.id })}
        >
          <vscode-icon name="close"></vscode-icon>
        </button>
      </span>
      <textarea
        id="comment-${comment.id}"
        aria-label="Comment on “${comment.quote}”"
        rows="2"
        .defaultValue=${comment.text}
        ?readonly=${locked}
        @input=${type}
      ></textarea>
    </li>`;
  }

  #decision(inspection: PanelInspection): TemplateResult {
    const { decision, submitted } = inspection;
    return html`<section class="decision" aria-label="Decision">
      <h2>What becomes of it</h2>
      <div class="options" role="radiogroup" aria-label="Decision" @keydown=${moveInGroup}>
        ${decisionKinds.map(
          (kind, index) =>
            html`<button
              role="radio"
              aria-checked=${decision === kind}
              tabindex=${tabStop(kind, decision ?? undefined, decisionKinds[0])}
              class=${decision === kind ? 'chosen' : ''}
              ?disabled=${submitted}
              @click=${() => this.actions.decide(kind)}
            >
              ${decisionNames[kind]} <kbd>${index + 1}</kbd>
            </button>`,
        )}
      </div>
      ${this.#fields(inspection)}
    </section>`;
  }

  #fields({
    decision,
    changes,
    reason,
    correction,
    submitted,
  }: PanelInspection): TemplateResult | typeof nothing {
    // Keyed, for the texts of two decisions must not share one field.
    const field = (label: string, text: string, kind: 'changes' | 'reason' | 'correct-rationale') =>
      keyed(
        kind,
        html`<label class="field"
          >${label}<textarea
            rows="4"
            .defaultValue=${text}
            ?readonly=${submitted}
            @input=${(event: Event) => this.actions.inspect({ kind, text: textOf(event) })}
          ></textarea>
        </label>`,
      );
    switch (decision) {
      case 'send-back':
        return html`${field('What must change, one a line', changes, 'changes')}`;
      case 'reject':
        return html`${field('Why it is rejected', reason, 'reason')}`;
      case 'correct':
        return html`${correction.preference === null ? nothing : this.#correctPreference(correction.preference, submitted)}
        ${field('How the rationale should read', correction.rationale, 'correct-rationale')}`;
      case 'approve':
      case null:
        return nothing;
    }
  }

  #correctPreference(
    chosen: NonNullable<PanelInspection['correction']['preference']>,
    locked: boolean,
  ): TemplateResult {
    const choose = (event: Event) => {
      const option = verdictOptions.find(({ value }) => String(value) === textOf(event));
      if (option !== undefined) this.actions.inspect({ kind: 'correct-preference', value: option.value });
    };
    return html`<label class="field"
      >The right preference<select ?disabled=${locked} @change=${choose}>
        ${verdictOptions.map(
          ({ value, label }) =>
            html`<option value=${String(value)} ?selected=${value === chosen}>${label}</option>`,
        )}
      </select></label
    >`;
  }

  #others({ others }: PanelInspection): TemplateResult | typeof nothing {
    if (others.length === 0) return nothing;
    return html`<section aria-label="Other inspections">
      <h2>Other inspections</h2>
      <ul>
        ${others.map(
          ({ reviewer = 'Another reviewer', decision, said }) =>
            html`<li>${reviewer}: ${decisionNames[decision]}${said === '' ? nothing : html`. ${said}`}</li>`,
        )}
      </ul>
    </section>`;
  }
}
customElements.define('tiebreak-inspection', InspectionPart);

function textOf(event: Event): string {
  return (event.target as HTMLTextAreaElement | HTMLSelectElement).value;
}

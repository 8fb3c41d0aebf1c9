import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { decisionKinds } from '../../core/inspection/kinds.ts';
import type { Criterion } from '../../core/task/rubric.ts';
import type { PanelComment, PanelInspection } from '../../protocol/inspection.ts';
import { citationsOf, type Citation } from '../judging/citations.ts';
import { clock, counted, decisionNames } from '../text/format.ts';
import { InSight } from '../shell/inSight.ts';
import { Part } from '../shell/part.ts';
import { moveInGroup, tabStop } from '../shell/radioGroup.ts';
import { focusScores, scoreByKey } from '../shell/scoreKeys.ts';
import { replayList } from './replays.ts';
import { formStyles } from '../styles/formStyles.ts';
import { shared } from '../styles/styles.ts';
import type { MissingLink } from '../judging/missingLinks.ts';
import { submission } from '../judging/submission.ts';
import { verdicts } from '../text/verdicts.ts';
import { trailLines } from '../text/trailWords.ts';

/**
 * The inspection of a review: its history, replays of its runs, scores and comments on the rationale, and the decision.
 * Fields own their texts: the host's text is only their initial value.
 */
export class InspectionPart extends Part {
  static override styles = [shared, formStyles];

  /** The new comment whose field gets the focus after the next update. */
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
      ${this.#others(inspection)}
      ${submission(this.model, this.actions, { submitted, what: 'inspection', missing: this.#missing(inspection) })}`,
    )}`;
  }

  /** Focuses the first score that is missing. */
  async focusScores(): Promise<void> {
    await this.updateComplete;
    focusScores(this.renderRoot);
  }

  async focusDecision(): Promise<void> {
    await this.focusOn('.decision [tabindex="0"]');
  }

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

  #missing({ rubric, scores, decision }: PanelInspection): MissingLink[] {
    const unscored = rubric.criteria.filter(({ id }) => scores[id] === undefined).length;
    return [
      ...(unscored > 0 ? [{ text: counted(unscored, 'score'), go: () => void this.focusScores() }] : []),
      ...(decision === null ? [{ text: 'decision', go: () => void this.focusDecision() }] : []),
    ];
  }

  #facts({ facts }: PanelInspection): TemplateResult {
    const { evaluator, submittedAt, activeMs, casesAdded, isRevision, overrides, trail } = facts;
    const fact = (name: string, value: string) =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`;
    const flags = this.model.state.draft?.flags.length ?? 0;
    return html`<section aria-label="History of the review">
      <h2>History of the review</h2>
      <dl>
        ${evaluator === undefined ? nothing : fact('Evaluator', evaluator)}
        ${fact('Submitted', `${submittedAt.slice(0, 16).replace('T', ' ')}${isRevision ? ', a revision' : ''}`)}
        ${fact('Active time', clock(activeMs))}
        ${fact('Added', [counted(flags, 'flag'), counted(casesAdded, 'case')].join(', '))}
        ${trail === undefined ? nothing : trailLines(trail).map(({ name, text }) => fact(name, text))}
        ${overrides.map(({ rule, reason }) => fact(`${rule} overridden`, reason))}
      </dl>
    </section>`;
  }

  /** Each citation beside the evidence that it cites. */
  #cited(): TemplateResult | typeof nothing {
    const citations = citationsOf(this.model.state.draft?.rationale.text ?? '', this.model.state);
    if (citations.length === 0) return nothing;
    return html`<section aria-label="Cited evidence">
      <h2>Cited evidence</h2>
      <ul>
        ${citations.map((citation) => this.#citation(citation))}
      </ul>
    </section>`;
  }

  #citation({ text, shown, lines }: Citation): TemplateResult {
    const go = () => {
      if (lines === undefined) return;
      const { side, file, from } = lines;
      this.model.attend({ selection: lines, files: { ...this.model.attention.files, [side]: file } });
      const detail = { side, line: from };
      this.dispatchEvent(new CustomEvent('reveal', { detail, bubbles: true, composed: true }));
    };
    return html`<li>
      ${
        lines === undefined
          ? html`<span class="mono">${text}</span>`
          : html`<button class="mono link" title="Go to the lines" @click=${go}>${text}</button>`
      }
      ${shown.length === 0 ? html`<span class="bad">not found</span>` : html`<pre>${shown.join('\n')}</pre>`}
    </li>`;
  }

  #rubric({ rubric, scores, submitted }: PanelInspection): TemplateResult {
    return html`<section aria-label="Rubric ${rubric.title}">
      <h2>Rationale scores ${submitted ? nothing : html`<kbd>S</kbd>`}</h2>
      ${rubric.notes === undefined ? nothing : html`<p class="dim">${rubric.notes}</p>`}
      <div class="rubric">
        ${rubric.criteria.map((criterion) => this.#criterion(criterion, scores[criterion.id], submitted))}
      </div>
    </section>`;
  }

  #criterion(criterion: Criterion, chosen: number | undefined, locked: boolean): TemplateResult {
    const { title, description, scale } = criterion;
    const score = (value: number | null) => this.actions.scoreRationale(criterion, value);
    return html`<span title=${description}>${title} <span class="dim">×${criterion.weight}</span></span>
      <span
        class="dots scores"
        role="radiogroup"
        aria-label="${title} of the rationale"
        @keydown=${(event: KeyboardEvent) => scoreByKey(event, { scale, score })}
      >
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
              @click=${() => score(value)}
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
          Comment on selection <kbd>K</kbd>
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
      <h2>
        Decision <span class="grow"></span>
        ${
          decision === null || submitted
            ? nothing
            : html`<button aria-label="Clear the decision" @click=${() => this.actions.decide(null)}>
                Clear
              </button>`
        }
      </h2>
      <div class="options" role="radiogroup" aria-label="Decision" @keydown=${moveInGroup}>
        ${decisionKinds.map(
          (kind, index) =>
            html`<button
              role="radio"
              aria-checked=${decision === kind}
              tabindex=${tabStop(kind, decision ?? undefined, decisionKinds[0])}
              class=${decision === kind ? 'chosen' : ''}
              ?disabled=${submitted}
              title=${kind === 'approve' ? 'Shift+A approves and submits' : nothing}
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
    // Keyed, so that two decisions do not share one text area.
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
        return html`${field('Required changes, one per line', changes, 'changes')}`;
      case 'reject':
        return html`${field('Reason for the rejection', reason, 'reason')}`;
      case 'correct':
        return html`${correction.preference === null ? nothing : this.#correctPreference(correction.preference, submitted)}
        ${field('Corrected rationale', correction.rationale, 'correct-rationale')}`;
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
      const option = verdicts.find(({ value }) => String(value) === textOf(event));
      if (option !== undefined) this.actions.inspect({ kind: 'correct-preference', value: option.value });
    };
    return html`<label class="field"
      >Correct preference<select ?disabled=${locked} @change=${choose}>
        ${verdicts.map(
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

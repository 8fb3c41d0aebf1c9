import { css, html, nothing, type TemplateResult } from 'lit';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import './flagsPart.ts';
import './preferencePart.ts';
import type { ScoresPart } from './scoresPart.ts';
import './scoresPart.ts';

/** The preference, the scores and the flags, as far as the task asks for them. */
export class Judgement extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { model, actions, version } = this;
    if (!model.state.task) return html``;
    const { rank, scores, judgement } = model.asked!;
    return html`
      ${
        rank
          ? html`<tiebreak-preference
              .model=${model}
              .actions=${actions}
              .version=${version}
            ></tiebreak-preference>`
          : nothing
      }
      ${
        scores
          ? html`<tiebreak-scores .model=${model} .actions=${actions} .version=${version}></tiebreak-scores>`
          : nothing
      }
      ${
        judgement
          ? html`<tiebreak-flags .model=${model} .actions=${actions} .version=${version}></tiebreak-flags>`
          : nothing
      }
    `;
  }

  /** Focuses the chosen preference, else the first one; of the scores, the first that is missing. */
  async focusGroup(group: 'preference' | 'scores'): Promise<void> {
    await this.updateComplete;
    if (group === 'scores') await this.renderRoot.querySelector<ScoresPart>('tiebreak-scores')?.focusFirst();
    else await this.renderRoot.querySelector<Part>('tiebreak-preference')?.focusOn('[tabindex="0"]');
  }
}
customElements.define('tiebreak-judgement', Judgement);

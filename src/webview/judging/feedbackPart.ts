import { html, nothing, type TemplateResult } from 'lit';
import { locateComment } from '../../core/inspection.ts';
import type { PanelComment } from '../../protocol/inspection.ts';
import { Part } from '../part.ts';
import { formStyles } from '../formStyles.ts';
import { shared } from '../styles.ts';

/** What reviewers want changed, beside the judgement that they sent back. */
export class FeedbackPart extends Part {
  static override styles = [shared, formStyles];

  override render(): TemplateResult {
    const { feedback } = this.model.state;
    // An element with nothing in it would still take the room between two parts.
    this.hidden = !feedback;
    if (!feedback) return html``;
    const { changes, comments } = feedback;
    return html`<section aria-label="Sent back">
      <h2>Sent back: what must change</h2>
      <ul class="changes">
        ${changes.map((change) => html`<li><span class="warn" aria-hidden="true">↩</span> ${change}</li>`)}
      </ul>
      ${
        comments.length === 0
          ? nothing
          : html`<ul>
              ${comments.map((comment) => this.#comment(comment))}
            </ul>`
      }
    </section>`;
  }

  #comment(comment: PanelComment): TemplateResult {
    const isThere = locateComment(comment, this.model.state.draft?.rationale.text ?? '') !== undefined;
    const go = () =>
      this.dispatchEvent(new CustomEvent('span', { detail: comment, bubbles: true, composed: true }));
    return html`<li>
      <button
        class="quote"
        ?disabled=${!isThere}
        title=${isThere ? 'Go to the text' : 'The text is no more'}
        @click=${go}
      >
        ${comment.quote}
      </button>
      <p>${comment.text}</p>
    </li>`;
  }
}
customElements.define('tiebreak-feedback', FeedbackPart);

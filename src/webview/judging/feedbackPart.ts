import { html, nothing, type TemplateResult } from 'lit';
import { locateComment } from '../../core/inspection/comments.ts';
import type { PanelComment } from '../../protocol/inspection.ts';
import { Part } from '../shell/part.ts';
import { formStyles } from '../styles/formStyles.ts';
import { shared } from '../styles/styles.ts';

/** The changes that a reviewer asked for when they sent the review back. */
export class FeedbackPart extends Part {
  static override styles = [shared, formStyles];

  override render(): TemplateResult {
    const { feedback } = this.model.state;
    // An empty element would still take up the gap between two parts.
    this.hidden = !feedback;
    if (!feedback) return html``;
    const { changes, comments } = feedback;
    return html`<section aria-label="Sent back">
      <h2>Sent back: required changes</h2>
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
        title=${isThere ? 'Go to the text' : 'The commented text was removed'}
        @click=${go}
      >
        ${comment.quote}
      </button>
      <p>${comment.text}</p>
    </li>`;
  }
}
customElements.define('tiebreak-feedback', FeedbackPart);

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PanelCalibrationFeedback } from '../../protocol/panel/state.ts';
import { Part } from '../shell/part.ts';
import { formStyles } from '../styles/formStyles.ts';
import { shared } from '../styles/styles.ts';
import { swappedNote } from '../text/swappedNote.ts';
import { verdictLabel } from '../text/verdicts.ts';

/** Calibration feedback: the known verdict of a task beside the verdict that the evaluator submitted. */
export class CalibrationFeedbackPart extends Part {
  static override styles = [
    shared,
    formStyles,
    css`
      section {
        outline-offset: 4px;
      }
    `,
  ];
  /** The task whose feedback was shown last. */
  #shown: string | undefined;

  override render(): TemplateResult {
    const calibrationFeedback = this.#calibrationFeedback;
    // An empty element would still take up the gap between two parts.
    this.hidden = !calibrationFeedback;
    if (!calibrationFeedback) return html``;
    const { met, yours, reference, rationale } = calibrationFeedback;
    return html`<section aria-label="Reference" tabindex="-1">
      <h2>
        <vscode-icon class=${met ? 'ok' : 'bad'} name=${met ? 'pass' : 'error'}></vscode-icon>
        ${met ? 'Your verdict matches the reference' : 'Your verdict differs from the reference'}
      </h2>
      <dl>
        <dt>Yours</dt>
        <dd>${verdictLabel(yours) ?? 'No verdict'}</dd>
        <dt>Reference</dt>
        <dd>${verdictLabel(reference) ?? 'No verdict'}</dd>
      </dl>
      ${rationale === undefined ? nothing : html`<pre aria-label="Rationale of the reference">${rationale}</pre>`}
      ${swappedNote(calibrationFeedback)}
      <div class="line">
        <button class="primary" @click=${() => this.actions.next()}>Next task <kbd>J</kbd></button>
      </div>
    </section>`;
  }

  /** Scrolls new feedback into view and focuses it, so that it is read out and keys go to the panel. */
  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const taskId = this.#calibrationFeedback ? this.model.state.task?.id : undefined;
    if (taskId === this.#shown) return;
    this.#shown = taskId;
    if (taskId === undefined) return;
    this.model.arrange({ tab: 'judgement' });
    void this.updateComplete.then(() => this.renderRoot.querySelector('section')?.focus());
  }

  /** Hidden while a submitted review is revised. */
  get #calibrationFeedback(): PanelCalibrationFeedback | null {
    const { calibrationFeedback, task } = this.model.state;
    return task?.submitted === true ? (calibrationFeedback ?? null) : null;
  }
}
customElements.define('tiebreak-calibration-feedback', CalibrationFeedbackPart);

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PanelLesson } from '../../protocol/webview.ts';
import { Part } from '../part.ts';
import { formStyles } from '../formStyles.ts';
import { shared } from '../styles.ts';
import { verdictOptions } from './submission.ts';

/** What was known of a task all along, beside what the evaluator has submitted on it: for learning. */
export class LessonPart extends Part {
  static override styles = [shared, formStyles];
  /** The task whose lesson was shown last. */
  #shown: string | undefined;

  override render(): TemplateResult {
    const lesson = this.#lesson;
    // An element with nothing in it would still take the room between two parts.
    this.hidden = !lesson;
    if (!lesson) return html``;
    const { met, yours, reference, rationale, isSwapped } = lesson;
    return html`<section aria-label="Reference" tabindex="-1">
      <h2>
        <vscode-icon class=${met ? 'ok' : 'bad'} name=${met ? 'pass' : 'error'}></vscode-icon>
        ${met ? 'You met the reference' : 'You missed the reference'}
      </h2>
      <dl>
        <dt>Yours</dt>
        <dd>${verdictLabel(yours)}</dd>
        <dt>Reference</dt>
        <dd>${verdictLabel(reference)}</dd>
      </dl>
      ${rationale === undefined ? nothing : html`<pre aria-label="Its rationale">${rationale}</pre>`}
      ${
        isSwapped && rationale !== undefined
          ? html`<p class="dim">It saw the answers the other way round: its A is your B.</p>`
          : nothing
      }
      <div class="line">
        <button class="primary" @click=${() => this.actions.next()}>Next task <kbd>J</kbd></button>
      </div>
    </section>`;
  }

  /** A new lesson is brought into sight and read out; keys then go to the panel. */
  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const taskId = this.#lesson ? this.model.state.task?.id : undefined;
    if (taskId === this.#shown) return;
    this.#shown = taskId;
    if (taskId === undefined) return;
    this.model.arrange({ tab: 'judgement' });
    void this.updateComplete.then(() => this.renderRoot.querySelector('section')?.focus());
  }

  /** A review that is taken up again is judged without it. */
  get #lesson(): PanelLesson | null {
    const { lesson, task } = this.model.state;
    return task?.submitted === true ? (lesson ?? null) : null;
  }
}
customElements.define('tiebreak-lesson', LessonPart);

function verdictLabel(verdict: PanelLesson['yours']): string {
  return verdictOptions.find(({ value }) => value === verdict)?.label ?? 'No verdict';
}

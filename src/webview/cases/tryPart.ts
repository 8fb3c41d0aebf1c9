import { css, html, nothing, type TemplateResult } from 'lit';
import { sides, type Side } from '../../core/task/side.ts';
import type { Case, CaseKind } from '../../core/task/task.ts';
import type { PanelTrial } from '../../protocol/panel/state.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import './caseDetail.ts';
import type { ColumnResult } from './caseDetail.ts';
import { taskOfCases } from './casesOfModel.ts';
import { likelyKinds } from './taskKinds.ts';
import { typedCode } from './triedCode.ts';
import { caseOfInput, expecting, idOfInput, triedKinds } from './triedInput.ts';

const kindNames: Readonly<Record<CaseKind, string>> = {
  call: 'Call',
  stdin: 'Input',
  sql: 'Rows',
  command: 'Command',
  unit: 'Code',
};

const placeholders: Readonly<Record<CaseKind, string>> = {
  call: '[1, 2], "x"',
  stdin: 'standard input (Shift+Enter for a new line)',
  sql: 'INSERT INTO … (Shift+Enter for a new line)',
  command: 'bash main.sh a.txt',
  unit: 'Stack().pop() (Shift+Enter for a new line)',
};

/** A line for an input on which both answers run at once, and their outcomes. One key turns the trial into a case. */
export class TryPart extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        border-bottom: 1px solid var(--line);
      }
      form {
        display: flex;
        gap: 6px;
        align-items: flex-start;
        padding: 4px 10px;
      }
      label {
        display: flex;
        flex: 1 1 auto;
        gap: 6px;
        align-items: baseline;
        min-width: 0;
      }
      textarea {
        flex: 1 1 auto;
        min-width: 4em;
        resize: none;
        field-sizing: content;
        max-height: 10em;
        padding: 2px 6px;
      }
      .outcome {
        padding: 2px 10px 6px;
      }
      .keep {
        position: sticky;
        bottom: 0;
        background: var(--side);
        display: flex;
        flex-wrap: wrap;
        gap: 4px 10px;
        align-items: center;
        margin-top: 4px;
      }
      .message {
        padding: 0 10px 4px;
      }
    `,
  ];

  #wrong: string | undefined;
  /** Position in the history while the person moves through it; otherwise its end. */
  #at: number | undefined;
  /** The trial that became a case, and the id of the case. */
  #kept: { readonly of: Case; readonly id: string } | undefined;

  override render(): TemplateResult {
    const { kind, kinds } = this;
    if (kind === undefined) return html``;
    const { entry } = taskOfCases(this.model);
    return html`<form @submit=${(event: Event) => this.#run(event)}>
        ${kinds.length < 2 ? nothing : this.#kinds()}
        <label
          ><span class="mono">${kind === 'call' ? `${entry ?? ''}(` : ''}</span
          ><textarea
            class="code"
            aria-label=${`${kindNames[kind]} to try`}
            rows="1"
            spellcheck="false"
            placeholder=${placeholders[kind]}
            .value=${this.#text}
            @input=${() => this.#keepText()}
            @keydown=${(event: KeyboardEvent) => this.#fieldKey(event)}
          ></textarea
          ><span class="mono">${kind === 'call' ? ')' : ''}</span></label
        >
        <button type="submit" class="primary">Try <kbd>Enter</kbd></button>
        <button
          type="button"
          title="Close the line"
          aria-label="Close the line"
          @click=${() => this.model.attend({ trying: false })}
        >
          <vscode-icon name="close"></vscode-icon>
        </button>
      </form>
      ${this.#wrong === undefined ? nothing : html`<div class="message bad" role="alert">${this.#wrong}</div>`}
      <div
        class="outcome"
        role="group"
        tabindex="-1"
        aria-label="Results of the answers"
        @keydown=${(event: KeyboardEvent) => this.#outcomeKey(event)}
      >
        ${this.#outcome()}
      </div>`;
  }

  /** Focuses the line, with its text selected. */
  focusLine(): void {
    void this.updateComplete.then(() => this.#area?.select());
  }

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #trial(): PanelTrial | undefined {
    return this.model.state.trial ?? undefined;
  }

  get kinds(): CaseKind[] {
    const task = taskOfCases(this.model);
    return triedKinds(likelyKinds(task), task.language);
  }

  get kind(): CaseKind | undefined {
    const chosen = this.model.unsaved(['try'])?.['kind'];
    return this.kinds.find((kind) => kind === chosen) ?? this.kinds[0];
  }

  get #language(): string {
    return taskOfCases(this.model).language;
  }

  get #text(): string {
    return this.model.unsaved(['try'])?.['text'] ?? '';
  }

  #kinds(): TemplateResult {
    const choose = (event: Event) =>
      this.model.keepUnsaved(['try'], { text: this.#text, kind: (event.target as HTMLSelectElement).value });
    return html`<select aria-label="What to try" @change=${choose}>
      ${this.kinds.map(
        (kind) => html`<option value=${kind} .selected=${kind === this.kind}>${kindNames[kind]}</option>`,
      )}
    </select>`;
  }

  #keepText(text = this.#area?.value ?? ''): void {
    this.#wrong = undefined;
    this.model.keepUnsaved(['try'], { text, kind: this.kind ?? '' });
  }

  #fieldKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && !event.shiftKey) return this.#run(event);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    // In a text of several lines, the arrows move between its lines.
    if (by === undefined || event.shiftKey || (this.#area?.value.includes('\n') && this.#at === undefined))
      return;
    const { tried } = this.model;
    const at = Math.max(0, Math.min(tried.length, (this.#at ?? tried.length) + by));
    if (tried.length === 0) return;
    event.preventDefault();
    this.#at = at;
    this.#keepText(tried[at] ?? '');
  }

  #run(event: Event): void {
    event.preventDefault();
    const text = this.#area?.value ?? '';
    const testCase = caseOfInput(this.kind!, text, taskOfCases(this.model));
    this.#at = undefined;
    if ('message' in testCase) {
      const hint =
        this.kind === 'call' && this.kinds.includes('unit') ? '. To run other code, choose Code' : '';
      this.#wrong = `${testCase.message}${hint}`;
      return this.requestUpdate();
    }
    this.#keepText(text);
    this.model.addTried(text);
    this.actions.tryInput(testCase);
    this.renderRoot.querySelector<HTMLElement>('.outcome')?.focus();
  }

  #outcome(): TemplateResult {
    const trial = this.#trial;
    if (trial === undefined)
      return html`<span class="dim">Runs both answers, without an expected value. Nothing is stored.</span>`;
    const shown = sides.filter((side) => trial.sides[side] !== undefined);
    const results = shown.map((side): ColumnResult => [side, this.#result(side)]);
    const states = shown.flatMap((side) => {
      const { phase, error } = trial.sides[side]!;
      return phase === 'running'
        ? [`${side}: running…`]
        : phase === 'cancelled'
          ? [`${side}: stopped`]
          : (error ?? []);
    });
    return html`<tiebreak-case-detail
        .model=${this.model}
        .actions=${this.actions}
        .version=${this.version}
        .testCase=${trial.case}
        .results=${results}
        .isTrial=${true}
      ></tiebreak-case-detail>
      ${states.map((text) => html`<div class="dim">${text}</div>`)} ${this.#keep(shown)}`;
  }

  #result(side: Side) {
    const trial = this.#trial;
    return trial?.sides[side]?.results[trial.case.id];
  }

  #keep(shown: readonly Side[]): TemplateResult | typeof nothing {
    const trial = this.#trial!;
    if (shown.some((side) => trial.sides[side]!.phase === 'running')) return nothing;
    if (this.#kept?.of === trial.case)
      return html`<div class="keep" role="status">Saved as case “${this.#kept.id}”.</div>`;
    return html`<div class="keep">
      <span>Make it a case:</span>
      ${shown
        .filter((side) => this.#expecting(side) !== undefined)
        .map(
          (side) =>
            html`<button class="link" @click=${() => this.#keepCase(side)}>
              expect ${side}’s <kbd>${side}</kbd>
            </button>`,
        )}
      <button class="link" @click=${() => this.#keepTyped()}>expect something else… <kbd>E</kbd></button>
      <span class="grow"></span>
      <button class="link dim" @click=${() => this.focusLine()}>Try another <kbd>Z</kbd></button>
    </div>`;
  }

  #outcomeKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      a: () => this.#keepCase('A'),
      b: () => this.#keepCase('B'),
      e: () => this.#keepTyped(),
      ArrowUp: () => this.focusLine(),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  #expecting(side: Side): Case | undefined {
    const trial = this.#trial;
    const isDone = trial?.sides[side]?.phase === 'done';
    return trial === undefined || !isDone
      ? undefined
      : expecting(trial.case, this.#result(side), this.#language);
  }

  /** Makes a case that expects the outcome of a side, and runs it on both answers. */
  #keepCase(side: Side): void {
    const expected = this.#expecting(side);
    const of = this.#trial?.case;
    if (expected === undefined || of === undefined || this.#kept?.of === of) return;
    const id = this.#newId();
    this.#kept = { of, id };
    this.actions.saveCase({ ...expected, id, origin: 'evaluator' });
    this.actions.run(false, [id]);
    this.requestUpdate();
  }

  /** Opens the form with the input, for an expectation that the person types. */
  #keepTyped(): void {
    const of = this.#trial?.case;
    if (of === undefined) return;
    const typed = of.kind === 'unit' ? { source: typedCode(this.#language, of.source) } : {};
    this.model.openCaseForm({ from: { ...of, ...typed, id: this.#newId() } as Case, isTrial: true });
  }

  #newId(): string {
    const taken = this.model.state.cases?.cases.map(({ id }) => id) ?? [];
    return idOfInput(this.#text, taken);
  }
}
customElements.define('tiebreak-try', TryPart);

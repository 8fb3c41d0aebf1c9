import { css, html, nothing, type TemplateResult } from 'lit';
import { Answers } from './answers.ts';
import './caseEditor.ts';
import './cases.ts';
import { codeLine } from './codeLine.ts';
import { codeStyles } from './codeStyles.ts';
import './diagnostics.ts';
import './dialogs.ts';
import { clock, timeOfDay } from './format.ts';
import './judgement.ts';
import { bindingOf, isTyping, type KeyTargets } from './keys.ts';
import type { View } from './model.ts';
import { paletteSheet } from './palette.ts';
import { Part } from './part.ts';
import { proseNodes } from './prose.ts';
import { RationalePart } from './rationale.ts';
import './splitter.ts';
import { shared } from './styles.ts';

const viewNames: Readonly<Record<View, [string, string]>> = {
  written: ['As written', 'W'],
  code: ['Code', 'C'],
  diff: ['Diff', 'D'],
};
/** Narrower than this the judgement is a tab, in pixels. */
const narrow = 900;

/** The panel: evidence on the left, judgement on the right, and the keys of both. */
export class App extends Part {
  static override styles = [
    shared,
    codeStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) 24px;
        height: 100vh;
        background: var(--vscode-editor-background);
      }
      .top {
        min-height: 36px;
        padding: 0 12px;
      }
      .top b {
        font-weight: 600;
        overflow: hidden;
        text-overflow: ellipsis;
        min-width: 6em;
      }
      main {
        display: grid;
        min-height: 0;
      }
      .evidence {
        display: grid;
        min-height: 0;
        min-width: 0;
      }
      .prompt {
        padding: 8px 14px 10px;
        border-bottom: 1px solid var(--line);
        min-width: 0;
      }
      .prompt h2 {
        justify-content: space-between;
      }
      .prompt h2 > button {
        text-transform: inherit;
        letter-spacing: inherit;
        font: inherit;
        padding: 0;
      }
      .prompt .prose {
        max-height: 30vh;
        overflow: auto;
        margin-top: 4px;
      }
      aside {
        background: var(--side);
        overflow: auto;
        padding: 10px 14px 12px;
        display: flex;
        flex-direction: column;
        gap: 14px;
        min-width: 0;
      }
      tiebreak-rationale {
        flex: 1 0 auto;
      }
      .submit {
        display: flex;
        gap: 8px;
        align-items: center;
        flex-wrap: wrap;
      }
      .submit .primary {
        padding: 5px 14px;
      }
      .obstacles {
        margin: 0;
        padding-left: 18px;
        color: var(--bad);
      }
      footer {
        display: flex;
        gap: 12px;
        align-items: center;
        padding: 0 12px;
        font-size: 12px;
        color: var(--dim);
        border-top: 1px solid var(--line);
        background: var(--side);
        white-space: nowrap;
        overflow: hidden;
      }
      footer button {
        padding: 0 4px;
        font-size: 12px;
      }
      .notice {
        color: var(--vscode-foreground);
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .notice.error {
        color: var(--bad);
      }
      .notice.warning {
        color: var(--warn);
      }
      .empty {
        grid-row: 1 / -1;
        align-self: center;
        justify-self: center;
        text-align: center;
        max-width: 46ch;
        padding: 24px;
      }
      .empty h1 {
        font-size: 18px;
        font-weight: 600;
        margin: 0 0 8px;
      }
      .empty p {
        margin: 0 0 14px;
        color: var(--dim);
      }
      .empty .buttons {
        display: flex;
        gap: 8px;
        justify-content: center;
      }
      .tabs {
        display: flex;
        gap: 2px;
        border-bottom: 1px solid var(--line);
        background: var(--side);
        padding: 0 8px;
      }
      .tabs button,
      .lower {
        border-radius: 0;
        border: 0;
        border-bottom: 2px solid transparent;
        padding: 4px 10px;
      }
      .lower {
        padding: 0 6px;
        line-height: 29px;
        font-weight: 600;
      }
      [aria-selected='true'] {
        border-bottom-color: var(--vscode-focusBorder) !important;
      }
      @media (max-width: 1150px) {
        .wide {
          display: none;
        }
      }
    `,
  ];

  readonly #targets = (): KeyTargets => ({
    actions: this.actions,
    model: this.model,
    focusRationale: () => this.focusRationale(),
    insertInRationale: (text) => void this.#showJudgement().then(() => this.#rationale?.insert(text)),
    applyFirstFix: () => this.applyFix(),
    moveSelection: (by, extend) => this.#answers?.move(by, extend),
    nextDifference: () => this.nextDifference(),
  });

  get #answers(): Answers | null {
    return this.renderRoot.querySelector<Answers>('tiebreak-answers');
  }

  get #rationale(): RationalePart | null {
    return this.renderRoot.querySelector<RationalePart>('tiebreak-rationale');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
    window.addEventListener('resize', () => this.requestUpdate());
    for (const kind of ['keydown', 'pointerdown', 'wheel']) {
      window.addEventListener(kind, () => this.actions.sign(), { passive: true, capture: true });
    }
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  focusRationale(): void {
    void this.#showJudgement().then(() => this.#rationale?.focus());
  }

  applyFix(): void {
    void this.#showJudgement().then(() => this.#rationale?.applyFirstFix());
  }

  nextDifference(): void {
    this.#answers?.nextDifference();
  }

  override render(): TemplateResult {
    const { task, empty } = this.model.state;
    if (!task) return this.#empty(empty);
    const isNarrow = window.innerWidth < narrow;
    const { tab } = this.model.arrangement;
    return html`
      ${this.#top()}
      <main>
        ${isNarrow ? this.#tabs() : nothing}
        ${isNarrow && tab === 'judgement' ? nothing : this.#evidence()}
        ${isNarrow ? nothing : this.#edge('judgementWidth', 'vertical', 'Width of the judgement')}
        ${isNarrow && tab === 'evidence' ? nothing : this.#judgement()}
      </main>
      ${this.#foot()}
      <tiebreak-dialogs .model=${this.model} .actions=${this.actions} .version=${this.version}></tiebreak-dialogs>
      <tiebreak-case-editor .model=${this.model} .actions=${this.actions} .version=${this.version}></tiebreak-case-editor>
    `;
  }

  protected override updated(): void {
    this.toggleAttribute('narrow', window.innerWidth < narrow);
    const main = this.renderRoot.querySelector<HTMLElement>('main');
    const evidence = this.renderRoot.querySelector<HTMLElement>('.evidence');
    const { judgementWidth, casesHeight } = this.model.arrangement;
    // Through the DOM: the page's policy refuses style attributes.
    if (main !== null) {
      const wide = `minmax(0, 1fr) 1px ${Math.min(judgementWidth, window.innerWidth - 420)}px`;
      main.style.gridTemplate = window.innerWidth < narrow ? 'auto minmax(0, 1fr) / minmax(0, 1fr)' : `minmax(0, 1fr) / ${wide}`;
    }
    if (evidence !== null) {
      evidence.style.gridTemplateRows = `auto minmax(0, 1fr) 1px ${Math.min(casesHeight, window.innerHeight - 260)}px`;
    }
  }

  #top(): TemplateResult {
    const { task, cases, draft, saved } = this.model.state;
    const running = Object.values(cases?.sides ?? {}).some(({ phase }) => phase === 'running');
    const { index, total } = task!.place;
    return html`<header class="bar top">
      <b title=${task!.title}>${task!.title}</b>
      <span class="chip">${task!.language}</span>
      <span class="chip wide">${task!.rubric.title} rubric</span>
      ${total > 0 && index > 0 ? html`<span class="dim num">${index} of ${total}</span>` : nothing}
      ${task!.submitted ? html`<span class="chip ok">submitted</span>` : nothing}
      <span class="grow"></span>
      <span class="dim num wide">${clock(draft?.activeMs ?? 0)} active</span>
      ${this.#saved(saved)}
      ${running
        ? html`<button class="primary" @click=${() => this.actions.cancel()}>Cancel <kbd>Esc</kbd></button>`
        : html`<button class="primary" ?disabled=${cases?.blocked !== undefined} title=${cases?.blocked ?? 'Run the cases for both answers'} @click=${() => this.actions.run()}>
            Run both <kbd>R</kbd>
          </button>`}
      <button class="wide" @click=${() => this.actions.open({ what: 'native-diff' })}>Diff editor <kbd>G</kbd></button>
      <button @click=${() => this.model.attend({ dialog: { kind: 'skip' } })}>Skip… <kbd>S</kbd></button>
      <button @click=${() => this.actions.next()}>Next <kbd>J</kbd></button>
    </header>`;
  }

  #saved(saved: typeof this.model.state.saved): TemplateResult | typeof nothing {
    if (saved === undefined || saved.state === 'clean') return nothing;
    if (saved.state === 'saving') return html`<span class="dim wide" role="status">Saving…</span>`;
    if (saved.state === 'saved') return html`<span class="dim num wide" role="status">Saved ${timeOfDay(saved.at)}</span>`;
    return html`<span class="bad" role="alert" title=${saved.message}>Not saved</span>
      <button @click=${() => this.actions.open({ what: 'save-elsewhere' })}>Save elsewhere…</button>`;
  }

  #tabs(): TemplateResult {
    const { tab } = this.model.arrangement;
    return html`<div class="tabs" role="tablist" aria-label="Parts of the panel">
      ${(['evidence', 'judgement'] as const).map(
        (name) => html`<button role="tab" aria-selected=${tab === name} @click=${() => this.model.arrange({ tab: name })}>
          ${name === 'evidence' ? 'Evidence' : 'Judgement'}
        </button>`,
      )}
    </div>`;
  }

  #evidence(): TemplateResult {
    const { lower } = this.model.attention;
    const tabs = html`<span slot="tabs" role="tablist" aria-label="Cases or diagnostics">
      ${(['cases', 'diagnostics'] as const).map(
        (name) => html`<button class="lower" role="tab" aria-selected=${lower === name} @click=${() => this.model.attend({ lower: name })}>
          ${name === 'cases' ? 'Cases' : 'Diagnostics'}
        </button>`,
      )}
    </span>`;
    return html`<section class="evidence" aria-label="Evidence" @reveal=${(event: CustomEvent) => this.#reveal(event)}>
      ${this.#prompt()}
      <tiebreak-answers .model=${this.model} .actions=${this.actions} .version=${this.version}></tiebreak-answers>
      ${this.#edge('casesHeight', 'horizontal', 'Height of the cases')}
      ${lower === 'cases'
        ? html`<tiebreak-cases .model=${this.model} .actions=${this.actions} .version=${this.version}>${tabs}</tiebreak-cases>`
        : html`<tiebreak-diagnostics .model=${this.model} .actions=${this.actions} .version=${this.version}>${tabs}</tiebreak-diagnostics>`}
    </section>`;
  }

  #prompt(): TemplateResult {
    const { task, highlight } = this.model.state;
    const { promptOpen, view } = this.model.arrangement;
    return html`<div class="prompt">
      <h2>
        <button aria-expanded=${promptOpen} @click=${() => this.model.arrange({ promptOpen: !promptOpen })}>
          Prompt <vscode-icon name=${promptOpen ? 'chevron-down' : 'chevron-right'}></vscode-icon>
        </button>
        <span class="choices" role="group" aria-label="How the answers are shown">
          ${Object.entries(viewNames).map(
            ([name, [label, key]]) => html`<button aria-pressed=${view === name} @click=${() => this.actions.view(name as View)}>${label} <kbd>${key}</kbd></button>`,
          )}
        </span>
      </h2>
      ${promptOpen
        ? html`<div class="prose" tabindex="0" role="region" aria-label="Prompt">
            ${task!.prompt.map(({ kind, text, key }) =>
              kind === 'prose'
                ? [...proseNodes(text).childNodes]
                : html`<pre>${text.replace(/\n$/, '').split('\n').map((line, index) => html`${codeLine(line, highlight?.lines[key]?.[index], [])}${'\n'}`)}</pre>`,
            )}
          </div>`
        : nothing}
    </div>`;
  }

  #judgement(): TemplateResult {
    const { task, findings = [] } = this.model.state;
    const { obstacles, submitting } = this.model.attention;
    const errors = findings.filter(({ severity }) => severity === 'E').length;
    const warnings = findings.filter(({ severity }) => severity === 'W').length;
    return html`<aside aria-label="Judgement">
      <tiebreak-judgement .model=${this.model} .actions=${this.actions} .version=${this.version} @reveal=${(event: CustomEvent) => this.#reveal(event)}></tiebreak-judgement>
      <tiebreak-rationale .model=${this.model} .actions=${this.actions} .version=${this.version}></tiebreak-rationale>
      ${obstacles.length === 0 ? nothing : html`<ul class="obstacles" role="alert">${obstacles.map((text) => html`<li>${text}</li>`)}</ul>`}
      <div class="submit">
        ${task!.submitted
          ? html`<button class="primary" @click=${() => this.actions.revise()}>Revise</button>`
          : html`<button class="primary" ?disabled=${submitting} @click=${() => void this.actions.submit()}>
              ${submitting ? 'Submitting…' : 'Submit and next'} <kbd>Ctrl+⏎</kbd>
            </button>`}
        <span class="grow"></span>
        <span class="dim">${counted(errors, 'error')}, ${counted(warnings, 'warning')}</span>
      </div>
    </aside>`;
  }

  #foot(): TemplateResult {
    const { notice } = this.model.state;
    return html`<footer>
      ${notice
        ? html`<span class="notice ${notice.severity}" role=${notice.severity === 'info' ? 'status' : 'alert'} title=${notice.text}>${notice.text}</span>
            <button aria-label="Dismiss" @click=${() => this.model.receive({ notice: null })}>✕</button>`
        : html`<span>Blind: order fixed for you, names hidden</span>`}
      <span class="grow"></span>
      <button @click=${() => this.model.attend({ dialog: { kind: 'keys' } })}>All keys <kbd>?</kbd></button>
    </footer>`;
  }

  #empty(empty: typeof this.model.state.empty): TemplateResult {
    if (!empty || empty.reason === 'loading') {
      return html`<div class="empty" role="status"><vscode-progress-ring></vscode-progress-ring><p>${empty?.message ?? ''}</p></div>`;
    }
    const titles = { 'queue-empty': 'Nothing to judge yet', 'all-done': 'All done', failed: 'The task cannot be opened' } as const;
    const failed = empty.reason === 'failed';
    return html`<div class="empty" role=${failed ? 'alert' : 'status'}>
      <h1>${titles[empty.reason]}</h1>
      <p>${empty.message}</p>
      <div class="buttons">
        ${failed
          ? html`<button class="primary" @click=${() => this.actions.next()}>Next task</button
              ><button @click=${() => this.actions.open({ what: 'log' })}>Show log</button>`
          : html`<button class="primary" @click=${() => this.actions.open({ what: 'sample-queue' })}>Open sample queue</button
              ><button @click=${() => this.actions.open({ what: 'import' })}>Import tasks…</button>`}
      </div>
    </div>`;
  }

  /** A bar to drag, or to move with the arrow keys. */
  #edge(name: 'judgementWidth' | 'casesHeight', direction: 'vertical' | 'horizontal', label: string): TemplateResult {
    const value = this.model.arrangement[name];
    return html`<tiebreak-splitter
      direction=${direction}
      label=${label}
      .value=${value}
      @moved=${(event: CustomEvent<number>) => this.model.arrange({ [name]: event.detail })}
    ></tiebreak-splitter>`;
  }

  #reveal(event: CustomEvent): void {
    const { side, line } = event.detail as { side: 'A' | 'B'; line: number };
    if (window.innerWidth < narrow) this.model.arrange({ tab: 'evidence' });
    void this.updateComplete.then(() => this.#answers?.reveal(side, line));
  }

  async #showJudgement(): Promise<void> {
    if (window.innerWidth < narrow) this.model.arrange({ tab: 'judgement' });
    await this.updateComplete;
    await this.#rationale?.updateComplete;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.#escape(event);
    if (isTyping(event) || this.model.attention.dialog !== null || !this.model.state.task) return;
    const binding = bindingOf(event);
    if (binding === undefined) return;
    // Arrow keys move through a group of radio buttons as everywhere.
    event.preventDefault();
    this.model.receive({ notice: null });
    binding.run(this.#targets());
  }

  #escape(event: KeyboardEvent): void {
    if (this.model.attention.dialog !== null) return;
    const typing = event.composedPath()[0];
    if (isTyping(event) && typing instanceof HTMLElement) return typing.blur();
    this.actions.cancel();
  }
}
customElements.define('tiebreak-panel', App);

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}

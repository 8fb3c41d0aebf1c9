import { html, nothing, type TemplateResult } from 'lit';
import type { Inspection } from '../core/inspection.ts';
import type { Side } from '../core/preference.ts';
import type { PanelComment } from '../protocol/inspection.ts';
import { Answers } from './code/answers.ts';
import { appStyles } from './appStyles.ts';
import './cases/caseEditor.ts';
import './cases/cases.ts';
import './code/diagnostics.ts';
import './dialogs.ts';
import './emptyPart.ts';
import './judging/feedbackPart.ts';
import './ideal/idealDiff.ts';
import './ideal/idealPart.ts';
import type { InspectionPart } from './reviewer/inspection.ts';
import './reviewer/inspection.ts';
import type { Judgement } from './judging/judgement.ts';
import './judging/judgement.ts';
import './judging/lessonPart.ts';
import type { KeyTargets } from './keyBinding.ts';
import { bindingOf, isTextChord, isTyping } from './keys.ts';
import type { Arrangement, Attention } from './model.ts';
import { Part } from './part.ts';
import './promptPart.ts';
import type { RationalePart } from './judging/rationale.ts';
import './judging/rationale.ts';
import './reviewer/settlement.ts';
import './splitter.ts';
import { shared } from './styles.ts';
import './judging/submitPart.ts';
import './topBar.ts';

/** Narrower than this the judgement is a tab, in pixels. */
const narrow = 900;
/** From this on a reviewer's form has a column of its own. */
const wide = 1300;
const formWidth = 372;

/** What a reader must know of how the review is shown. */
const feet = {
  judge: 'Blind: order fixed for you, names hidden',
  inspect: 'As its evaluator saw it: same order, names hidden, nothing can be changed',
  settle: 'Order fixed for you, names hidden',
} as const;

/** The panel: evidence on the left, judgement on the right, and the keys of both. */
export class App extends Part {
  static override styles = [shared, appStyles];

  readonly #targets = (): KeyTargets => ({
    actions: this.actions,
    model: this.model,
    focusRationale: () => this.focusRationale(),
    insertInRationale: (text) => this.#insertInRationale(text),
    applyFirstFix: () => this.applyFix(),
    moveSelection: (by, extend) => this.#answers?.move(by, extend),
    toSide: (side) => this.#answers?.toSide(side),
    nextDifference: () => this.nextDifference(),
    comment: () => this.comment(),
    showJudgement: () => void this.#showJudgement(),
  });

  get #answers(): Answers | null {
    return this.renderRoot.querySelector<Answers>('tiebreak-answers');
  }

  get #rationale(): RationalePart | null {
    return this.renderRoot.querySelector<RationalePart>('tiebreak-rationale');
  }

  get #scores(): Judgement | null {
    return this.renderRoot.querySelector<Judgement>('tiebreak-judgement');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
    // The editor listens at the window, one step further out.
    document.addEventListener('keydown', (event) => {
      if (isTextChord(event)) event.stopPropagation();
    });
    window.addEventListener('resize', () => this.requestUpdate());
    for (const kind of ['keydown', 'pointerdown', 'wheel']) {
      window.addEventListener(kind, () => this.actions.sign(), { passive: true, capture: true });
    }
  }

  focusRationale(): void {
    void this.#showJudgement().then(() => this.#rationale?.focus());
  }

  focusJudgement(part: 'preference' | 'scores'): void {
    void this.#showJudgement().then(() => this.#scores?.focusOn(`.${part} [tabindex="0"]`));
  }

  /** Cites the selected lines; where none are, goes to the code and says that some must be. */
  citeLines(): void {
    const { selection } = this.model.attention;
    if (selection !== null) return this.#insertInRationale(this.actions.anchor(selection));
    void this.#showEvidence().then(() => this.#answers?.focusOn('[tabindex="0"]'));
    const text = 'Select the lines that show it first (arrow keys, or a click), then press Q.';
    this.model.receive({ notice: { severity: 'info', text } });
  }

  #insertInRationale(text: string): void {
    void this.#showJudgement().then(() => this.#rationale?.insert(text));
  }

  applyFix(): void {
    void this.#showJudgement().then(() => this.#rationale?.applyFirstFix());
  }

  /** Comments on what is selected of the rationale, or says that something must be. */
  comment(): void {
    const form = this.renderRoot.querySelector<InspectionPart>('tiebreak-inspection');
    const span = this.#rationale?.selectedSpan;
    if (form === null || this.model.state.inspection?.submitted === true) return;
    if (span !== undefined) return form.comment(span);
    const text = 'Select the words of the rationale that the comment is about first.';
    this.model.receive({ notice: { severity: 'info', text } });
  }

  decide(kind: Inspection['decision']['kind']): void {
    void this.#showJudgement();
    this.actions.decide(kind);
  }

  nextDifference(): void {
    void this.#showEvidence().then(() => this.#answers?.nextDifference());
  }

  override render(): TemplateResult {
    const { model, actions, version } = this;
    if (!model.state.task)
      return html`<tiebreak-empty .model=${model} .actions=${actions} .version=${version}></tiebreak-empty>`;
    // Both halves stay in the page: a hidden text keeps its cursor, its undo and every character.
    const { tab } = model.arrangement;
    return html`
      <tiebreak-top-bar .model=${model} .actions=${actions} .version=${version}></tiebreak-top-bar>
      <main>
        ${this.#isNarrow ? this.#tabs() : nothing} ${this.#evidence(this.#isNarrow && tab === 'judgement')}
        ${this.#isNarrow ? nothing : this.#edge('judgementWidth', 'vertical', 'Width of the judgement')}
        ${this.#judgement(this.#isNarrow && tab === 'evidence')}
      </main>
      ${this.#notice()} ${this.#foot()}
      <tiebreak-dialogs .model=${model} .actions=${actions} .version=${version}></tiebreak-dialogs>
      <tiebreak-case-editor .model=${model} .actions=${actions} .version=${version}></tiebreak-case-editor>
    `;
  }

  /** Sizes go through the DOM: the page's policy refuses style attributes. */
  protected override updated(): void {
    const main = this.renderRoot.querySelector<HTMLElement>('main');
    const evidence = this.renderRoot.querySelector<HTMLElement>('.evidence');
    if (main === null || evidence === null) return;
    const { judgementWidth, casesHeight } = this.model.arrangement;
    const beside = this.#isBeside ? formWidth : 0;
    const width = Math.max(240, Math.min(judgementWidth + beside, window.innerWidth - 420));
    const height = Math.max(90, Math.min(casesHeight, window.innerHeight - 260));
    main.style.gridTemplate = this.#isNarrow
      ? 'auto minmax(0, 1fr) / minmax(0, 1fr)'
      : `minmax(0, 1fr) / minmax(0, 1fr) 1px ${width}px`;
    evidence.style.gridTemplate = `auto minmax(0, 1fr) 1px ${height}px / minmax(0, 1fr)`;
  }

  get #isNarrow(): boolean {
    return window.innerWidth < narrow;
  }

  /** Whether a reviewer's form stands beside what was judged, and not below it. */
  get #isBeside(): boolean {
    return this.model.mode !== 'judge' && window.innerWidth >= wide;
  }

  #tabs(): TemplateResult {
    return html`<div class="tabs" role="tablist" aria-label="Parts of the panel">
      ${this.#tab('evidence', 'Evidence')} ${this.#tab('judgement', 'Judgement')}
    </div>`;
  }

  #tab(name: Arrangement['tab'], label: string): TemplateResult {
    const selected = this.model.arrangement.tab === name;
    return html`<button
      role="tab"
      aria-selected=${selected}
      @click=${() => this.model.arrange({ tab: name })}
    >
      ${label}
    </button>`;
  }

  #evidence(hidden: boolean): TemplateResult {
    const { model, actions, version } = this;
    const lower = model.attention.lower;
    const tabs = html`<span slot="tabs" role="tablist" aria-label="Cases or diagnostics">
      ${this.#lowerTab('cases', 'Cases')} ${this.#lowerTab('diagnostics', 'Diagnostics')}
    </span>`;
    return html`<section
      class="evidence"
      aria-label="Evidence"
      ?hidden=${hidden}
      @reveal=${(event: CustomEvent) => this.#reveal(event)}
    >
      <tiebreak-prompt .model=${model} .actions=${actions} .version=${version}></tiebreak-prompt>
      ${
        model.idealAgainst === undefined
          ? html`<tiebreak-answers
              .model=${model}
              .actions=${actions}
              .version=${version}
            ></tiebreak-answers>`
          : html`<tiebreak-ideal-diff
              .model=${model}
              .actions=${actions}
              .version=${version}
            ></tiebreak-ideal-diff>`
      }
      ${this.#edge('casesHeight', 'horizontal', 'Height of the cases')}
      ${
        lower === 'cases'
          ? html`<tiebreak-cases .model=${model} .actions=${actions} .version=${version}
              >${tabs}</tiebreak-cases
            >`
          : html`<tiebreak-diagnostics .model=${model} .actions=${actions} .version=${version}
              >${tabs}</tiebreak-diagnostics
            >`
      }
    </section>`;
  }

  #lowerTab(name: Attention['lower'], label: string): TemplateResult {
    const selected = this.model.attention.lower === name;
    return html`<button
      class="lower"
      role="tab"
      aria-selected=${selected}
      @click=${() => this.model.attend({ lower: name })}
    >
      ${label}
    </button>`;
  }

  #judgement(hidden: boolean): TemplateResult {
    return html`<section
      class=${this.#isBeside && this.model.mode === 'inspect' ? 'judgement beside' : 'judgement'}
      aria-label="Judgement"
      ?hidden=${hidden}
      @reveal=${(event: CustomEvent) => this.#reveal(event)}
      @comment=${() => this.comment()}
      @span=${(event: CustomEvent<PanelComment>) => this.#rationale?.showComment(event.detail)}
      @mend-there=${(event: CustomEvent<'preference' | 'scores'>) => this.focusJudgement(event.detail)}
      @cite=${() => this.citeLines()}
    >
      ${this.#judgementParts()}
    </section>`;
  }

  #judgementParts(): TemplateResult {
    const { model, actions, version } = this;
    if (model.mode === 'settle')
      return html`<tiebreak-settlement
        .model=${model}
        .actions=${actions}
        .version=${version}
      ></tiebreak-settlement>`;
    const rationale = model.asked!.judgement
      ? html`<tiebreak-rationale
          .model=${model}
          .actions=${actions}
          .version=${version}
        ></tiebreak-rationale>`
      : nothing;
    const judgement = html`<tiebreak-judgement
      .model=${model}
      .actions=${actions}
      .version=${version}
    ></tiebreak-judgement>`;
    const ideal = html`<tiebreak-ideal
      .model=${model}
      .actions=${actions}
      .version=${version}
    ></tiebreak-ideal>`;
    if (model.mode === 'inspect')
      return html`<div class="column">${judgement} ${ideal} ${rationale}</div>
        <div class="column">
          <tiebreak-inspection .model=${model} .actions=${actions} .version=${version}></tiebreak-inspection>
        </div>`;
    return html`<tiebreak-lesson .model=${model} .actions=${actions} .version=${version}></tiebreak-lesson>
      <tiebreak-feedback .model=${model} .actions=${actions} .version=${version}></tiebreak-feedback>
      ${judgement} ${ideal} ${rationale}
      <tiebreak-submit .model=${model} .actions=${actions} .version=${version}></tiebreak-submit>`;
  }

  #notice(): TemplateResult | typeof nothing {
    const { notice } = this.model.state;
    if (!notice) return nothing;
    const tone = { info: 'dim', warning: 'warn', error: 'bad' }[notice.severity];
    return html`<div class="notice" role=${notice.severity === 'info' ? 'status' : 'alert'}>
      <vscode-icon class=${tone} name=${notice.severity} label=${notice.severity}></vscode-icon>
      <span>${notice.text}</span>
      <span class="grow"></span>
      <button aria-label="Dismiss" @click=${() => this.model.receive({ notice: null })}>
        <vscode-icon name="close"></vscode-icon>
      </button>
    </div>`;
  }

  #foot(): TemplateResult {
    return html`<footer>
      <span>${feet[this.model.mode]}</span>
      <span class="grow"></span>
      <button @click=${() => this.model.attend({ dialog: { kind: 'keys' } })}>All keys <kbd>?</kbd></button>
    </footer>`;
  }

  /** A bar to drag, or to move with the arrow keys. */
  #edge(
    name: 'judgementWidth' | 'casesHeight',
    direction: 'vertical' | 'horizontal',
    label: string,
  ): TemplateResult {
    return html`<tiebreak-splitter
      direction=${direction}
      label=${label}
      .value=${this.model.arrangement[name]}
      @moved=${(event: CustomEvent<number>) => this.model.arrange({ [name]: event.detail })}
    ></tiebreak-splitter>`;
  }

  #reveal(event: CustomEvent): void {
    const { side, line } = event.detail as { side: Side; line: number };
    void this.#showEvidence().then(() => this.#answers?.reveal(side, line));
  }

  async #showEvidence(): Promise<void> {
    if (this.#isNarrow) this.model.arrange({ tab: 'evidence' });
    if (this.model.idealAgainst !== undefined) this.model.arrange({ pairing: 'A|B' });
    await this.updateComplete;
    await this.#answers?.updateComplete;
  }

  async #showJudgement(): Promise<void> {
    if (this.#isNarrow) this.model.arrange({ tab: 'judgement' });
    await this.updateComplete;
    await this.#rationale?.updateComplete;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.#escape(event);
    if (
      event.defaultPrevented ||
      isTyping(event) ||
      this.model.attention.dialog !== null ||
      !this.model.state.task
    )
      return;
    const binding = bindingOf(event, this.model);
    if (binding === undefined || (event.key.startsWith('Arrow') && !movesLines(event))) return;
    event.preventDefault();
    if (this.model.state.notice) this.model.receive({ notice: null });
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

/** Arrow keys select lines from the answers and from nowhere; elsewhere they scroll and choose as everywhere. */
function movesLines(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target === document.body || event.composedPath().some((node) => node instanceof Answers);
}

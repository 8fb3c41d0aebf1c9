import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Inspection } from '../../core/inspection/inspection.ts';
import type { Side } from '../../core/task/side.ts';
import type { PanelComment } from '../../protocol/inspection.ts';
import { Answers } from '../code/answers.ts';
import { appStyles } from '../styles/appStyles.ts';
import type { Cases } from '../cases/cases.ts';
import type { Differences } from '../differing/differences.ts';
import './dialogs.ts';
import './emptyPart.ts';
import type { InspectionPart } from '../reviewer/inspection.ts';
import type { Judgement } from '../judging/judgement.ts';
import type { KeyTargets } from '../state/keyBinding.ts';
import {
  bindingOf,
  isFindChord,
  isSubmitChord,
  isTextChord,
  isTyping,
  isUndoChord,
  isWrapChord,
} from '../state/keys.ts';
import type { Arrangement } from '../state/arrangement.ts';
import { gridOf, isNarrow } from './appGrid.ts';
import { evidenceView } from './evidenceView.ts';
import { judgementView } from './judgementView.ts';
import type { Missing } from '../judging/missing.ts';
import { noticeBar } from './noticeBar.ts';
import { Part } from './part.ts';
import { restoreScroll, scrollPlacesOf } from './scrollPlaces.ts';
import { splitter } from './splitter.ts';
import type { RationalePart } from '../judging/rationale.ts';
import { shared } from '../styles/styles.ts';
import './topBar.ts';

/** The text of the panel's foot: in which order and how blindly the answers are shown. */
const footTexts = {
  judge: 'Blind: the order is fixed for you, and model names are hidden',
  inspect: 'Read-only: in the order that the evaluator saw, with model names hidden',
  settle: 'The order is fixed for you, and names are hidden',
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
    focusScores: () => this.focusScores(),
    flagSuspicion: () => this.#flagSuspicion(),
    moveSelection: (by, extend) => this.#answers?.move(by, extend),
    toSide: (side) => this.#answers?.toSide(side),
    nextDifference: () => this.nextDifference(),
    tryInput: () => this.tryInput(),
    findDifferences: () => this.findDifferences(),
    comment: () => this.comment(),
    showJudgement: () => void this.#showJudgement(),
  });

  readonly #judgementEvents = {
    reveal: (event: CustomEvent) => this.#reveal(event),
    comment: () => this.comment(),
    showComment: (comment: PanelComment) => this.#rationale?.showComment(comment),
    focusJudgement: (group: Missing) => this.focusJudgement(group),
    scored: () => this.#leaveScores(),
    citeLines: () => this.citeLines(),
  };

  /** The subject whose answers got the focus. */
  #focused: string | undefined;

  get #answers(): Answers | null {
    return this.renderRoot.querySelector<Answers>('tiebreak-answers');
  }

  get #rationale(): RationalePart | null {
    return this.renderRoot.querySelector<RationalePart>('tiebreak-rationale');
  }

  get #inspection(): InspectionPart | null {
    return this.renderRoot.querySelector<InspectionPart>('tiebreak-inspection');
  }

  get #ideal(): Part | null {
    return this.renderRoot.querySelector<Part>('tiebreak-ideal');
  }

  get #judgement(): Judgement | null {
    return this.renderRoot.querySelector<Judgement>('tiebreak-judgement');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
    // The editor listens on the window, so this listener on the document comes first.
    document.addEventListener('keydown', (event) => {
      if (
        isTextChord(event) ||
        this.#accept(event) ||
        this.#undo(event) ||
        this.#wrap(event) ||
        this.#find(event)
      )
        event.stopPropagation();
    });
    window.addEventListener('resize', () => this.requestUpdate());
    for (const kind of ['keydown', 'pointerdown', 'wheel']) {
      window.addEventListener(kind, () => this.actions.sign(), { passive: true, capture: true });
    }
  }

  focusRationale(): void {
    void this.#showJudgement().then(() => this.#rationale?.focus());
  }

  focusJudgement(group: Missing): void {
    if (group === 'case') return this.model.openCaseForm();
    void this.#showJudgement().then(() => {
      if (group === 'rationale') return this.#rationale?.focus();
      if (group === 'ideal') return this.#ideal?.focusOn('textarea, button');
      return this.#judgement?.focusGroup(group);
    });
  }

  /** Enters the rubric: the evaluator's own, or the reviewer's. */
  focusScores(): void {
    if (this.model.mode === 'judge') return this.focusJudgement('scores');
    void this.#showJudgement().then(() => this.#inspection?.focusScores());
  }

  /**
   * After the last score, moves the focus so that digits again mean what the buttons say. In a narrow window the answers may
   * be hidden.
   */
  #leaveScores(): void {
    focusedElement()?.blur();
    if (this.model.mode === 'inspect') void this.#inspection?.focusDecision();
    else void this.#answers?.focusOn('[tabindex="0"]');
  }

  #flagSuspicion(): void {
    const lines = this.actions.flagSelectedSuspicion();
    if (lines === undefined) return;
    if (this.model.arrangement.view === 'written') this.actions.view('code');
    this.#bringForward(lines.side);
    void this.#showEvidence().then(() => this.#answers?.reveal(lines.side, lines.from));
  }

  /** Cites the selected lines. Without a selection, focuses the code and asks for one. */
  citeLines(): void {
    const { selection } = this.model.attention;
    if (selection !== null) return this.#insertInRationale(this.actions.anchor(selection));
    void this.#showEvidence().then(() => this.#answers?.focusOn('[tabindex="0"]'));
    const text = 'Select lines in the code first (click or arrow keys), then press Q.';
    this.model.receive({ notice: { severity: 'info', text } });
  }

  #insertInRationale(text: string): void {
    void this.#showJudgement().then(() => this.#rationale?.insert(text));
  }

  applyFix(): void {
    void this.#showJudgement().then(() => this.#rationale?.applyFirstFix());
  }

  /** Comments on the selected text of the rationale. Without a selection, asks for one. */
  comment(): void {
    const form = this.#inspection;
    const span = this.#rationale?.selectedSpan;
    if (form === null || this.model.state.inspection?.submitted === true) return;
    if (span !== undefined) return form.comment(span);
    const text = 'Select text in the rationale first, then press K.';
    this.model.receive({ notice: { severity: 'info', text } });
  }

  decide(kind: Inspection['decision']['kind']): void {
    void this.#showJudgement();
    this.actions.decide(kind);
  }

  nextDifference(): void {
    void this.#showEvidence().then(() => this.#answers?.nextDifference());
  }

  /** Opens the field to find a text in the prompt and the answers. */
  find(): void {
    if (this.model.attention.dialog !== null) return;
    this.model.arrange({ promptOpen: true, tab: 'evidence', alone: null });
    this.model.attend({ finding: true });
    void this.#showFind();
  }

  /** Opens the line for an input that both answers run on. */
  tryInput(): void {
    if (this.model.mode !== 'judge' || this.model.state.task?.submitted === true) return;
    this.model.attend({ lower: 'cases', trying: true });
    void this.#showEvidence().then(() => this.renderRoot.querySelector<Cases>('tiebreak-cases')?.focusTry());
  }

  /** Searches for inputs on which the answers differ. */
  findDifferences(): void {
    if (this.model.mode !== 'judge' || this.model.state.task?.submitted === true) return;
    this.actions.findDifferences();
    void this.#showEvidence().then(() =>
      this.renderRoot.querySelector<Differences>('tiebreak-differences')?.focusList(),
    );
  }

  override render(): TemplateResult {
    const { model, actions, version } = this;
    if (!model.state.task)
      return html`<tiebreak-empty .model=${model} .actions=${actions} .version=${version}></tiebreak-empty>`;
    // Another task gets new elements, so that no scroll position, fold or focus of the previous task remains.
    return html`
      <tiebreak-top-bar .model=${model} .actions=${actions} .version=${version}></tiebreak-top-bar>
      ${keyed(model.subject, this.#main())} ${noticeBar(this)} ${this.#foot()}
      <tiebreak-dialogs .model=${model} .actions=${actions} .version=${version}></tiebreak-dialogs>
    `;
  }

  /** Hide a half instead of removing it: a hidden text area keeps its cursor, its undo stack and its text. */
  #main(): TemplateResult {
    const { model } = this;
    const { tab } = model.arrangement;
    return html`<main>
      ${this.#isNarrow ? this.#tabs() : nothing}
      ${evidenceView(this, {
        hidden: this.#isNarrow && tab === 'judgement',
        onReveal: (event) => this.#reveal(event),
        onCite: ({ detail }) => this.#insertInRationale((detail as { text: string }).text),
      })}
      ${this.#isNarrow ? nothing : splitter(model, 'judgementWidth', 'vertical', 'Width of the judgement')}
      ${judgementView(this, this.#isNarrow && tab === 'evidence', this.#judgementEvents)}
    </main>`;
  }

  protected override firstUpdated(): void {
    this.model.readScroll = () => scrollPlacesOf(this.renderRoot);
  }

  protected override updated(): void {
    this.#layOut();
    const { subject } = this.model;
    if (subject !== undefined && subject !== this.#focused) {
      this.#focusAnswers();
      const isCurrent = () => this.model.subject === subject;
      void restoreScroll(this.renderRoot, this.model.place?.scroll ?? {}, isCurrent);
    }
    this.#focused = subject;
  }

  /**
   * Focuses the answers, so that keys are commands at once. Does not take the focus from outside of the panel or from
   * feedback.
   */
  #focusAnswers(): void {
    if (document.hasFocus() && !this.model.state.calibrationFeedback)
      void this.#answers?.focusOn('[tabindex="0"]');
  }

  /** Sizes go through the DOM: the page's policy refuses style attributes. */
  #layOut(): void {
    const main = this.renderRoot.querySelector<HTMLElement>('main');
    const evidence = this.renderRoot.querySelector<HTMLElement>('.evidence');
    if (main === null || evidence === null) return;
    const grid = gridOf(this.model.arrangement, this.model.mode, window);
    main.style.gridTemplate = grid.main;
    evidence.style.gridTemplate = grid.evidence;
  }

  get #isNarrow(): boolean {
    return isNarrow(window);
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

  #foot(): TemplateResult {
    return html`<footer>
      <span>${footTexts[this.model.mode]}</span>
      <span class="grow"></span>
      <button @click=${() => this.model.attend({ dialog: { kind: 'keys' } })}>All keys <kbd>?</kbd></button>
    </footer>`;
  }

  #reveal(event: CustomEvent): void {
    const { side, line, file } = event.detail as { side: Side; line: number; file?: string };
    if (file !== undefined) this.#select(side, file, line);
    this.#bringForward(side);
    void this.#showEvidence().then(() => this.#answers?.reveal(side, line));
  }

  /** Where one answer has all the room, gives it to this one. */
  #bringForward(side: Side): void {
    const { alone } = this.model.arrangement;
    if (alone !== null && alone !== side) this.model.arrange({ alone: side });
  }

  /** Selects a line of a file. The text of an answer has no lines of files. */
  #select(side: Side, file: string, line: number): void {
    const { files } = this.model.attention;
    this.model.attend({
      files: { ...files, [side]: file },
      selection: { side, file, from: line, to: line },
    });
    if (this.model.arrangement.view === 'written') this.model.arrange({ view: 'code' });
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

  /** Ctrl+Enter in a form or behind an open dialog saves that form. Returns whether it was that key there. */
  #accept(event: KeyboardEvent): boolean {
    if (!isSubmitChord(event)) return false;
    const around = event.composedPath().find((node) => node instanceof HTMLFormElement);
    if (around === undefined && this.model.attention.dialog === null) return false;
    event.preventDefault();
    (around ?? openForm(this.renderRoot))?.requestSubmit();
    return true;
  }

  /** Undoes the last change. In a text field, the same chord undoes typing. */
  #undo(event: KeyboardEvent): boolean {
    if (!isUndoChord(event) || this.model.attention.dialog !== null || !this.model.state.task) return false;
    event.preventDefault();
    this.actions.undo();
    return true;
  }

  #find(event: KeyboardEvent): boolean {
    if (!isFindChord(event) || this.model.attention.dialog !== null || !this.model.state.task) return false;
    event.preventDefault();
    this.find();
    return true;
  }

  async #showFind(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<Part>('tiebreak-find')?.focusOn('input');
  }

  #wrap(event: KeyboardEvent): boolean {
    if (!isWrapChord(event) || !this.model.state.task) return false;
    event.preventDefault();
    this.actions.toggleWrap();
    return true;
  }

  /** Closes the innermost thing. A dialog and a list of citations close themselves. */
  #escape(event: KeyboardEvent): void {
    if (this.model.attention.dialog !== null || event.defaultPrevented) return;
    const [target] = event.composedPath();
    if (isTyping(event) && target instanceof HTMLElement) return target.blur();
    if (target instanceof HTMLElement && target.closest('.scores') !== null) return this.#leaveScores();
    this.actions.cancel();
  }
}
customElements.define('tiebreak-panel', App);

/** The element with the focus, in whatever shadow tree it is. */
function focusedElement(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** The form of the open dialog. */
function openForm(root: DocumentFragment | HTMLElement): HTMLFormElement | undefined {
  const dialogs = root.querySelector('tiebreak-dialogs')?.shadowRoot;
  return dialogs?.querySelector<HTMLFormElement>('dialog[open] form') ?? undefined;
}

/** Arrow keys select lines when the answers or nothing has the focus; elsewhere they keep their usual meaning. */
function movesLines(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target === document.body || event.composedPath().some((node) => node instanceof Answers);
}

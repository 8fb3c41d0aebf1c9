import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { foundText, triedText } from '../../core/differing/searchWords.ts';
import type { WitnessDecision } from '../../core/differing/searchRecord.ts';
import { caseAnchor } from '../../core/rationale/anchors.ts';
import { sides, type Side } from '../../core/task/side.ts';
import { visibleLine, visibleText } from '../../core/text/visible.ts';
import type { PanelSearch } from '../../protocol/panel/state.ts';
import '../cases/caseDetail.ts';
import type { ColumnResult } from '../cases/caseDetail.ts';
import { taskOfCases } from '../cases/casesOfModel.ts';
import { caseOfWitness, expecting, idOfInput, inputText } from '../cases/triedInput.ts';
import { Part } from '../shell/part.ts';
import type { WitnessKey } from '../state/model.ts';
import { shared } from '../styles/styles.ts';
import { differencesStyles } from './differencesStyles.ts';
import { classNames } from './differenceWords.ts';

export type PanelWitness = PanelSearch['witnesses'][number];

/** A witness and the search that found it. */
interface Shown {
  readonly search: PanelSearch;
  readonly witness: PanelWitness;
}

/** The searches for inputs on which A and B differ, and the decision on each input. */
export class Differences extends Part {
  static override styles = [shared, differencesStyles];

  /** Whether a search was under way when the part was last drawn. */
  #wasRunning = false;
  /** The witness to focus after the next update. */
  #wanted: WitnessKey | undefined;
  /** Decisions that the host may not have yet, by search and input: the state does not show them. */
  readonly #sent = new Map<string, WitnessDecision | null>();

  protected override updated(): void {
    const running = this.#isRunning;
    const ended = this.#wasRunning && !running;
    this.#wasRunning = running;
    // A person who waits here goes on with the first input; one who works elsewhere is not disturbed.
    if (ended && this.#hasFocus) this.#wanted = keyOf(this.#undecided[0]);
    const wanted = this.#wanted && this.#element(this.#wanted);
    this.#wanted = undefined;
    wanted?.focus({ preventScroll: true });
    wanted?.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const { differences } = this.model.state;
    if (!differences) return html``;
    const { phase, error, searches } = differences;
    return html`
      <div class="bar" role="toolbar" aria-label="Differences">
        <slot name="tabs"></slot>
        <span class="dim summary" role="status">${this.#status()}</span>
        <span class="grow"></span>
        ${this.#isJudging ? this.#tools() : nothing}
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label="Inputs on which A and B differ">
        ${phase === 'failed' ? html`<div class="message" role="alert">${visibleText(error ?? '')}</div>` : nothing}
        ${phase === 'running' ? this.#progress() : nothing}
        ${searches.length === 0 && phase !== 'running' ? this.#empty() : nothing}
        ${repeat(
          searches.toReversed(),
          ({ id }) => id,
          (search) => this.#search(search),
        )}
      </div>
    `;
  }

  /** Focuses the list, so that the arrow keys and the letters of the decisions work. */
  focusList(): void {
    const first = this.#undecided[0] ?? this.#all[0];
    if (first === undefined || this.#isRunning) return void this.focusOn('.scroll');
    this.#wanted = keyOf(first);
    this.requestUpdate();
  }

  get #hasFocus(): boolean {
    return this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement !== null;
  }

  get #isRunning(): boolean {
    return this.model.state.differences?.phase === 'running';
  }

  /** Whether the person works on a review that can still change. */
  get #isJudging(): boolean {
    return this.model.mode === 'judge' && this.model.state.task?.submitted !== true;
  }

  get #all(): Shown[] {
    const searches = this.model.state.differences?.searches ?? [];
    return searches
      .toReversed()
      .flatMap((search) => search.witnesses.map((witness) => ({ search, witness })));
  }

  get #undecided(): Shown[] {
    return this.#all.filter(({ witness }) => witness.decision === undefined);
  }

  #element(key: WitnessKey): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-witness="${keyText(key)}"]`);
  }

  #status(): string {
    const { phase, searches = [] } = this.model.state.differences ?? {};
    if (phase === 'running') return 'Searching…';
    if (searches.length === 0) return '';
    const left = this.#undecided.length;
    return `${foundText(this.#all.length)}${left > 0 && this.#isJudging ? `, ${left} undecided` : ''}`;
  }

  #tools(): TemplateResult {
    if (this.#isRunning)
      return html`<button class="primary" @click=${() => this.actions.stopSearch()}>
        <vscode-icon name="debug-stop"></vscode-icon>Stop <kbd>Esc</kbd>
      </button>`;
    const { blocked } = this.model.state.cases ?? {};
    const again = (this.model.state.differences?.searches.length ?? 0) > 0;
    return html`<button
      ?disabled=${blocked !== undefined}
      title=${blocked ?? 'Search for inputs on which A and B differ, for up to 10 seconds'}
      @click=${() => this.#start()}
    >
      ${again ? 'Search other inputs' : 'Find differences'} <kbd>Shift+D</kbd>
    </button>`;
  }

  #start(): void {
    this.actions.findDifferences();
    void this.focusOn('.scroll');
  }

  #progress(): TemplateResult {
    const { pairs = 0, kinds = 0 } = this.model.state.differences ?? {};
    return html`<div class="progress">
      <progress aria-label="Search for differences"></progress>
      <span class="num">${triedText(pairs)}, ${foundText(kinds)} so far</span>
    </div>`;
  }

  #empty(): TemplateResult {
    return html`<div class="empty">
      ${
        this.#isJudging
          ? 'Searches for inputs on which A and B differ: press Shift+D. A difference does not show which answer is right. You decide what the prompt allows.'
          : 'No search for differences was made.'
      }
    </div>`;
  }

  #search(search: PanelSearch): TemplateResult {
    return html`<section aria-label="Search ${search.number}">
      <h2>
        Search ${search.number}
        <span class="facts">${search.text}</span>
        ${this.#isJudging ? this.#citeTool(`@search:${search.number}`) : nothing}
      </h2>
      ${search.witnesses.map((witness, index) => this.#witness({ search, witness }, index + 1))}
    </section>`;
  }

  #witness(shown: Shown, number: number): TemplateResult {
    const { search, witness } = shown;
    const results = sides.map((side): ColumnResult => [side, witness.results[side]]);
    const { name, title } = classNames[witness.class];
    return html`<div
      class="witness"
      tabindex="-1"
      role="group"
      aria-label="Difference ${number} of search ${search.number}"
      data-witness=${keyText(keyOf(shown))}
      @keydown=${(event: KeyboardEvent) => this.#key(event, shown)}
    >
      <div class="head">
        <span class="chip" title=${title}>${name}</span>
        ${
          witness.withinBounds
            ? nothing
            : html`<span
                class="chip warn"
                title="The input breaks a bound of the prompt, or what the inputs of the cases have in common"
                >outside the bounds</span
              >`
        }
      </div>
      <tiebreak-case-detail
        .model=${this.model}
        .actions=${this.actions}
        .version=${this.version}
        .testCase=${witness.case}
        .results=${results}
        .isTrial=${true}
      ></tiebreak-case-detail>
      ${this.#isJudging ? this.#decisions(shown) : this.#decided(witness)}
    </div>`;
  }

  #decisions(shown: Shown): TemplateResult {
    const { decision } = shown.witness;
    const choice = (kind: 'not-allowed' | 'unsaid', label: string, key: string) =>
      html`<button aria-pressed=${decision?.kind === kind} @click=${() => this.#decide(shown, kind)}>
        ${label} <kbd>${key}</kbd>
      </button>`;
    return html`<div class="decide">
      <span>Allowed, and right is:</span>
      <span class="choices">
        ${sides
          .filter((side) => this.#expecting(shown, side) !== undefined)
          .map(
            (side) =>
              html`<button @click=${() => this.#allow(shown, side)}>${side}’s <kbd>${side}</kbd></button>`,
          )}
        <button @click=${() => this.#allowTyped(shown)}>something else… <kbd>E</kbd></button>
      </span>
      <span class="choices">
        ${choice('not-allowed', 'Not allowed', 'N')} ${choice('unsaid', 'The prompt does not say', 'U')}
      </span>
      ${this.#decided(shown.witness)} ${this.#citeTool(anchorOf(shown), 'Q')}
    </div>`;
  }

  /** The key cites the focused difference. */
  #citeTool(anchor: string, key?: string): TemplateResult {
    return html`<button
      class="link cite"
      title="Cite ${visibleLine(anchor)} in the rationale"
      @click=${() => this.#cite(anchor)}
    >
      Cite ${key === undefined ? visibleLine(anchor) : html`<kbd>${key}</kbd>`}
    </button>`;
  }

  #cite(text: string): void {
    this.dispatchEvent(new CustomEvent('cite', { detail: { text }, bubbles: true, composed: true }));
  }

  #decided({ decision }: PanelWitness): TemplateResult | typeof nothing {
    if (decision?.kind === 'allowed')
      return html`<span class="ok" role="status">Saved as case “${visibleLine(decision.caseId)}”</span>`;
    if (this.#isJudging) return nothing;
    const text =
      decision === undefined
        ? 'No decision'
        : { 'not-allowed': 'Not allowed by the prompt', unsaid: 'The prompt does not say' }[decision.kind];
    return html`<span class="dim">${text}</span>`;
  }

  #key(event: KeyboardEvent, shown: Shown): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const moves = {
      ArrowDown: () => this.#move(shown, 1),
      ArrowUp: () => this.#move(shown, -1),
    };
    const decisions = {
      a: () => this.#allow(shown, 'A'),
      b: () => this.#allow(shown, 'B'),
      e: () => this.#allowTyped(shown),
      n: () => this.#decide(shown, 'not-allowed'),
      u: () => this.#decide(shown, 'unsaid'),
      q: () => this.#cite(anchorOf(shown)),
    };
    const acts: Readonly<Record<string, () => void>> = this.#isJudging ? { ...moves, ...decisions } : moves;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  #move(from: Shown, by: number): void {
    const all = this.#all;
    const at = all.findIndex(({ witness }) => witness === from.witness);
    this.#wanted = keyOf(all[at + by]);
    this.requestUpdate();
  }

  #expecting({ witness }: Shown, side: Side) {
    const { cases, language } = taskOfCases(this.model);
    return expecting(caseOfWitness(witness.case, cases), witness.results[side], language);
  }

  /** Makes a case that expects the outcome of a side, and runs it on both answers. */
  #allow(shown: Shown, side: Side): void {
    const expected = this.#expecting(shown, side);
    if (expected === undefined) return;
    const id = this.#caseId(shown);
    this.actions.saveCase({ ...expected, id, origin: 'difference' });
    this.#send(shown, { kind: 'allowed', caseId: id });
    this.actions.run(false, [id]);
    this.#goOn(shown);
  }

  /** Opens the form with the input, for an expectation that the person types. */
  #allowTyped(shown: Shown): void {
    const { cases } = taskOfCases(this.model);
    const from = { ...caseOfWitness(shown.witness.case, cases), id: this.#caseId(shown) };
    const decision = this.#decisionOn(shown);
    const known = decision?.kind === 'allowed' && cases.some(({ id }) => id === decision.caseId);
    this.model.openCaseForm(
      known
        ? { caseId: decision.caseId, witness: keyOf(shown) }
        : { from, isTrial: true, witness: keyOf(shown) },
    );
  }

  /** The same decision again takes it back. */
  #decide(shown: Shown, kind: 'not-allowed' | 'unsaid'): void {
    const decision = this.#decisionOn(shown);
    if (decision?.kind === 'allowed') this.actions.removeCase(decision.caseId);
    this.#send(shown, decision?.kind === kind ? null : { kind });
    if (decision?.kind !== kind) this.#goOn(shown);
  }

  #send(shown: Shown, decision: WitnessDecision | null): void {
    this.#forgetReceived();
    this.#sent.set(nameOf(shown), decision);
    this.actions.decideWitness(keyOf(shown), decision);
  }

  /** The latest decision on an input, whether or not the host has it. */
  #decisionOn(shown: Shown): WitnessDecision | undefined {
    this.#forgetReceived();
    const sent = this.#sent.get(nameOf(shown));
    return sent === undefined ? shown.witness.decision : (sent ?? undefined);
  }

  #forgetReceived(): void {
    if (!this.model.isSending) this.#sent.clear();
  }

  /** After a decision, goes on with the next input without one. The state may not show an earlier decision yet. */
  #goOn({ witness }: Shown): void {
    if (!this.#hasFocus) return;
    const all = this.#all;
    const after = all.slice(all.findIndex((other) => other.witness === witness) + 1);
    this.#wanted = keyOf(after.find((other) => other.witness.decision === undefined));
    this.requestUpdate();
  }

  /** The id of the case that a witness became, or a new id made of its input. */
  #caseId(shown: Shown): string {
    const decision = this.#decisionOn(shown);
    if (decision?.kind === 'allowed') return decision.caseId;
    const known = this.model.state.cases?.cases.map(({ id }) => id) ?? [];
    const sent = [...this.#sent.values()].flatMap((each) => (each?.kind === 'allowed' ? [each.caseId] : []));
    return idOfInput(inputText(shown.witness.case), [...known, ...sent]);
  }
}
customElements.define('tiebreak-differences', Differences);

function keyOf(shown: Shown): WitnessKey;
function keyOf(shown: Shown | undefined): WitnessKey | undefined;
function keyOf(shown: Shown | undefined): WitnessKey | undefined {
  return shown && { search: shown.search.id, caseId: shown.witness.case.id };
}

function nameOf(shown: Shown): string {
  return JSON.stringify(keyOf(shown));
}

/** An allowed input is cited as its case. */
function anchorOf({ search, witness }: Shown): string {
  if (witness.decision?.kind === 'allowed') return caseAnchor(witness.decision.caseId);
  return `@search:${search.number}.${search.witnesses.indexOf(witness) + 1}`;
}

function keyText({ search, caseId }: WitnessKey): string {
  return `${search} ${caseId}`;
}

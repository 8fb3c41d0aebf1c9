import { html, nothing, type TemplateResult } from 'lit';
import { sides, type Side } from '../../core/task/side.ts';
import { lacksNewline, withNewline } from '../../core/task/input.ts';
import type { Case } from '../../core/task/task.ts';
import type { PanelCases, PanelRunSide } from '../../protocol/panel/state.ts';
import { caseAnchor } from '../../core/rationale/anchors.ts';
import { visibleLine } from '../../core/text/visible.ts';
import './caseDetail.ts';
import type { ColumnResult } from './caseDetail.ts';
import './caseEditor.ts';
import './tryPart.ts';
import type { TryPart } from './tryPart.ts';
import { runMessages, runSummary } from './runSummary.ts';
import { duration, size, verdictStyles } from '../text/format.ts';
import { caseFilters, type CaseFilter } from '../state/arrangement.ts';
import { Part } from '../shell/part.ts';
import { casesStyles } from './casesStyles.ts';
import { shared } from '../styles/styles.ts';

const filterNames: Readonly<Record<CaseFilter, string>> = {
  all: 'All',
  splitting: 'Splitting',
  mine: 'Mine',
};
const originNames = { task: 'task', evaluator: 'mine', difference: 'difference' } as const;

const worthTitle =
  'How many answers, and how many mutants of the ideal, fail the case while the ideal passes it. A mutant is the ideal with one fault added';

const unprovedWorthTitle =
  'Whether one answer passes the case and the other does not. With an ideal (key O) that passes the case, also how many mutants of the ideal fail it. A mutant is the ideal with one fault added';

/** The case matrix: a row per case, a column per side and one for the ideal. A row opens to its details. */
export class Cases extends Part {
  static override styles = [shared, casesStyles];

  /** Whether a run was under way when the matrix was last drawn. */
  #wasRunning = false;
  /** The row that was clicked, and where it was. */
  #held: { row: HTMLElement; top: number } | undefined;

  protected override updated(): void {
    if (this.#held !== undefined) this.#holdAt(this.#held);
    this.#held = undefined;
    this.#openSplitting();
  }

  /**
   * After a run, opens the first case that splits A and B, or else the first in which they fail other tests, unless the
   * person has opened a case.
   */
  #openSplitting(): void {
    const { cases } = this.model.state;
    const running = Object.values(cases?.sides ?? {}).some(({ phase }) => phase === 'running');
    const ended = this.#wasRunning && !running;
    this.#wasRunning = running;
    if (!ended || !cases || this.model.mode !== 'judge' || this.model.attention.openCases.size > 0) return;
    const first =
      cases.cases.find(({ id }) => cases.splitting.includes(id)) ??
      cases.cases.find(({ id }) => new Set(sides.map((side) => failedTests(cases, side, id))).size > 1);
    if (first !== undefined) this.model.attend({ openCases: new Set([first.id]) });
  }

  override render(): TemplateResult {
    const { cases } = this.model.state;
    if (!cases) return html``;
    const shown = this.#filtered(cases);
    return html`
      <div class="bar" role="toolbar" aria-label="Cases">
        <slot name="tabs"></slot>
        <span class="choices" role="group" aria-label="Which cases">
          ${caseFilters.map(
            (filter) =>
              html`<button
                aria-pressed=${this.model.arrangement.caseFilter === filter}
                @click=${() => this.model.arrange({ caseFilter: filter })}
              >
                ${filterNames[filter]} ${this.#count(cases, filter)}
              </button>`,
          )}
        </span>
        <span class="dim wide summary" role="status" title=${runSummary(cases)}>${runSummary(cases)}</span>
        <span class="grow"></span>
        ${
          !this.#isJudging
            ? nothing
            : html`<button aria-expanded=${this.model.attention.trying} @click=${() => this.#toggleTry()}>
                  Try <kbd>Z</kbd>
                </button>
                <button @click=${() => this.model.openCaseForm()}>+ Case <kbd>N</kbd></button>`
        }
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label="Case matrix">
        ${
          this.model.attention.caseForm === null
            ? nothing
            : html`<tiebreak-case-editor
                .model=${this.model}
                .actions=${this.actions}
                .version=${this.version}
              ></tiebreak-case-editor>`
        }
        ${this.model.attention.trying && this.#isJudging ? this.#tryPart() : nothing}
        ${runMessages(cases, this.model.state.ideal?.run).map((text) => html`<div class="message" role="alert">${text}</div>`)}
        ${shown.length === 0 ? this.#empty(cases) : this.#table(cases, shown)}
        <div class="below"></div>
      </div>
    `;
  }

  /** Focuses the line to try an input, once it is drawn. */
  focusTry(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<TryPart>('tiebreak-try')?.focusLine());
  }

  #toggleTry(): void {
    this.model.attend({ trying: !this.model.attention.trying });
    this.focusTry();
  }

  #tryPart(): TemplateResult {
    return html`<tiebreak-try
      .model=${this.model}
      .actions=${this.actions}
      .version=${this.version}
    ></tiebreak-try>`;
  }

  #filtered(cases: PanelCases, filter: CaseFilter = this.model.arrangement.caseFilter): Case[] {
    if (filter === 'splitting') return cases.cases.filter(({ id }) => cases.splitting.includes(id));
    if (filter === 'mine') return cases.cases.filter(({ origin }) => origin !== 'task');
    return cases.cases;
  }

  #count(cases: PanelCases, filter: CaseFilter): number {
    return this.#filtered(cases, filter).length;
  }

  #empty(cases: PanelCases): TemplateResult {
    return html`<div class="empty">${this.#whyEmpty(cases)}</div>`;
  }

  #whyEmpty({ cases, sides: runs }: PanelCases): string {
    if (cases.length === 0) return 'This task has no cases. Press Z to try an input, or N to add a case.';
    if (this.model.arrangement.caseFilter === 'mine') return 'No cases of yours yet. Press N to add one.';
    const ran = Object.values(runs).map(({ results }) => Object.keys(results).length);
    if (ran.every((count) => count === 0)) return 'No results yet. Press R to run both.';
    const [least = 0] = ran.toSorted((a, b) => a - b);
    return least < cases.length
      ? `None of the ${least} cases that ran splits A and B. Press R to run all ${cases.length}.`
      : 'No case splits A and B. Press N to add one.';
  }

  #table(cases: PanelCases, shown: readonly Case[]): TemplateResult {
    const present = sides.filter((side) => cases.sides[side] !== undefined);
    const { ideal } = this.model.state;
    return html`<table class=${this.model.state.ideal ? 'three' : ''}>
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col" class="wide">Kind</th>
          ${present.map(
            (side) =>
              html`<th scope="col">${side}</th>
                <th class="figures"><span class="quiet">time and memory of ${side}</span></th>`,
          )}
          ${
            ideal
              ? html`<th scope="col">Ideal</th>
                  <th class="figures"><span class="quiet">time and memory of the ideal</span></th>`
              : nothing
          }
          ${this.#measures ? html`<th scope="col" title=${worthTitle}>Tells apart</th>` : nothing}
          ${this.#isJudging ? html`<th><span class="quiet">actions</span></th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${shown.map((testCase) => this.#rows(cases, testCase, present))}
      </tbody>
    </table>`;
  }

  #rows(cases: PanelCases, testCase: Case, present: readonly Side[]): TemplateResult {
    const { id } = testCase;
    const open = this.model.attention.openCases.has(id);
    return html`
      <tr class=${cases.splitting.includes(id) ? 'splitting' : ''} data-case=${id}>
        <td class="name">
          <button
            aria-expanded=${open}
            title=${visibleLine(testCase.title ?? id)}
            @click=${(event: Event) => this.#toggle(id, event)}
          >
            <vscode-icon name=${open ? 'chevron-down' : 'chevron-right'}></vscode-icon>
            <span
              ><span class="id">${visibleLine(id)}</span
              >${testCase.title === undefined || testCase.title === id ? nothing : html` <span class="dim">${visibleLine(testCase.title)}</span>`}</span
            >
          </button>
        </td>
        <td class="dim wide">${testCase.kind} · ${originNames[testCase.origin]}</td>
        ${present.map((side) => this.#cells(cases.sides[side]!, id))}
        ${this.model.state.ideal ? this.#cells(this.model.state.ideal.run, id) : nothing}
        ${this.#measures ? this.#worth(id) : nothing} ${this.#isJudging ? this.#rowTools(testCase) : nothing}
      </tr>
      ${open ? this.#detail(cases, testCase, present) : nothing}
    `;
  }

  /** Whether the person works on a review that can still change. */
  get #isJudging(): boolean {
    return this.model.mode === 'judge' && this.model.state.task?.submitted !== true;
  }

  #rowTools(testCase: Case): TemplateResult {
    const { id } = testCase;
    const duplicate = () => this.model.openCaseForm({ from: this.#copyOf(testCase) });
    const cite = () =>
      this.dispatchEvent(
        new CustomEvent('cite', { detail: { text: caseAnchor(id) }, bubbles: true, composed: true }),
      );
    return html`<td class="row-tools">
      <button
        class="icon"
        title="Duplicate case"
        aria-label="Duplicate case ${visibleLine(id)}"
        @click=${duplicate}
      >
        <vscode-icon name="copy"></vscode-icon>
      </button>
      <button
        class="icon"
        title="Cite ${visibleLine(caseAnchor(id))} in the rationale"
        aria-label="Cite case ${visibleLine(id)}"
        @click=${cite}
      >
        <vscode-icon name="quote"></vscode-icon>
      </button>
    </td>`;
  }

  /** Opens the form with a copy of the case, under the next free name. */
  #copyOf({ title: _title, ...testCase }: Case): Case {
    const taken = this.model.state.cases?.cases.map(({ id }) => id) ?? [];
    let number = 2;
    while (taken.includes(`${testCase.id}-${number}`)) number += 1;
    return { ...testCase, id: `${testCase.id}-${number}`, origin: 'evaluator' };
  }

  /** Whether the task asks for cases: only then their worth is shown. */
  get #measures(): boolean {
    return this.model.asked?.cases === true;
  }

  /** Without an ideal, nothing says which answer is right: only that the case separates them. */
  #worth(caseId: string): TemplateResult {
    const { ideal, cases } = this.model.state;
    if (!ideal && cases?.splitting.includes(caseId) === true)
      return html`<td title=${unprovedWorthTitle}>A from B</td>`;
    const worth = ideal?.worth[caseId];
    if (worth === undefined) return html`<td class="dim" title=${unprovedWorthTitle}>–</td>`;
    const { answers, mutants } = worth;
    return html`<td class="num" title=${worthTitle}>
      ${answers.failing}/${answers.of}
      answers${mutants.of === 0 ? '' : ` · ${mutants.failing}/${mutants.of} mutants`}
    </td>`;
  }

  #cells(run: PanelRunSide, caseId: string): TemplateResult {
    const result = run.results[caseId];
    if (result === undefined) {
      const text = run.phase === 'running' ? 'running…' : run.phase === 'cancelled' ? 'stopped' : '–';
      return html`<td class="dim">${text}</td>
        <td class="figures"></td>`;
    }
    const { icon, tone } = verdictStyles[result.verdict];
    const about = run.approximate === true ? '≈ ' : '';
    return html`<td>
        <span class="verdict ${tone}"><vscode-icon name=${icon}></vscode-icon>${result.verdict}</span>
      </td>
      <td
        class="figures num"
        title=${about === '' ? 'Wall time and peak memory' : 'Wall time and peak memory, measured by polling: approximate'}
      >
        ${duration(result.wallMs)} · ${about}${size(result.peakBytes)}
      </td>`;
  }

  #detail(cases: PanelCases, testCase: Case, present: readonly Side[]): TemplateResult {
    const { ideal } = this.model.state;
    const results: ColumnResult[] = [
      ...present.map((side): ColumnResult => [side, cases.sides[side]!.results[testCase.id]]),
      ...(ideal ? [['Ideal', ideal.run.results[testCase.id]] as const] : []),
    ];
    return html`<tr class="detail">
      <td
        colspan=${2 + 2 * (present.length + (ideal ? 1 : 0)) + (this.#measures ? 1 : 0) + (this.#isJudging ? 1 : 0)}
      >
        <tiebreak-case-detail
          .model=${this.model}
          .actions=${this.actions}
          .version=${this.version}
          .testCase=${testCase}
          .results=${results}
          .timing=${cases.timings?.[testCase.id]}
        ></tiebreak-case-detail>
        <div class="tools">
          <button
            class="link"
            ?disabled=${cases.blocked !== undefined}
            ?hidden=${this.model.mode !== 'judge'}
            @click=${() => this.actions.run(true, [testCase.id])}
          >
            Run this case
          </button>
          ${present.length < 2 || this.model.state.task?.submitted === true ? nothing : this.#compareTool(cases, testCase)}
          ${this.#newlineTool(cases, testCase)}
          ${testCase.origin === 'task' || this.model.state.task?.submitted === true ? nothing : this.#ownTools(testCase)}
        </div>
      </td>
    </tr>`;
  }

  #compareTool({ blocked }: PanelCases, { id }: Case): TemplateResult {
    return html`<button
      class="link"
      title="Run A and B alternately and compare their times"
      ?disabled=${blocked !== undefined}
      @click=${() => this.actions.compareTimes(id)}
    >
      Compare times <kbd>K</kbd>
    </button>`;
  }

  /** Adds a newline to the input of the evaluator's own case. A case of the task is copied instead. */
  #newlineTool({ cases }: PanelCases, testCase: Case): TemplateResult | typeof nothing {
    if (!lacksNewline(testCase) || this.model.mode !== 'judge' || this.model.state.task?.submitted === true)
      return nothing;
    const isOwn = testCase.origin !== 'task';
    const id = isOwn ? testCase.id : `${testCase.id}-newline`;
    if (!isOwn && cases.some((other) => other.id === id)) return nothing;
    const add = (): void => {
      this.actions.saveCase({ ...withNewline(testCase), id });
      this.actions.run(false, [id]);
    };
    const title = isOwn
      ? 'Some programs lose the last line of an input that does not end with a newline'
      : `Some programs lose the last line of an input that does not end with a newline. Adds the case “${id}” of your own`;
    return html`<button class="link" title=${title} @click=${add}>
      ${isOwn ? 'Add newline' : 'Add newline in a copy'}
    </button>`;
  }

  #ownTools({ id }: Case): TemplateResult {
    const edit = () => this.model.openCaseForm({ caseId: id });
    return html`<button class="link" @click=${edit}>Edit</button>
      <button class="link" @click=${() => this.actions.removeCase(id)}>Remove</button>`;
  }

  /** Opens or closes a row and keeps it under the pointer if the list scrolls. A shorter list grows and shrinks instead. */
  #toggle(id: string, { currentTarget }: Event): void {
    const row = currentTarget as HTMLElement;
    const { scrollHeight, clientHeight } = this.renderRoot.querySelector('.scroll')!;
    if (scrollHeight > clientHeight) this.#held = { row, top: row.getBoundingClientRect().top };
    const openCases = new Set(this.model.attention.openCases);
    if (!openCases.delete(id)) openCases.add(id);
    this.model.attend({ openCases });
  }

  /** Scrolls a row back to its previous position. If the content is too short for that, adds space below the rows. */
  #holdAt({ row, top }: { row: HTMLElement; top: number }): void {
    const scroll = this.renderRoot.querySelector('.scroll')!;
    const below = this.renderRoot.querySelector<HTMLElement>('.below')!;
    const moved = () => row.getBoundingClientRect().top - top;
    below.style.height = '0';
    scroll.scrollTop += moved();
    const missing = Math.ceil(moved());
    if (missing <= 0) return;
    below.style.height = `${missing}px`;
    scroll.scrollTop += moved();
  }
}
customElements.define('tiebreak-cases', Cases);

/** The names of the tests of a case that an answer fails, as one text. */
function failedTests(cases: PanelCases, side: Side, id: string): string {
  const tests = cases.sides[side]?.results[id]?.tests ?? [];
  const failed = tests.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  return failed.map(({ name }) => name).join('\n');
}

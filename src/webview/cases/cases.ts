import { css, html, nothing, type TemplateResult } from 'lit';
import { sides, type Side } from '../../core/preference.ts';
import type { CaseResult } from '../../core/run.ts';
import type { Case } from '../../core/task.ts';
import type { PanelCases, PanelRunSide } from '../../protocol/webview.ts';
import { timesRows } from './caseTimes.ts';
import { duration, shownValue, size, verdictLook } from '../format.ts';
import { caseFilters, type CaseFilter } from '../model.ts';
import { Part } from '../part.ts';
import { shared } from '../styles.ts';

const filterNames: Readonly<Record<CaseFilter, string>> = {
  all: 'All',
  splitting: 'Splitting',
  mine: 'Mine',
};
const originNames = { task: 'task', evaluator: 'mine', difference: 'difference' } as const;

const worthTitle =
  'How many of the answers, and of programs made from the ideal with one fault each, fail the case while the ideal passes it';

const unprovedWorthTitle =
  'Whether one answer passes the case and the other does not. With an ideal (key O) that passes it, also how many programs made from the ideal with one fault each fail it';

/** The cases as a matrix: a row a case, a column a side and one the ideal; a row opens to input, expectation and output. */
export class Cases extends Part {
  static override styles = [
    shared,
    css`
      @media (max-width: 520px) {
        .bar {
          flex-wrap: wrap;
        }
      }
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
        container-type: inline-size;
      }
      .summary {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .scroll {
        overflow: auto;
      }
      table {
        border-collapse: collapse;
        width: 100%;
      }
      th {
        position: sticky;
        top: 0;
        text-align: left;
        font-weight: 600;
        font-size: 11px;
        color: var(--dim);
        padding: 3px 10px;
        background: var(--vscode-editor-background);
      }
      td {
        padding: 2px 10px;
        border-top: 1px solid var(--line);
        vertical-align: top;
        white-space: nowrap;
      }
      td.name {
        width: 40%;
        max-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      td.name button {
        padding: 0;
        max-width: 100%;
        overflow: hidden;
      }
      td.name button span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      td.figures {
        text-align: right;
        color: var(--dim);
      }
      tr.splitting td.name {
        box-shadow: inset 2px 0 var(--warn);
      }
      .verdict {
        display: inline-flex;
        gap: 5px;
        align-items: center;
      }
      .detail td {
        background: var(--side);
        white-space: normal;
        padding: 6px 10px 8px 30px;
      }
      .tools {
        display: flex;
        gap: 10px;
        margin: 4px 0 0 -3px;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 2px 12px;
        margin: 0;
      }
      dt {
        color: var(--dim);
      }
      dd {
        margin: 0;
        font-family: var(--mono);
        font-size: 12px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        max-height: 12em;
        overflow: auto;
      }
      .empty {
        padding: 14px;
        color: var(--dim);
      }
      .message {
        padding: 6px 10px;
        color: var(--warn);
        border-bottom: 1px solid var(--line);
      }
      @container (max-width: 760px) {
        .figures,
        .wide {
          display: none;
        }
      }
      @container (max-width: 960px) {
        .three .figures {
          display: none;
        }
      }
    `,
  ];

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
          this.model.state.task?.submitted === true
            ? nothing
            : html`<button @click=${() => this.model.attend({ dialog: { kind: 'case' } })}>
                + Case <kbd>N</kbd>
              </button>`
        }
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label="Matrix of cases">
        ${messages(cases, this.model.state.ideal?.run).map((text) => html`<div class="message" role="alert">${text}</div>`)}
        ${shown.length === 0 ? this.#empty(cases) : this.#table(cases, shown)}
      </div>
    `;
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
    const text =
      cases.cases.length === 0
        ? 'This task has no cases. Add one with N: a call with its expected value, an input with its output, a test or a command.'
        : this.model.arrangement.caseFilter === 'splitting'
          ? 'No case splits A and B yet. Run both with R, or add a case.'
          : 'You have added no case. Press N for one.';
    return html`<div class="empty">${text}</div>`;
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
          <button aria-expanded=${open} title=${testCase.title ?? id} @click=${() => this.#toggle(id)}>
            <vscode-icon name=${open ? 'chevron-down' : 'chevron-right'}></vscode-icon>
            <span>${testCase.title ?? id}</span>
          </button>
        </td>
        <td class="dim wide">${testCase.kind} · ${originNames[testCase.origin]}</td>
        ${present.map((side) => this.#cells(cases.sides[side]!, id))}
        ${this.model.state.ideal ? this.#cells(this.model.state.ideal.run, id) : nothing}
        ${this.#measures ? this.#worth(id) : nothing}
      </tr>
      ${open ? this.#detail(cases, testCase, present) : nothing}
    `;
  }

  /** Whether cases are what the task asks for: then it shows what each is worth. */
  get #measures(): boolean {
    return this.model.asked?.cases === true;
  }

  /** Without an ideal nobody knows which answer is right, only that two that end differently are told apart. */
  #worth(caseId: string): TemplateResult {
    const { ideal, cases } = this.model.state;
    if (!ideal && cases?.splitting.includes(caseId) === true)
      return html`<td title=${unprovedWorthTitle}>A from B</td>`;
    const worth = ideal?.worth[caseId];
    if (worth === undefined) return html`<td class="dim" title=${unprovedWorthTitle}>–</td>`;
    const { answers, mutants } = worth;
    return html`<td class="num" title=${worthTitle}>
      ${answers.told}/${answers.of}
      answers${mutants.of === 0 ? '' : ` · ${mutants.told}/${mutants.of} mutants`}
    </td>`;
  }

  #cells(run: PanelRunSide, caseId: string): TemplateResult {
    const result = run.results[caseId];
    if (result === undefined) {
      const text = run.phase === 'running' ? 'running…' : run.phase === 'cancelled' ? 'stopped' : '–';
      return html`<td class="dim">${text}</td>
        <td class="figures"></td>`;
    }
    const { icon, tone } = verdictLook[result.verdict];
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
    const results = [
      ...present.map((side) => [side, cases.sides[side]!.results[testCase.id]] as const),
      ...(ideal ? [['Ideal', ideal.run.results[testCase.id]] as const] : []),
    ];
    return html`<tr class="detail">
      <td colspan=${2 + 2 * (present.length + (ideal ? 1 : 0)) + (this.#measures ? 1 : 0)}>
        <dl>
          ${describe(testCase, this.model.state.task?.entry).map(
            ([term, text]) =>
              html`<dt>${term}</dt>
                <dd>${text}</dd>`,
          )}
          ${results.map(([side, result]) => (result === undefined ? nothing : outcome(side, result, testCase)))}
          ${timesRows(cases.timings?.[testCase.id])}
        </dl>
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
          ${testCase.origin === 'task' || this.model.state.task?.submitted === true ? nothing : this.#ownTools(testCase)}
        </div>
      </td>
    </tr>`;
  }

  #compareTool({ blocked }: PanelCases, { id }: Case): TemplateResult {
    return html`<button
      class="link"
      title="Run A and B in turn and compare how long they take"
      ?disabled=${blocked !== undefined}
      @click=${() => this.actions.compareTimes(id)}
    >
      Compare times <kbd>K</kbd>
    </button>`;
  }

  #ownTools({ id, kind }: Case): TemplateResult {
    const edit = () => this.model.attend({ dialog: { kind: 'case', caseId: id } });
    return html`${kind === 'sql' ? nothing : html`<button class="link" @click=${edit}>Edit</button>`}
      <button class="link" @click=${() => this.actions.removeCase(id)}>Remove</button>`;
  }

  #toggle(id: string): void {
    const openCases = new Set(this.model.attention.openCases);
    if (!openCases.delete(id)) openCases.add(id);
    this.model.attend({ openCases });
  }
}
customElements.define('tiebreak-cases', Cases);

/** What a case does and expects, in the terms of its kind. */
function describe(testCase: Case, entry: string | undefined): [string, string][] {
  switch (testCase.kind) {
    case 'call':
      return [
        ['call', `${testCase.function ?? entry ?? 'the entry'}(${testCase.args.map(shownValue).join(', ')})`],
        [
          'expected',
          testCase.throws === undefined ? shownValue(testCase.expected) : `throws ${testCase.throws}`,
        ],
      ];
    case 'stdin':
      return [
        ['input', testCase.input],
        ['expected', testCase.output],
      ];
    case 'unit':
      return [['test', testCase.source]];
    case 'sql':
      return [['expected', testCase.rows.map((row) => row.map(shownValue).join(' | ')).join('\n')]];
    case 'command':
      return [
        ['command', testCase.argv.join(' ')],
        [
          'expected',
          [testCase.expect.stdout, testCase.expect.exit === undefined ? '' : `exit ${testCase.expect.exit}`]
            .filter(Boolean)
            .join('\n'),
        ],
      ];
  }
}

function outcome(side: Side | 'Ideal', result: CaseResult, testCase: Case): TemplateResult {
  const { tone } = verdictLook[result.verdict];
  const lines: [string, string | undefined, string][] = [
    [side, result.reason, tone],
    [`${side} gave`, gave(result, testCase), tone],
    [`${side} printed`, result.stdout === '' ? undefined : result.stdout, ''],
    [`${side} errors`, result.stderr === '' ? undefined : result.stderr, ''],
  ];
  const told = lines.filter(([, text]) => text !== undefined);
  const tests = (result.tests ?? []).filter(({ verdict }) => verdict !== 'pass');
  return html`${
    told.length === 0
      ? html`<dt>${side}</dt>
          <dd class=${tone}>${result.verdict}</dd>`
      : nothing
  }
  ${told.map(
    ([term, text, className]) =>
      html`<dt>${term}</dt>
        <dd class=${className}>${text}</dd>`,
  )}
  ${tests.map(
    ({ name, verdict, message }) =>
      html`<dt>${side} ${verdict}</dt>
        <dd class="bad">${name}${message === undefined ? '' : `: ${message}`}</dd>`,
  )}`;
}

/** A value as JSON; what was printed or thrown is text already. */
function gave({ actual }: CaseResult, testCase: Case): string | undefined {
  if (typeof actual !== 'string') return actual === undefined ? undefined : shownValue(actual);
  return testCase.kind === 'call' && testCase.throws === undefined ? shownValue(actual) : actual;
}

function runSummary({ sides: runs }: PanelCases): string {
  const all = Object.values(runs);
  if (all.some(({ phase }) => phase === 'running')) return 'running…';
  const known = all.find(({ toolchain }) => toolchain !== undefined);
  if (known === undefined) return '';
  const times = all.map(({ wallMs }) => wallMs).filter((ms) => ms !== undefined);
  const cached = all.every((run) => run.toolchain === undefined || run.cached === true);
  const ran = cached ? 'cached' : times.length === 0 ? 'ran' : `ran in ${duration(Math.max(...times))}`;
  return `${ran} · ${known.sandbox} · ${known.toolchain}${known.approximate === true ? ' · figures ≈' : ''}`;
}

function messages({ blocked, sides: runs }: PanelCases, ideal: PanelRunSide | undefined): string[] {
  const errors = [...Object.values(runs), ...(ideal === undefined ? [] : [ideal])].flatMap(
    ({ error }) => error ?? [],
  );
  return [...new Set([...(blocked === undefined ? [] : [blocked]), ...errors])];
}

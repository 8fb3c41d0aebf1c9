import { html, nothing, type TemplateResult } from 'lit';
import type { CaseResult } from '../../core/run/run.ts';
import { visibleLine, visibleText } from '../../core/text/visible.ts';
import type { Side } from '../../core/task/side.ts';
import type { Case } from '../../core/task/task.ts';
import type { PanelTiming } from '../../protocol/panel/state.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import { caseLinePlaces, codePlaces, type CodePlace } from '../text/codePlaces.ts';
import { differingSpans, type Span } from '../text/differing.ts';
import { counted, verdictStyles } from '../text/format.ts';
import { caseDetailStyles } from './caseDetailStyles.ts';
import { givenOf, type Given } from './caseGiven.ts';
import { timesRows } from './caseTimes.ts';
import { excerptOf } from './longText.ts';
import { actualParts, expectedParts, printedParts, triedParts, type OutcomePart } from './outcome.ts';

/** The program that ran a case, and its result if there is one. */
export type ColumnResult = readonly [column: Side | 'Ideal', result: CaseResult | undefined];

/** The name under which the source of a test is shown. */
const sourceName = 'given test';

/** An opened case: its input, and the expected beside the actual outcome in each column. */
export class CaseDetail extends Part {
  static override properties = {
    ...Part.properties,
    testCase: { attribute: false },
    results: { attribute: false },
    timing: { attribute: false },
    isTrial: { attribute: false },
  };
  static override styles = [shared, caseDetailStyles];
  declare testCase: Case;
  declare results: readonly ColumnResult[];
  declare timing: PanelTiming | undefined;
  /** The case expects nothing: the columns are compared with each other. */
  declare isTrial: boolean | undefined;
  /** The names of the texts that are shown in full. */
  readonly #whole = new Set<string>();
  /** The line of the test's source that a link led to. */
  #shownLine: number | undefined;

  override render(): TemplateResult {
    const { testCase } = this;
    // The tried code is in the line above.
    const isShown = this.isTrial === true && testCase.kind === 'unit';
    const given = isShown ? [] : givenOf(testCase, this.model.state.task?.entry);
    const columns = this.isTrial === true ? this.#trialColumns() : this.#columns();
    const before = given.filter(({ isLong }) => !isLong);
    const after = given.filter(({ isLong }) => isLong);
    return html`${this.#given(before)}
      <div class="columns of-${columns.length}">${columns}</div>
      ${this.#given(after)}
      <dl>${timesRows(this.timing)}</dl>`;
  }

  #given(given: readonly Given[]): TemplateResult | typeof nothing {
    if (given.length === 0) return nothing;
    return html`<dl>
      ${given.map(({ term, text }) => {
        const shown =
          this.testCase.kind === 'unit' ? this.#source(text) : this.#text(`given ${term}`, visibleText(text));
        return html`<dt>${visibleLine(term)}</dt>
          <dd>${shown}</dd>`;
      })}
    </dl>`;
  }

  /** The source of a test, by lines: a failed assertion leads to its line. */
  #source(text: string): TemplateResult {
    const [, end] = this.#whole.has(sourceName) ? [0, text.length] : excerptOf(text, []);
    const lines = text.slice(0, end).split('\n');
    return html`${lines.map(
      (line, index) =>
        html`<span class=${index + 1 === this.#shownLine ? 'shown' : ''} data-line=${index + 1} tabindex="-1"
            >${line}</span
          >${'\n'}`,
    )}${end < text.length ? this.#more(sourceName, text) : nothing}`;
  }

  async #showLine(line: number): Promise<void> {
    this.#whole.add(sourceName);
    this.#shownLine = line;
    this.requestUpdate();
    await this.updateComplete;
    const shown = this.renderRoot.querySelector<HTMLElement>(`[data-line="${line}"]`);
    shown?.focus({ preventScroll: true });
    shown?.scrollIntoView({ block: 'nearest' });
  }

  #columns(): TemplateResult[] {
    const expected = expectedParts(this.testCase);
    const results = this.results.filter(([, result]) => result !== undefined);
    const failed = results.find(([, result]) => result!.verdict === 'fail')?.[1];
    const against = failed === undefined ? [] : actualParts(this.testCase, failed);
    const marked = expected.map((part) => this.#part('Expected', part, against));
    return [
      ...(expected.length === 0
        ? []
        : [
            html`<div class="column" role="group" aria-label="Expected">
              <div class="head">Expected</div>
              ${marked}
            </div>`,
          ]),
      ...results.map(([column, result]) => this.#column(column, result!, expected)),
    ];
  }

  /**
   * The outcomes of both answers for an input, each compared with the other. Without an expected value a verdict means
   * nothing.
   */
  #trialColumns(): TemplateResult[] {
    const results = this.results.filter(([, result]) => result !== undefined);
    const parts = results.map(([, result]) => triedParts(this.testCase, result!));
    return results.map(([column, result], index) => {
      const [other = []] = parts.filter((_, at) => at !== index);
      const { verdict } = result!;
      const ended = verdict === 'pass' || verdict === 'fail';
      return html`<div class="column" role="group" aria-label="${column} result">
        <div class="head">${column} ${ended ? nothing : verdictMark(result!)}</div>
        ${parts[index]!.map((part) => this.#part(column, part, other))}
        ${ended ? nothing : this.#reason(column, result!)}
        ${printedParts(this.testCase, result!)
          .filter(({ label }) => !parts[index]!.some((part) => part.label === label))
          .map((part) => this.#part(column, part, []))}
      </div>`;
    });
  }

  #column(column: Side | 'Ideal', result: CaseResult, expected: readonly OutcomePart[]): TemplateResult {
    const against = result.verdict === 'pass' ? [] : expected;
    const bad = (result.tests ?? []).filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
    const skipped = (result.tests ?? []).filter(({ verdict }) => verdict === 'skip');
    return html`<div class="column" role="group" aria-label="${column}: ${result.verdict}">
      <div class="head">${column} ${verdictMark(result)}</div>
      ${actualParts(this.testCase, result).map((part) => this.#part(column, part, against))}
      ${bad.length === 0 ? this.#reason(column, result) : this.#failures(column, bad, result.tests!.length)}
      ${skipped.map(({ name }) => html`<p class="dim">skipped: ${visibleLine(name)}</p>`)}
      ${printedParts(this.testCase, result).map((part) => this.#part(column, part, []))}
    </div>`;
  }

  #reason(column: Side | 'Ideal', { reason }: CaseResult): TemplateResult | typeof nothing {
    if (reason === undefined) return nothing;
    return html`<p class="reason">${this.#linked(reason, column)}</p>`;
  }

  /** The failed tests of a case: the message of each, and the line of its source. */
  #failures(column: Side | 'Ideal', bad: NonNullable<CaseResult['tests']>, total: number): TemplateResult {
    return html`<p class="reason">${bad.length} of ${counted(total, 'test')} failed</p>
      <ul>
        ${bad.map(({ name, message = '' }, index) => {
          const [said = '', ...rest] = message.split('\n');
          return html`<li>
            <span class="bad">${visibleLine(name)}</span>
            ${said === '' ? nothing : html`<div class="mono">${this.#text(`${column} test ${index}`, visibleText(said))}</div>`}
            ${rest.length === 0 ? nothing : html`<div class="mono dim">${this.#linked(rest.join('\n'), column)}</div>`}
          </li>`;
        })}
      </ul>`;
  }

  #part(column: string, { label, text }: OutcomePart, against: readonly OutcomePart[]): TemplateResult {
    const shown = visibleText(text);
    const other = against.find((part) => part.label === label);
    const spans = other === undefined ? [] : differingSpans(shown, visibleText(other.text));
    const side = column === 'Expected' ? undefined : (column as Side | 'Ideal');
    return html`${label === '' ? nothing : html`<div class="label">${visibleLine(label)}</div>`}
      <div class="value">${this.#text(`${column} ${label}`, shown, { spans, side })}</div>`;
  }

  /** A text with its differences marked and the lines of the answer's files as links; cut if it is long. */
  #text(
    name: string,
    text: string,
    { spans = [], side }: { spans?: readonly Span[]; side?: Side | 'Ideal' | undefined } = {},
  ): TemplateResult {
    if (text === '') return html`<span class="nothing">(nothing)</span>`;
    const [start, end] = this.#whole.has(name) ? [0, text.length] : excerptOf(text, spans);
    const pieces = [
      ...spans.map(([from, to]) => ({ from, to, draw: (piece: string) => html`<mark>${piece}</mark>` })),
      ...(spans.length > 0 ? [] : this.#links(text, side)),
    ].filter(({ from, to }) => to > start && from < end);
    let at = start;
    const shown: (string | TemplateResult)[] = [];
    for (const { from, to, draw } of pieces) {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      shown.push(text.slice(at, first));
      shown.push(draw(text.slice(first, last)));
      at = last;
    }
    shown.push(text.slice(at, end));
    return html`${start > 0 ? '… ' : ''}${shown}${end < text.length || start > 0 ? this.#more(name, text) : nothing}`;
  }

  #more(name: string, text: string): TemplateResult {
    const show = () => {
      this.#whole.add(name);
      this.requestUpdate();
    };
    return html`<button class="link" @click=${show}>
      … Show all (${text.length.toLocaleString('en')} characters)
    </button>`;
  }

  #linked(text: string, column: Side | 'Ideal'): TemplateResult {
    return this.#text(`${column} says`, visibleText(text), { side: column });
  }

  /** What of a text leads to a line of the answer's files, or of the test's source. */
  #links(
    text: string,
    side: Side | 'Ideal' | undefined,
  ): { from: number; to: number; draw: (piece: string) => TemplateResult }[] {
    const answer = this.model.state.task?.answers.find((candidate) => candidate.side === side);
    const source = this.testCase.kind === 'unit' && side !== undefined ? this.testCase.source : '';
    return [
      ...codePlaces(text, answer?.files ?? []).map((place) => ({
        from: place.start,
        to: place.end,
        draw: (piece: string) => this.#link(place, piece, side as Side),
      })),
      ...caseLinePlaces(text, source).map(({ start, end, line }) => ({
        from: start,
        to: end,
        draw: (piece: string) =>
          placeLink(piece, `Go to line ${line} of the test`, () => void this.#showLine(line)),
      })),
    ].toSorted((one, other) => one.from - other.from);
  }

  #link({ file, line }: CodePlace, text: string, side: Side): TemplateResult {
    const reveal = () =>
      this.dispatchEvent(
        new CustomEvent('reveal', { detail: { side, file, line }, bubbles: true, composed: true }),
      );
    return placeLink(text, `Go to line ${line} of ${side}`, reveal);
  }
}
customElements.define('tiebreak-case-detail', CaseDetail);

/** A part of a preformatted text that leads somewhere: white space within the button would show. */
function placeLink(text: string, title: string, go: () => void): TemplateResult {
  return html`<button class="link place" title=${title} @click=${go} .textContent=${text}></button>`;
}

function verdictMark({ verdict }: CaseResult): TemplateResult {
  const { icon, tone } = verdictStyles[verdict];
  return html`<span class="verdict ${tone}"><vscode-icon name=${icon}></vscode-icon>${verdict}</span>`;
}

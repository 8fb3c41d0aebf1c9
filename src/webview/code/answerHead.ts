import { css, html, nothing, type TemplateResult } from 'lit';
import type { Side } from '../../core/task/side.ts';
import { visibleLine } from '../../core/text/visible.ts';
import type { PanelAnswer } from '../../protocol/panel/state.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import { countsOf, type Counts } from './suspicions.ts';

/** The head of an answer: its side, its files, the code that runs, and a summary of runs and checks. */
export class AnswerHead extends Part {
  static override properties = { ...Part.properties, side: { attribute: false } };
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
      }
      .files {
        display: flex;
        flex: 0 1 auto;
        min-width: 4em;
        overflow-x: auto;
        scrollbar-width: none;
      }
      .tab {
        flex: none;
        max-width: 100%;
        padding: 0 6px;
        border: 0;
        border-bottom: 1px solid transparent;
        border-radius: 0;
        line-height: 30px;
      }
      .tab:focus-visible {
        outline-offset: -2px;
      }
      .tab[aria-pressed='true'] {
        border-bottom-color: var(--vscode-focusBorder);
      }
      select {
        flex: 0 10 auto;
        min-width: 3.4em;
        padding: 0 2px;
        font-size: 12px;
        text-overflow: ellipsis;
      }
      .chip,
      .num,
      .room {
        flex: none;
      }
      .room {
        padding: 0;
        border: 0;
        background: none;
      }
      .room[aria-pressed='true'] .badge {
        outline: 2px solid var(--vscode-focusBorder);
        outline-offset: 1px;
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      .short {
        display: none;
      }
      @container (max-width: 460px) {
        .bar {
          gap: 6px;
        }
        .long {
          display: none;
        }
        .short {
          display: inline-block;
        }
      }
    `,
  ];
  declare side: Side;

  override render(): TemplateResult {
    const answer = this.model.state.task?.answers.find((candidate) => candidate.side === this.side);
    if (answer === undefined) return html``;
    const { alone, view } = this.model.arrangement;
    const areTwo = this.model.state.task?.answers.length === 2;
    const isAside = alone !== null && areTwo && view !== 'diff' && alone !== this.side;
    return html`<div class="bar">
      ${areTwo ? this.#roomButton(alone) : this.#badge()} ${isAside ? nothing : this.#summary(answer)}
    </div>`;
  }

  #badge(): TemplateResult {
    return html`<span class="badge ${this.side.toLowerCase()}" role="img" aria-label="Answer ${this.side}"
      >${this.side}</span
    >`;
  }

  /** The badge gives the answer the room of both. */
  #roomButton(alone: Side | null): TemplateResult {
    const isAlone = alone === this.side;
    const title = isAlone
      ? 'Show both answers side by side (key A)'
      : `Give ${this.side} the room of both (key A)`;
    return html`<button
      class="room"
      aria-pressed=${isAlone}
      aria-label="Answer ${this.side}: all the room"
      title=${title}
      @click=${() => this.actions.giveRoom(this.side)}
    >
      <span class="badge ${this.side.toLowerCase()}" aria-hidden="true">${this.side}</span>
    </button>`;
  }

  #summary(answer: PanelAnswer): TemplateResult {
    return html`${this.#files(answer)} ${this.#readings(answer)}
      <span class="grow"></span>
      ${this.#masks(answer)} ${this.#tally()} ${this.#diagnostics()}`;
  }

  #files({ files }: PanelAnswer): TemplateResult {
    const shown = this.model.fileOf(this.side);
    const choose = (path: string) =>
      this.model.attend({ files: { ...this.model.attention.files, [this.side]: path } });
    return html`<span class="files" role="group" aria-label="Files of answer ${this.side}">
      ${files.map(
        ({ path }) =>
          html`<button
            class="tab mono"
            aria-pressed=${path === shown}
            title=${visibleLine(path)}
            @click=${() => choose(path)}
          >
            ${visibleLine(path)}
          </button>`,
      )}
    </span>`;
  }

  #readings({ readings, reading }: PanelAnswer): TemplateResult | typeof nothing {
    if (readings.length < 2) return nothing;
    const chosen = readings.find(({ id }) => id === reading)?.label ?? '';
    return html`<select
      aria-label="Code of answer ${this.side} to run"
      title="Code to run: ${chosen} (key ${this.side === 'A' ? '[' : ']'})"
      @change=${(event: Event) => this.actions.read(this.side, (event.target as HTMLSelectElement).value)}
    >
      ${readings.map(({ id, label }) => html`<option value=${id} .selected=${id === reading}>${label}</option>`)}
    </select>`;
  }

  #masks({ masked }: PanelAnswer): TemplateResult | typeof nothing {
    if (masked === 0) return nothing;
    const text = `${masked === 1 ? 'name' : 'names'} masked`;
    return html`<span
      class="chip"
      title="${masked} ${text}: the answer names its model, which stays hidden until you submit"
    >
      <vscode-icon class="short" name="eye-closed" size="12"></vscode-icon>${masked}
      <span class="long">${text}</span>
    </span>`;
  }

  #tally(): TemplateResult | typeof nothing {
    const results = Object.values(this.model.state.cases?.sides[this.side]?.results ?? {});
    if (results.length === 0) return nothing;
    const passed = results.filter(({ verdict }) => verdict === 'pass').length;
    return html`<span
      class="num ${passed === results.length ? 'ok' : 'bad'}"
      title="${passed} of ${results.length} cases passed"
      >${passed}/${results.length}</span
    >`;
  }

  #diagnostics(): TemplateResult | typeof nothing {
    const checks = this.model.state.checks?.[this.side];
    if (checks === undefined || checks.phase === 'none') return nothing;
    if (checks.phase === 'running') return html`<span class="dim num">checking…</span>`;
    const [count, noun] = worstOf(countsOf(checks.diagnostics));
    return html`<button
      class="link num ${count > 0 ? 'bad' : 'dim'}"
      aria-label="${count} ${noun} in answer ${this.side}: show the diagnostics"
      title="${count} ${noun}: show the diagnostics of both answers (key I)"
      @click=${() => this.model.attend({ lower: 'diagnostics' })}
    >
      <vscode-icon class="short" name="error" size="14"></vscode-icon>${count}
      <span class="long">${noun}</span>
    </button>`;
  }
}
customElements.define('tiebreak-answer-head', AnswerHead);

/** The number and the name of the findings that matter most; of errors if there are no others. */
function worstOf({ gamesTests, unknownApi, errors }: Counts): readonly [number, string] {
  if (gamesTests > 0) return [gamesTests, gamesTests === 1 ? 'games tests?' : 'game tests?'];
  if (unknownApi > 0) return [unknownApi, 'unknown API?'];
  return [errors, errors === 1 ? 'error' : 'errors'];
}

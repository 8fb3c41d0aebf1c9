import { css, html, nothing, type TemplateResult } from 'lit';
import { timeExplained } from '../../core/review/workedTime.ts';
import { visibleLine } from '../../core/text/visible.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import { clock, timeOfDay } from '../text/format.ts';
import { Part } from './part.ts';
import { shared } from '../styles/styles.ts';

/** The task, whether the work is saved, and the actions on the whole task. */
export class TopBar extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .bar {
        min-height: 36px;
        padding: 0 12px;
      }
      h1 {
        flex: 0 1 auto;
        min-width: 4em;
        margin: 0;
        font-size: 13px;
        font-weight: 600;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .bar > :not(h1) {
        flex-shrink: 0;
      }
      .bar > .grow {
        flex-shrink: 1;
      }
      @media (max-width: 1150px) {
        .wide {
          display: none;
        }
      }
      @media (max-width: 620px) {
        .chip {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { task, draft, saved } = this.model.state;
    if (!task) return html``;
    const { index, total } = task.place;
    return html`<header class="bar">
      <h1 title=${visibleLine(task.title)}>${visibleLine(task.title)}</h1>
      <span class="chip">${task.language}</span>
      <span class="chip wide">${visibleLine(task.rubric.title)} rubric</span>
      ${total > 0 && index > 0 ? html`<span class="dim num">${index} of ${total}</span>` : nothing}
      ${this.#stateLine()}
      <span class="grow"></span>
      ${
        this.model.mode === 'settle'
          ? nothing
          : html`<span class="dim num wide" title=${timeExplained}
              >${clock(draft?.activeMs ?? 0)} active</span
            >`
      }
      ${this.#saved(saved)} ${this.#run()}
      <button
        class="wide"
        title="Open the answers in the diff editor"
        @click=${() => this.actions.open({ what: 'native-diff' })}
      >
        Diff editor <kbd>G</kbd>
      </button>
      ${
        task.submitted
          ? nothing
          : html`<button @click=${() => this.model.attend({ dialog: { kind: 'skip' } })}>
              Skip… <kbd>Shift+S</kbd>
            </button>`
      }
      <button @click=${() => this.actions.next()}>Next <kbd>J</kbd></button>
    </header>`;
  }

  /** Whether an inspection or a settlement is shown, and whether it is submitted. */
  #stateLine(): TemplateResult | typeof nothing {
    const { task, inspection, settlement } = this.model.state;
    const done = (inspection ?? settlement ?? task)?.submitted === true;
    const name = { judge: '', inspect: 'inspection', settle: 'settlement' }[this.model.mode];
    if (!done && name === '') return nothing;
    return html`<span class=${done ? 'chip ok' : 'chip'}>${name} ${done ? 'submitted' : ''}</span>`;
  }

  #run(): TemplateResult {
    if (this.model.mode !== 'judge') return this.#replay();
    const { cases, ideal, trial } = this.model.state;
    const works = [
      ...Object.values(cases?.sides ?? {}),
      ...Object.values(cases?.timings ?? {}),
      ...(ideal ? [ideal.run] : []),
      ...Object.values(trial?.sides ?? {}),
    ];
    const running = works.some(({ phase }) => phase === 'running');
    if (running) {
      return html`<button class="primary" @click=${() => this.actions.cancel()}>
        <vscode-icon name="debug-stop"></vscode-icon>Cancel <kbd>Esc</kbd>
      </button>`;
    }
    return html`<button
      class="primary"
      ?disabled=${cases?.blocked !== undefined}
      title=${cases?.blocked ?? 'Run the cases for both answers'}
      @click=${() => this.actions.run()}
    >
      <vscode-icon name="play"></vscode-icon>Run both <kbd>R</kbd>
    </button>`;
  }

  /** A reviewer can only replay recorded runs. */
  #replay(): TemplateResult {
    const { inspection, settlement } = this.model.state;
    const replays = (inspection ?? settlement)?.replays ?? [];
    const running = replays.some(({ phase }) => phase === 'running');
    return html`<button
      class="primary"
      ?disabled=${replays.length === 0}
      title=${replays.length === 0 ? 'Nothing was run before the review was submitted' : 'Replay every recorded run, and the inputs on which A and B differ'}
      @click=${() => (running ? this.actions.cancel() : this.actions.run())}
    >
      <vscode-icon name=${running ? 'debug-stop' : 'debug-restart'}></vscode-icon>${
        running ? html`Cancel <kbd>Esc</kbd>` : html`Replay <kbd>R</kbd>`
      }
    </button>`;
  }

  #saved(saved: PanelState['saved']): TemplateResult | typeof nothing {
    if (saved?.state !== 'failed' && this.model.isSending) return html`<span class="dim wide">Saving…</span>`;
    if (saved === undefined || saved.state === 'clean') return nothing;
    if (saved.state === 'saving') return html`<span class="dim wide">Saving…</span>`;
    if (saved.state === 'saved') return html`<span class="dim num wide">Saved ${timeOfDay(saved.at)}</span>`;
    return html`<span class="bad" role="alert" title=${saved.message}>Not saved</span>
      <button title=${saved.message} @click=${() => this.actions.open({ what: 'save-elsewhere' })}>
        Save elsewhere…
      </button>`;
  }
}
customElements.define('tiebreak-top-bar', TopBar);

import { css, html, nothing, type TemplateResult } from 'lit';
import type { PanelSegment } from '../../protocol/panel/state.ts';
import { secretsIn } from '../../core/code/secrets.ts';
import { codeLine } from '../code/codeLine.ts';
import { counted } from '../text/format.ts';
import { codeStyles } from '../code/codeStyles.ts';
import { pairings, views, type Pairing, type View } from '../state/arrangement.ts';
import { paletteSheet } from '../styles/palette.ts';
import { Part } from './part.ts';
import { proseOf } from '../text/prose.ts';
import { taskFiles } from './taskFiles.ts';
import { secretSpans } from '../code/secretMarks.ts';
import { shared } from '../styles/styles.ts';

const viewNames: Readonly<Record<View, [label: string, key: string]>> = {
  written: ['As written', 'W'],
  code: ['Code', 'C'],
  diff: ['Diff', 'D'],
};

const pairingNames: Readonly<Record<Pairing, string>> = {
  'A|B': 'A and B',
  'A|ideal': 'A and Ideal',
  'B|ideal': 'B and Ideal',
};

/** The prompt, which can be collapsed, and the buttons that choose the view of the answers. */
export class PromptPart extends Part {
  static override styles = [
    shared,
    codeStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        padding: 8px 14px 10px;
        border-bottom: 1px solid var(--line);
      }
      h2 {
        flex-wrap: wrap;
        gap: 4px 8px;
      }
      .ignore {
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
      }
      h2 > button {
        text-transform: inherit;
        letter-spacing: inherit;
        font: inherit;
        gap: 2px;
        padding: 0;
      }
      h2 > .as-written {
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
        font-size: 12px;
        gap: 4px;
      }
      .choices,
      .choices button {
        font-size: 12px;
      }
      .task-files {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 6px;
        align-items: baseline;
        margin-top: 4px;
      }
      .task-file {
        margin: 4px 0 0;
        max-height: 25vh;
        overflow: auto;
        font-family: var(--mono);
        font-size: 12px;
      }
      .prose,
      .plain {
        max-width: none;
        max-height: 26vh;
        overflow: auto;
        margin-top: 4px;
      }
    `,
  ];

  /** Path of the task's file that is shown below the prompt. */
  #openFile: string | undefined;
  /** Searched once for each prompt. */
  #searched: { prompt: readonly PanelSegment[]; kinds: string[]; count: number } | undefined;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    const { promptOpen, plainPrompt } = this.model.arrangement;
    return html`
      <h2>
        <button
          aria-expanded=${promptOpen}
          title="Collapse or expand the prompt (key P)"
          @click=${() => this.model.arrange({ promptOpen: !promptOpen })}
        >
          Prompt <vscode-icon name=${promptOpen ? 'chevron-down' : 'chevron-right'}></vscode-icon>
        </button>
        <button
          class="link as-written"
          aria-pressed=${plainPrompt}
          title="Show the prompt as it was written, or rendered as Markdown"
          ?hidden=${!promptOpen}
          @click=${() => this.actions.togglePlainPrompt()}
        >
          Plain text <kbd>Shift+P</kbd>
        </button>
        ${this.#secrets(task.prompt)}
        <span class="grow"></span>
        ${this.model.arrangement.view === 'diff' && (task.answers.length === 2 || this.model.state.ideal) ? html`${this.#pairings()} ${this.#leftOut()}` : nothing}
        ${this.#reading()} ${this.#views()}
      </h2>
      ${
        promptOpen
          ? html`${plainPrompt ? this.#plain(task.promptText) : this.#rendered(task.prompt)}
            ${taskFiles(task, this.#openFile, (path) => this.#toggleFile(path))}`
          : nothing
      }
    `;
  }

  #rendered(prompt: readonly PanelSegment[]): TemplateResult {
    return html`<div class="prose" tabindex="0" role="region" aria-label="Prompt">
      ${prompt.map((segment) => this.#segment(segment))}
    </div>`;
  }

  /** The prompt as it was written. */
  #plain(text: string): TemplateResult {
    const lines = text
      .split('\n')
      .map((line) => html`${codeLine(line, undefined, secretSpans(line))}${'\n'}`);
    return html`<pre class="plain" tabindex="0" role="region" aria-label="Prompt, as it was written">
${lines}</pre>`;
  }

  #toggleFile(path: string): void {
    this.#openFile = this.#openFile === path ? undefined : path;
    this.requestUpdate();
  }

  #views(): TemplateResult {
    const { view } = this.model.arrangement;
    const alone = this.model.state.task!.answers.length === 1 && !this.model.state.ideal;
    return html`<span class="choices" role="group" aria-label="View of the answers">
      ${views
        .filter((name) => name !== 'diff' || !alone)
        .map(
          (name) =>
            html`<button aria-pressed=${view === name} @click=${() => this.actions.view(name)}>
              ${viewNames[name][0]} <kbd>${viewNames[name][1]}</kbd>
            </button>`,
        )}
    </span>`;
  }

  /** Buttons for the panes of the answers: wrap lines, and scroll together. */
  #reading(): TemplateResult {
    const { view, wrap, scrollTogether } = this.model.arrangement;
    const areTwo = this.model.state.task!.answers.length === 2;
    return html`<span
      class="choices"
      role="group"
      aria-label="Panes of the answers"
      ?hidden=${view === 'diff'}
    >
      ${
        view === 'code'
          ? html`<button
              aria-pressed=${wrap}
              title="Wrap long lines (Alt+Z)"
              @click=${() => this.actions.toggleWrap()}
            >
              Wrap
            </button>`
          : nothing
      }
      ${
        areTwo
          ? html`<button
              aria-pressed=${scrollTogether}
              title="Scroll A and B together"
              @click=${() => this.actions.toggleScrollTogether()}
            >
              Sync <kbd>Y</kbd>
            </button>`
          : nothing
      }
    </span>`;
  }

  /** Which two of A, B and the ideal are compared. */
  #pairings(): TemplateResult | typeof nothing {
    if (!this.model.state.ideal || this.model.state.task!.answers.length === 1) return nothing;
    const { pairing } = this.model.arrangement;
    return html`<span class="choices" role="group" aria-label="Compared pair (key B)">
      ${pairings.map(
        (name) =>
          html`<button aria-pressed=${pairing === name} @click=${() => this.actions.pair(name)}>
            ${pairingNames[name]}
          </button>`,
      )}
    </span>`;
  }

  /** Warns of secrets and personal data in the prompt, without repeating them. */
  #secrets(prompt: readonly PanelSegment[]): TemplateResult | typeof nothing {
    if (this.#searched?.prompt !== prompt) {
      const found = prompt.flatMap(({ text }) => secretsIn(text));
      this.#searched = { prompt, kinds: [...new Set(found.map(({ kind }) => kind))], count: found.length };
    }
    const { count, kinds } = this.#searched;
    if (count === 0) return nothing;
    return html`<span class="ignore warn" title="Looks like: ${kinds.join(', ')}"
      >${counted(count, 'possible secret')} or personal data</span
    >`;
  }

  /** What the difference ignores, and whether files are formatted first. */
  #leftOut(): TemplateResult {
    const { ignoreWhitespace, ignoreComments, format } = this.model.arrangement.compareBy;
    return html`<span class="ignore dim">ignore</span
      ><span class="choices" role="group" aria-label="Ignored in the difference">
        <button
          aria-pressed=${ignoreWhitespace}
          title="Ignore whitespace in the difference"
          @click=${() => this.actions.compareBy({ ignoreWhitespace: !ignoreWhitespace })}
        >
          Space <kbd>H</kbd>
        </button>
        <button
          aria-pressed=${ignoreComments}
          title="Ignore comments in the difference"
          @click=${() => this.actions.compareBy({ ignoreComments: !ignoreComments })}
        >
          Comments <kbd>M</kbd>
        </button>
      </span>
      <span class="choices">
        <button
          aria-pressed=${format}
          title="Format both answers before comparing. Formatted lines cannot be flagged or cited"
          @click=${() => this.actions.compareBy({ format: !format })}
        >
          Formatted <kbd>L</kbd>
        </button>
      </span>`;
  }

  #segment(segment: PanelSegment): TemplateResult | Node[] {
    if (segment.kind === 'prose') return proseOf(segment, { keepsLineBreaks: true });
    const colours = this.model.state.highlight?.lines[segment.key];
    const lines = segment.text.replace(/\n$/, '').split('\n');
    return html`<pre>
${lines.map((line, index) => html`${codeLine(line, colours?.[index], secretSpans(line))}${'\n'}`)}</pre>`;
  }
}
customElements.define('tiebreak-prompt', PromptPart);

import { css, html, nothing, type TemplateResult } from 'lit';
import type { PanelSegment } from '../protocol/webview.ts';
import { secretsIn } from '../core/secrets.ts';
import { codeLine } from './code/codeLine.ts';
import { counted } from './format.ts';
import { codeStyles } from './code/codeStyles.ts';
import { pairings, views, type Pairing, type View } from './model.ts';
import { paletteSheet } from './palette.ts';
import { Part } from './part.ts';
import { proseOf } from './prose.ts';
import { secretSpans } from './code/secretMarks.ts';
import { shared } from './styles.ts';

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

/** The prompt, which can be folded away, and beside its heading how the answers are shown. */
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
      .choices,
      .choices button {
        font-size: 12px;
      }
      .prose {
        max-height: 30vh;
        overflow: auto;
        margin-top: 4px;
      }
    `,
  ];

  /** Searched once a prompt, for the same reason. */
  #searched: { prompt: readonly PanelSegment[]; kinds: string[]; count: number } | undefined;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    (root as ShadowRoot).adoptedStyleSheets.push(paletteSheet);
    return root;
  }

  override render(): TemplateResult {
    const { task } = this.model.state;
    if (!task) return html``;
    const { promptOpen } = this.model.arrangement;
    return html`
      <h2>
        <button
          aria-expanded=${promptOpen}
          title="Fold or unfold the prompt (key P)"
          @click=${() => this.model.arrange({ promptOpen: !promptOpen })}
        >
          Prompt <vscode-icon name=${promptOpen ? 'chevron-down' : 'chevron-right'}></vscode-icon>
        </button>
        ${this.#secrets(task.prompt)}
        <span class="grow"></span>
        ${this.model.arrangement.view === 'diff' && (task.answers.length === 2 || this.model.state.ideal) ? html`${this.#pairings()} ${this.#leftOut()}` : nothing}
        ${this.#views()}
      </h2>
      ${
        promptOpen
          ? html`<div class="prose" tabindex="0" role="region" aria-label="Prompt">
              ${task.prompt.map((segment) => this.#segment(segment))}
            </div>`
          : nothing
      }
    `;
  }

  #views(): TemplateResult {
    const { view } = this.model.arrangement;
    const alone = this.model.state.task!.answers.length === 1 && !this.model.state.ideal;
    return html`<span class="choices" role="group" aria-label="How the answers are shown">
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

  /** Which two of A, B and the ideal are compared. */
  #pairings(): TemplateResult | typeof nothing {
    if (!this.model.state.ideal || this.model.state.task!.answers.length === 1) return nothing;
    const { pairing } = this.model.arrangement;
    return html`<span class="choices" role="group" aria-label="What is compared (key B)">
      ${pairings.map(
        (name) =>
          html`<button aria-pressed=${pairing === name} @click=${() => this.actions.pair(name)}>
            ${pairingNames[name]}
          </button>`,
      )}
    </span>`;
  }

  /** A prompt that holds what should not be passed on says so, without repeating it. */
  #secrets(prompt: readonly PanelSegment[]): TemplateResult | typeof nothing {
    if (this.#searched?.prompt !== prompt) {
      const found = prompt.flatMap(({ text }) => secretsIn(text));
      this.#searched = { prompt, kinds: [...new Set(found.map(({ kind }) => kind))], count: found.length };
    }
    const { count, kinds } = this.#searched;
    if (count === 0) return nothing;
    return html`<span class="ignore warn" title="What looks like: ${kinds.join(', ')}"
      >${counted(count, 'secret')} or personal data?</span
    >`;
  }

  /** What the difference leaves out of account. */
  #leftOut(): TemplateResult {
    const { ignoreWhitespace, ignoreComments, format } = this.model.arrangement.compareBy;
    return html`<span class="ignore dim">ignore</span
      ><span class="choices" role="group" aria-label="Left out of the difference">
        <button
          aria-pressed=${ignoreWhitespace}
          title="Leave white space out of the difference"
          @click=${() => this.actions.compareBy({ ignoreWhitespace: !ignoreWhitespace })}
        >
          Space <kbd>H</kbd>
        </button>
        <button
          aria-pressed=${ignoreComments}
          title="Leave comments out of the difference"
          @click=${() => this.actions.compareBy({ ignoreComments: !ignoreComments })}
        >
          Comments <kbd>M</kbd>
        </button>
      </span>
      <span class="choices">
        <button
          aria-pressed=${format}
          title="Format both before they are compared; formatted lines can be neither flagged nor cited"
          @click=${() => this.actions.compareBy({ format: !format })}
        >
          Formatted <kbd>L</kbd>
        </button>
      </span>`;
  }

  #segment(segment: PanelSegment): TemplateResult | Node[] {
    if (segment.kind === 'prose') return proseOf(segment);
    const colours = this.model.state.highlight?.lines[segment.key];
    const lines = segment.text.replace(/\n$/, '').split('\n');
    return html`<pre>
${lines.map((line, index) => html`${codeLine(line, colours?.[index], secretSpans(line))}${'\n'}`)}</pre>`;
  }
}
customElements.define('tiebreak-prompt', PromptPart);

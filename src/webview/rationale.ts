import { css, html, nothing, type TemplateResult } from 'lit';
import { caseAnchor } from '../core/rationale/anchors.ts';
import type { PanelFinding } from '../protocol/webview.ts';
import { Part } from './part.ts';
import { shared } from './styles.ts';

interface Proposal {
  readonly text: string;
  readonly detail: string;
}

const severityLook = {
  E: { icon: 'error', tone: 'bad', name: 'blocks' },
  W: { icon: 'warning', tone: 'warn', name: 'warning' },
  I: { icon: 'info', tone: 'dim', name: 'note' },
} as const;
const mostProposals = 8;

/** The rationale with what its rules find. The text area owns the text: echoes of the host never replace it. */
export class RationalePart extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        position: relative;
      }
      h3 {
        justify-content: space-between;
        margin-bottom: 5px;
      }
      h3 span,
      h3 button {
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
        font-size: 11px;
      }
      textarea {
        width: 100%;
        min-height: 132px;
        flex: 1 0 auto;
        resize: vertical;
        line-height: 1.55;
        padding: 8px 10px;
      }
      textarea:focus {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      .proposals {
        position: absolute;
        z-index: 2;
        left: 0;
        right: 0;
        bottom: 100%;
        margin: 0;
        padding: 2px;
        list-style: none;
        color: var(--vscode-editorSuggestWidget-foreground, var(--vscode-foreground));
        background: var(--vscode-editorSuggestWidget-background, var(--vscode-editor-background));
        border: 1px solid var(--vscode-editorSuggestWidget-border, var(--line));
      }
      .box {
        position: relative;
        display: flex;
        flex-direction: column;
        flex: 1 0 auto;
      }
      .proposals li {
        display: flex;
        gap: 10px;
        padding: 1px 8px;
        cursor: pointer;
        white-space: nowrap;
        overflow: hidden;
      }
      .proposals li span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .proposals [aria-selected='true'] {
        background: var(--vscode-editorSuggestWidget-selectedBackground, var(--vscode-list-activeSelectionBackground));
        color: var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-list-activeSelectionForeground));
      }
      .proposals [aria-selected='true'] .dim {
        color: inherit;
      }
      .findings {
        display: grid;
        gap: 4px;
        margin: 6px 0 0;
        padding: 0;
        list-style: none;
      }
      .findings li {
        display: grid;
        grid-template-columns: 18px minmax(0, 1fr) auto;
        gap: 4px;
        align-items: start;
      }
      .findings .text {
        padding: 0;
        white-space: normal;
        text-align: left;
        display: inline;
      }
      .override {
        grid-column: 2 / -1;
        display: flex;
        gap: 6px;
      }
      .override input {
        flex: 1;
        min-width: 0;
      }
      vscode-icon {
        margin-top: 2px;
      }
    `,
  ];

  #proposals: readonly Proposal[] = [];
  #chosen = 0;
  #from: string | undefined;
  #task: string | undefined;

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  /** The text is set only where it comes from elsewhere: another task, the store, or the document. */
  protected override updated(): void {
    const { task, draft } = this.model.state;
    const area = this.#area;
    if (!area || !draft) return;
    const { text, from } = draft.rationale;
    const other = task?.id !== this.#task || (from !== 'panel' && text !== this.#from);
    this.#task = task?.id;
    this.#from = text;
    if (other && area.value !== text) area.value = text;
  }

  override render(): TemplateResult {
    const { task, findings = [] } = this.model.state;
    const open = this.#proposals.length > 0;
    return html`
      <h3>
        <label for="text">Rationale</label>
        <button class="link" @click=${() => this.actions.open({ what: 'rationale' })}>open as a document <kbd>E</kbd></button>
      </h3>
      <div class="box">
        <textarea
          id="text"
          spellcheck="true"
          ?readonly=${task?.submitted ?? false}
          placeholder="@A is better because … Type @ to cite a line or a case."
          role="combobox"
          aria-autocomplete="list"
          aria-expanded=${open}
          aria-controls="proposals"
          aria-activedescendant=${open ? `proposal-${this.#chosen}` : nothing}
          @input=${() => this.#typed()}
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @blur=${() => this.#propose([])}
          @click=${() => this.#complete()}
        ></textarea>
        <ul id="proposals" class=${open ? 'proposals' : 'quiet'} role="listbox" aria-label="What can be cited">
          ${this.#proposals.map((proposal, index) => this.#proposal(proposal, index))}
        </ul>
      </div>
      <ul class="findings" aria-label="What the rules find" aria-live="polite">
        ${findings.map((finding) => this.#finding(finding))}
      </ul>
    `;
  }

  /** Puts text in at the cursor, with a space where a word would touch it. */
  insert(text: string): void {
    const area = this.#area;
    if (!area) return;
    const before = area.value.slice(0, area.selectionStart);
    const space = before === '' || /[\s(]$/.test(before) ? '' : ' ';
    area.setRangeText(space + text, area.selectionStart, area.selectionEnd, 'end');
    this.actions.type(area.value);
    area.focus();
  }

  /** Applies the first fix there is. */
  applyFirstFix(): void {
    const finding = this.model.state.findings?.find(({ fix }) => fix !== undefined);
    if (finding !== undefined) this.#apply(finding);
  }

  override focus(): void {
    this.#area?.focus();
  }

  #typed(): void {
    this.actions.type(this.#area!.value);
    this.#complete();
  }

  /** Proposes what can be cited when the word at the cursor begins with "@". */
  #complete(): void {
    const area = this.#area!;
    const word = /(?:^|[\s(“"])(@[^\s@]*)$/.exec(area.value.slice(0, area.selectionStart))?.[1];
    this.#propose(word === undefined ? [] : this.#citable().filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()) && text !== word));
  }

  #citable(): Proposal[] {
    const { task, cases } = this.model.state;
    const { selection } = this.model.attention;
    const chosen = selection === null ? [] : [{ text: this.actions.anchor(selection), detail: 'the selected lines' }];
    const verdict = (id: string) =>
      Object.entries(cases?.sides ?? {})
        .map(([side, run]) => `${side} ${run.results[id]?.verdict ?? 'not run'}`)
        .join(', ');
    return [
      ...chosen,
      ...(task?.answers ?? []).map(({ side }) => ({ text: `@${side}`, detail: `answer ${side}` })),
      ...(cases?.splitting ?? []).map((id) => ({ text: caseAnchor(id), detail: `splits: ${verdict(id)}` })),
      ...(cases?.cases ?? [])
        .filter(({ id }) => cases?.splitting.includes(id) === false)
        .map(({ id }) => ({ text: caseAnchor(id), detail: verdict(id) })),
      ...(task?.answers ?? []).flatMap(({ side, files }) =>
        (files[0]?.lines ?? []).map((line, index) => ({ text: `@${side}:${index + 1}`, detail: line.trim() })),
      ),
    ];
  }

  #propose(proposals: readonly Proposal[]): void {
    this.#proposals = proposals.slice(0, mostProposals);
    this.#chosen = 0;
    this.requestUpdate();
  }

  #proposal({ text, detail }: Proposal, index: number): TemplateResult {
    return html`<li
      id="proposal-${index}"
      role="option"
      aria-selected=${index === this.#chosen}
      @mousedown=${(event: Event) => {
        event.preventDefault();
        this.#accept(index);
      }}
    >
      <span class="mono">${text}</span><span class="dim">${detail}</span>
    </li>`;
  }

  #key(event: KeyboardEvent): void {
    if (this.#proposals.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      this.#chosen = (this.#chosen + step + this.#proposals.length) % this.#proposals.length;
      this.requestUpdate();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) {
      this.#accept(this.#chosen);
    } else if (event.key === 'Escape') {
      this.#propose([]);
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  #accept(index: number): void {
    const area = this.#area!;
    const { text } = this.#proposals[index]!;
    const start = area.value.lastIndexOf('@', area.selectionStart - 1);
    area.setRangeText(text, start, area.selectionStart, 'end');
    this.#propose([]);
    this.actions.type(area.value);
  }

  #finding(finding: PanelFinding): TemplateResult {
    const { icon, tone, name } = severityLook[finding.severity];
    const { draft } = this.model.state;
    const override = draft?.overrides.find(({ rule }) => rule === finding.rule);
    return html`<li data-rule=${finding.rule}>
      <vscode-icon class=${tone} name=${icon} label=${name}></vscode-icon>
      <button class="text" title="${finding.rule}: go to the place" @click=${() => this.#goTo(finding)}>${finding.message} <span class="dim">${finding.rule}</span></button>
      ${finding.fix === undefined
        ? html`<span></span>`
        : html`<button class="link" title=${finding.fix.title} @click=${() => this.#apply(finding)}>Fix <kbd>.</kbd></button>`}
      ${finding.severity === 'E'
        ? html`<span class="override"
            ><input
              aria-label="Why ${finding.rule} does not hold here"
              placeholder="Submit all the same, because …"
              .value=${override?.reason ?? ''}
              @change=${(event: Event) => this.actions.override(finding.rule, (event.target as HTMLInputElement).value)}
          /></span>`
        : nothing}
    </li>`;
  }

  #goTo({ start, end }: PanelFinding): void {
    const area = this.#area!;
    area.focus();
    area.setSelectionRange(start, end);
  }

  #apply(finding: PanelFinding): void {
    const area = this.#area!;
    area.value = this.actions.fixed(finding);
    this.actions.type(area.value);
    area.focus();
  }
}
customElements.define('tiebreak-rationale', RationalePart);

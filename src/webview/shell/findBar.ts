import { css, html, type TemplateResult } from 'lit';
import type { Answers } from '../code/answers.ts';
import { shared } from '../styles/styles.ts';
import { rangesOf } from './find.ts';
import { Part } from './part.ts';

/** Finds a text in the prompt and in the answers as they are shown. */
export class FindBar extends Part {
  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
        z-index: 3;
        top: 4px;
        right: 16px;
        display: flex;
        gap: 4px;
        align-items: center;
        padding: 4px 6px;
        background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, var(--line)));
        border-radius: 4px;
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      }
      input {
        width: 22em;
        min-width: 6em;
      }
      .num {
        min-width: 6.5em;
      }
      button {
        padding: 2px;
      }
    `,
  ];

  #query = '';
  #found: Range[] = [];
  #at = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.focusOn('input');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#mark([], undefined);
  }

  override render(): TemplateResult {
    const count = this.#found.length;
    const said = this.#query === '' ? '' : count === 0 ? 'No results' : `${this.#at + 1} of ${count}`;
    return html`<input
        type="text"
        aria-label="Find in the prompt and the answers"
        placeholder="Find"
        .value=${this.#query}
        @input=${(event: Event) => void this.#search((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      />
      <span class="num dim" role="status">${said}</span>
      ${this.#button('arrow-up', 'Previous match (Shift+Enter)', () => this.#go(-1))}
      ${this.#button('arrow-down', 'Next match (Enter)', () => this.#go(1))}
      ${this.#button('close', 'Close (Escape)', () => this.#close())}`;
  }

  /** The shown content may have changed: another view, more lines. */
  protected override updated(): void {
    this.#found = this.#ranges();
    this.#at = Math.min(this.#at, Math.max(0, this.#found.length - 1));
    this.#mark(this.#found, this.#found[this.#at]);
  }

  #button(icon: string, label: string, act: () => void): TemplateResult {
    return html`<button title=${label} aria-label=${label} @click=${act}>
      <vscode-icon name=${icon}></vscode-icon>
    </button>`;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #search(query: string): Promise<void> {
    this.#query = query;
    this.#at = 0;
    await this.#answers?.drawAll();
    this.#found = this.#ranges();
    this.#show();
  }

  #go(by: number): void {
    this.#found = this.#ranges();
    const count = this.#found.length;
    if (count > 0) this.#at = (this.#at + by + count) % count;
    this.#show();
  }

  #show(): void {
    this.requestUpdate();
    const element = this.#found[this.#at]?.startContainer.parentElement;
    element?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }

  #close(): void {
    this.model.attend({ finding: false });
    void this.#answers?.focusOn('[tabindex="0"]');
  }

  get #answers(): Answers | null {
    return this.#page.querySelector<Answers>('tiebreak-answers');
  }

  get #page(): ShadowRoot {
    return this.getRootNode() as ShadowRoot;
  }

  #ranges(): Range[] {
    const roots = ['tiebreak-prompt', 'tiebreak-answers', 'tiebreak-ideal-diff'].flatMap((name) => [
      ...(this.#page.querySelector(name)?.shadowRoot?.querySelectorAll('.prose, .plain, .code') ?? []),
    ]);
    return roots.flatMap((root) => rangesOf(this.#query, root));
  }

  #mark(all: readonly Range[], current: Range | undefined): void {
    CSS.highlights.set('found', new Highlight(...all));
    CSS.highlights.set('found-now', new Highlight(...(current === undefined ? [] : [current])));
  }
}
customElements.define('tiebreak-find', FindBar);

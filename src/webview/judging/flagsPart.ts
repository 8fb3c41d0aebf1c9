import { html, nothing, type TemplateResult } from 'lit';
import type { PanelFlag } from '../../protocol/panel/state.ts';
import { Part } from '../shell/part.ts';
import { shared } from '../styles/styles.ts';
import { flagNames } from '../text/format.ts';
import { judgementStyles } from './judgementStyles.ts';

class FlagsPart extends Part {
  static override styles = [shared, judgementStyles];

  override render(): TemplateResult {
    const flags = this.model.state.draft?.flags ?? [];
    return html`<section aria-label="Flags">
      <h2>
        Flags
        <button
          ?disabled=${this.#isLocked}
          title="Flag the selected lines"
          @click=${() => this.model.attend({ dialog: { kind: 'flag' } })}
        >
          Flag lines… <kbd>F</kbd>
        </button>
      </h2>
      ${flags.length === 0 ? html`<p class="dim">No flags.</p>` : flags.map((flag) => this.#flag(flag))}
    </section>`;
  }

  #flag(flag: PanelFlag): TemplateResult {
    const { id, side, kind, file, startLine: from, endLine: to, note } = flag;
    const anchor = this.actions.anchor({ side, file, from, to });
    const go = () => {
      this.model.attend({
        selection: { side, file, from, to },
        files: { ...this.model.attention.files, [side]: file },
      });
      this.dispatchEvent(
        new CustomEvent('reveal', { detail: { side, line: from }, bubbles: true, composed: true }),
      );
    };
    return html`<div class="flag">
      <span class="bad" aria-hidden="true">⚑</span>
      <span class="kind">${flagNames[kind]}</span>
      <button class="anchor ${side.toLowerCase()}" title="Go to the lines" @click=${go}>${anchor}</button>
      <span class="note dim" title=${note ?? ''}>${note ?? ''}</span>
      <span class="grow"></span>
      ${this.#isLocked ? nothing : this.#flagTools(id, `${flagNames[kind]} at ${anchor}`)}
    </div>`;
  }

  #flagTools(id: string, name: string): TemplateResult {
    const edit = () => this.model.attend({ dialog: { kind: 'flag', flagId: id } });
    return html`<button class="tool" title="Edit" aria-label="Edit flag ${name}" @click=${edit}>
        <vscode-icon name="edit"></vscode-icon>
      </button>
      <button
        class="tool"
        title="Remove"
        aria-label="Remove flag ${name}"
        @click=${() => this.actions.removeFlag(id)}
      >
        <vscode-icon name="close"></vscode-icon>
      </button>`;
  }

  get #isLocked(): boolean {
    return this.model.state.task?.submitted ?? true;
  }
}
customElements.define('tiebreak-flags', FlagsPart);

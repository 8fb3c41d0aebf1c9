import { css, html, nothing, type TemplateResult } from 'lit';
import { flagKinds, type FlagKind } from '../../core/review/flagKinds.ts';
import type { PanelFlag } from '../../protocol/panel/state.ts';
import { dialogStyles } from '../styles/dialogStyles.ts';
import { flagNames } from '../text/format.ts';
import { bindingsOf, chords } from '../state/keys.ts';
import { Part } from './part.ts';
import { shared } from '../styles/styles.ts';

const groups = ['Look', 'Run', 'Judge', 'Write', 'Go to'] as const;

/** The open dialog: keys, skip or flag. */
export class Dialogs extends Part {
  static override styles = [
    shared,
    dialogStyles,
    css`
      .keys {
        columns: 2;
        column-gap: 28px;
      }
      .keys section {
        break-inside: avoid;
        margin-bottom: 12px;
      }
      .keys div {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 1px 0;
      }
      .kinds {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 4px 14px;
      }
      .kinds label {
        display: flex;
        flex-direction: row;
        gap: 6px;
        align-items: center;
      }
    `,
  ];

  override render(): TemplateResult {
    const { dialog } = this.model.attention;
    switch (dialog?.kind) {
      case 'keys':
        return this.#frame('Keyboard shortcuts', this.#keys());
      case 'skip':
        return this.#frame('Skip task', this.#skip());
      case 'flag':
        return this.#frame(
          dialog.flagId === undefined ? 'Flag lines' : 'Edit flag',
          this.#flag(dialog.flagId),
        );
      case undefined:
        return html``;
    }
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog === null || dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[autofocus]')?.focus();
  }

  #frame(title: string, body: TemplateResult): TemplateResult {
    return html`<dialog
      aria-label=${title}
      @cancel=${this.#closeAtOnce}
      @submit=${this.#closeAtOnce}
      @close=${this.#closed}
    >
      <h2>${title}</h2>
      ${body}
    </dialog>`;
  }

  /** Closes by Escape or a button. The browser might report that it closed the dialog only after the next key. */
  readonly #closeAtOnce = ({ currentTarget, defaultPrevented }: Event): void => {
    if (defaultPrevented) return;
    (currentTarget as HTMLDialogElement).close();
    this.#close();
  };

  /** The event of a dialog that is gone may come after the next one has opened. */
  readonly #closed = ({ currentTarget }: Event): void => {
    if ((currentTarget as HTMLDialogElement).isConnected) this.#close();
  };

  #close(): void {
    this.model.attend({ dialog: null });
  }

  #keys(): TemplateResult {
    return html`<div class="keys">
        ${groups.map(
          (group) =>
            html`<section>
              <h3>${group}</h3>
              ${bindingsOf(this.model)
                .filter((binding) => binding.group === group && binding.label !== '')
                .map(
                  ({ key, also, label }) =>
                    html`<div>
                      <span>${label}</span
                      ><span
                        >${[key, also].map((name) => (name === undefined ? nothing : html` <kbd>${keyName(name)}</kbd>`))}</span
                      >
                    </div>`,
                )}
            </section>`,
        )}
        <section>
          <h3>Always</h3>
          ${chords.map(({ key, label }) => html`<div><span>${label}</span><kbd>${key}</kbd></div>`)}
        </section>
      </div>
      <form method="dialog"><button class="primary" autofocus>Close</button></form>`;
  }

  #skip(): TemplateResult {
    const key = ['skip'];
    const submit = (event: SubmitEvent) => {
      const { reason = '' } = fieldsOf(event);
      if (reason.trim() === '') return;
      this.model.dropUnsaved(key);
      this.actions.skip(reason.trim());
    };
    return html`<form method="dialog" @input=${this.#keeping(key)} @submit=${submit}>
      <label
        >Why are you skipping this task? The reason is saved. You can restore the task from the queue.
        <textarea
          name="reason"
          rows="3"
          required
          autofocus
          .value=${this.model.unsaved(key)?.['reason'] ?? ''}
        ></textarea>
      </label>
      ${this.#buttons('Skip')}
    </form>`;
  }

  #flag(flagId: string | undefined): TemplateResult {
    const flag = this.model.state.draft?.flags.find(({ id }) => id === flagId);
    const lines = flag ?? this.#selectedLines();
    if (lines === undefined) {
      return html`<p>
          Select lines first: click or drag in an answer’s code, or move there with the arrow keys.
        </p>
        <form method="dialog"><button class="primary" autofocus>Close</button></form>`;
    }
    const { side, file, startLine: from, endLine: to } = lines;
    const key = ['flag', flag?.id ?? this.actions.anchor({ side, file, from, to })];
    const { kind = flag?.kind ?? 'wrong', note = flag?.note ?? '' } = this.model.unsaved(key) ?? {};
    const submit = (event: SubmitEvent) => {
      const fields = fieldsOf(event);
      const written = (fields['note'] ?? '').trim();
      this.model.dropUnsaved(key);
      this.actions.saveFlag({
        id: flag?.id ?? crypto.randomUUID(),
        side,
        file,
        startLine: from,
        endLine: to,
        kind: fields['kind'] as FlagKind,
        ...(written === '' ? {} : { note: written }),
      });
    };
    return html`<form method="dialog" @input=${this.#keeping(key)} @submit=${submit}>
      <fieldset>
        <legend>
          What is wrong with <span class="mono">${this.actions.anchor({ side, file, from, to })}</span>?
        </legend>
        <div class="kinds">
          ${flagKinds.map(
            (choice, index) =>
              html`<label
                ><input
                  type="radio"
                  name="kind"
                  value=${choice}
                  required
                  ?checked=${kind === choice}
                  ?autofocus=${index === 0}
                />${flagNames[choice]}</label
              >`,
          )}
        </div>
      </fieldset>
      <label>Note (optional) <input name="note" .value=${note} /></label>
      ${this.#buttons(flag === undefined ? 'Flag' : 'Save')}
    </form>`;
  }

  /** Stores the fields of a form on every input. */
  #keeping(key: readonly unknown[]): (event: Event) => void {
    return (event) => this.model.keepUnsaved(key, fieldsOf(event));
  }

  #selectedLines(): Pick<PanelFlag, 'side' | 'file' | 'startLine' | 'endLine'> | undefined {
    const { selection } = this.model.attention;
    if (selection === null) return undefined;
    return { side: selection.side, file: selection.file, startLine: selection.from, endLine: selection.to };
  }

  #buttons(does: string): TemplateResult {
    return html`<div class="buttons">
      <button class="primary" type="submit">${does}</button>
      <button type="button" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>Cancel</button>
    </div>`;
  }
}
customElements.define('tiebreak-dialogs', Dialogs);

/** The fields of the form that an event comes from, by name. */
function fieldsOf({ currentTarget }: Event): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(currentTarget as HTMLFormElement)].filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  );
}

function keyName(key: string): string {
  return (
    { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' }[key] ??
    (key.length === 1 ? key.toUpperCase() : key)
  );
}

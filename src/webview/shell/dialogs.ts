import { css, html, nothing, type TemplateResult } from 'lit';
import { flagKinds, type FlagKind } from '../core/review.ts';
import type { PanelFlag } from '../protocol/webview.ts';
import { dialogStyles } from './dialogStyles.ts';
import { flagNames } from './format.ts';
import { bindingsOf, chords } from './keys.ts';
import { Part } from './part.ts';
import { shared } from './styles.ts';

const groups = ['Look', 'Run', 'Judge', 'Write', 'Move on'] as const;

/** The dialog that is open, if one is: keys, skip, flag. The case editor is a part of its own. */
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
        return this.#frame('Keys', this.#keys());
      case 'skip':
        return this.#frame('Skip this task', this.#skip());
      case 'flag':
        return this.#frame(
          dialog.flagId === undefined ? 'Flag lines' : 'Edit the flag',
          this.#flag(dialog.flagId),
        );
      case 'case':
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
    return html`<dialog aria-label=${title} @close=${() => this.#close()} @cancel=${() => this.#close()}>
      <h2>${title}</h2>
      ${body}
    </dialog>`;
  }

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
        >Why? The reason is kept with the task; you can take it back from the queue.
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
    const place = flag ?? this.#selectedLines();
    if (place === undefined) {
      return html`<p>
          Select lines first: click or drag in an answer’s code, or move there with the arrow keys.
        </p>
        <form method="dialog"><button class="primary" autofocus>Close</button></form>`;
    }
    const { side, file, startLine: from, endLine: to } = place;
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

  /** Keeps what stands in a form with every key that is typed there. */
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
      <button type="button" @click=${() => this.#close()}>Cancel</button>
    </div>`;
  }
}
customElements.define('tiebreak-dialogs', Dialogs);

/** The texts of the form that an event comes from, by name. */
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

import { html, nothing, type TemplateResult } from 'lit';
import type { Case } from '../../core/task.ts';
import { caseKinds, emptyForm, formOf, readForm, type CaseForm, type EditableKind } from './caseForm.ts';
import { dialogStyles } from '../dialogStyles.ts';
import { Part } from '../part.ts';
import { shared } from '../styles.ts';

const kindNames: Readonly<Record<EditableKind, string>> = {
  call: 'Call: a function with arguments gives a value',
  stdin: 'Input and output: what the program prints for an input',
  unit: 'Test: code in the language’s own style',
  command: 'Command: run beside the answer’s files',
};

/** Adds or edits a case. What is typed stays when the dialog is closed by accident, until it is saved. */
export class CaseEditor extends Part {
  static override styles = [shared, dialogStyles];

  #shown = '';
  #wrong: { field: keyof CaseForm; message: string } | undefined;

  override render(): TemplateResult {
    const { dialog } = this.model.attention;
    if (dialog?.kind !== 'case') return html``;
    const shown = JSON.stringify([this.model.state.task?.id, ...this.#key]);
    if (this.#shown !== shown) this.#wrong = undefined;
    this.#shown = shown;
    const title = dialog.caseId === undefined ? 'New case' : `Case “${dialog.caseId}”`;
    return html`<dialog aria-label=${title} @close=${() => this.#close()} @cancel=${() => this.#close()}>
      <h2>${title}</h2>
      <form @submit=${(event: Event) => this.#save(event)} novalidate>
        <div class="two">
          ${this.#field('id', 'Name', html`<input name="id" .value=${this.#form.id} autofocus placeholder="empty-list" />`)}
          ${this.#kind()}
        </div>
        ${this.#fields()}
        <div class="buttons">
          <button class="primary" type="submit">Save and run</button>
          <button type="button" @click=${() => this.#close()}>Cancel</button>
        </div>
      </form>
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog === null || dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[autofocus]')?.focus();
  }

  /** The case that is edited; none while a new one is written. */
  get #edited(): Case | undefined {
    const { dialog } = this.model.attention;
    const caseId = dialog?.kind === 'case' ? dialog.caseId : undefined;
    return this.model.state.cases?.cases.find(({ id }) => id === caseId);
  }

  get #key(): readonly unknown[] {
    return ['case', this.#edited?.id];
  }

  get #form(): CaseForm {
    const edited = this.#edited;
    const form = edited === undefined ? emptyForm : formOf(edited);
    return { ...form, ...(this.model.unsaved(this.#key) as Partial<CaseForm> | undefined) };
  }

  #kind(): TemplateResult {
    return html`<label
      >Kind
      <select name="kind" @change=${() => this.#read()}>
        ${caseKinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.#form.kind}>${kindNames[kind]}</option>`)}
      </select>
    </label>`;
  }

  #fields(): TemplateResult {
    const form = this.#form;
    const area = (name: keyof CaseForm, rows: number) =>
      html`<textarea
        class="code"
        name=${name}
        rows=${rows}
        spellcheck="false"
        .value=${form[name]}
      ></textarea>`;
    const line = (name: keyof CaseForm) =>
      html`<input class="code" name=${name} spellcheck="false" .value=${form[name]} />`;
    switch (form.kind) {
      case 'call':
        return html`
          ${this.#field('function', 'Function (empty: the task’s entry)', line('function'))}
          ${this.#field('args', 'Arguments, a JSON list', area('args', 2))}
          <div class="two">
            ${this.#field('expected', 'Gives, as JSON', area('expected', 2))}
            ${this.#field('throws', 'or throws, by name', line('throws'))}
          </div>
        `;
      case 'stdin':
        return html`<div class="two">
          ${this.#field('input', 'Input', area('input', 6))}
          ${this.#field('output', 'Output', area('output', 6))}
        </div>`;
      case 'unit':
        return this.#field('source', 'Test; it passes when it ends without an error', area('source', 10));
      case 'command':
        return html`
          ${this.#field('argv', 'Command, a JSON list of words', line('argv'))}
          <div class="two">
            ${this.#field('input', 'Input', area('input', 3))}
            ${this.#field('output', 'Output', area('output', 3))}
          </div>
          ${this.#field('exit', 'Exit status', line('exit'))}
        `;
    }
  }

  #field(name: keyof CaseForm, label: string, control: TemplateResult): TemplateResult {
    const wrong = this.#wrong?.field === name ? this.#wrong.message : undefined;
    return html`<label @input=${() => this.#read()}
      >${label} ${control}
      ${wrong === undefined ? nothing : html`<span class="error" role="alert">${wrong}</span>`}</label
    >`;
  }

  /** Takes over what stands in the fields; those of other kinds keep what they had. */
  #read(): void {
    const data = new FormData(this.renderRoot.querySelector('form')!);
    this.model.keepUnsaved(this.#key, { ...this.#form, ...(Object.fromEntries(data) as Partial<CaseForm>) });
  }

  #save(event: Event): void {
    event.preventDefault();
    this.#read();
    const edited = this.#edited;
    const others = this.model.state.cases?.cases.map(({ id }) => id).filter((id) => id !== edited?.id) ?? [];
    const read = readForm(this.#form, others, edited);
    if ('field' in read) {
      this.#wrong = read;
      this.requestUpdate();
      this.renderRoot.querySelector<HTMLElement>(`[name="${read.field}"]`)?.focus();
      return;
    }
    if (edited !== undefined && edited.id !== read.case.id) this.actions.removeCase(edited.id);
    this.actions.saveCase(read.case);
    this.actions.run(false, [read.case.id]);
    this.model.dropUnsaved(this.#key);
    this.#wrong = undefined;
    this.#close();
  }

  #close(): void {
    this.model.attend({ dialog: null });
  }
}
customElements.define('tiebreak-case-editor', CaseEditor);

import { html, nothing, type TemplateResult } from 'lit';
import type { CaseCodeField } from '../../core/review/caseForm.ts';
import type { Case, CaseKind } from '../../core/task/task.ts';
import { Part } from '../shell/part.ts';
import type { WitnessKey } from '../state/model.ts';
import { shared } from '../styles/styles.ts';
import { caseEditorStyles } from './caseEditorStyles.ts';
import { caseFiles, formOf, keptParts, newForm, readForm, type CaseFile, type CaseForm } from './caseForm.ts';
import { taskOfCases } from './casesOfModel.ts';
import { likelyKinds, modelCase } from './taskKinds.ts';
import { indentOf, indented, newLine, outdented } from '../text/indentation.ts';

const kindNames: Readonly<Record<CaseKind, string>> = {
  call: 'Call: arguments and the expected value',
  stdin: 'Input and output: what the program prints for the input',
  unit: 'Test: a unit test in the task’s language',
  sql: 'Rows: tables, and the rows that the query returns',
  command: 'Command: a command line in the folder of the answer’s files',
};

const comparatorNames = {
  '': 'usual',
  exact: 'exact',
  'trailing-space': 'ignore trailing space',
  tokens: 'words',
  float: 'numbers within a tolerance',
  unordered: 'in any order',
  json: 'as JSON',
} as const;

/**
 * The form of a case, above the list of cases, so that prompt and code stay visible. Typed text is kept until it is saved,
 * even if the form is closed.
 */
export class CaseEditor extends Part {
  static override styles = [shared, caseEditorStyles];

  /** Identifies the shown form, so that a message disappears with its form. */
  #shown = '';
  #wrong: { field: keyof CaseForm; message: string } | undefined;
  /** The form whose first field got the focus. */
  #focused = '';
  /** Whether Tab leaves the field for code instead of indenting. */
  #tabLeaves = false;

  override render(): TemplateResult {
    if (this.model.attention.caseForm === null) return html``;
    const shown = JSON.stringify(this.#key);
    if (this.#shown !== shown) this.#wrong = undefined;
    this.#shown = shown;
    const edited = this.#edited;
    const title = edited === undefined ? 'New case' : `Case “${edited.id}”`;
    return html`<section
      role="dialog"
      aria-label=${title}
      @keydown=${(event: KeyboardEvent) => this.#keydown(event)}
    >
      <form @submit=${(event: Event) => this.#save(event)} novalidate>
        <div class="row">
          ${this.#field('id', 'Name', html`<input name="id" .value=${this.#form.id} placeholder="empty-list" />`)}
          ${this.#kind()} ${this.#comparator()}
        </div>
        ${this.#fields()} ${this.#kept()}
        <div class="buttons">
          <button class="primary" type="submit">Save and run</button>
          <button type="button" @click=${() => this.#close()}>Cancel <kbd>Esc</kbd></button>
        </div>
      </form>
    </section>`;
  }

  /** Focuses the first required field that is empty. */
  protected override updated(): void {
    if (this.#focused === this.#shown) return;
    this.#focused = this.#shown;
    const { id, kind } = this.#form;
    const next = (
      { call: 'expected', stdin: 'output', unit: 'source', sql: 'rows', command: 'output' } as const
    )[kind];
    const field = id === '' || this.#edited !== undefined ? 'id' : next;
    this.renderRoot.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
    this.scrollIntoView({ block: 'nearest' });
  }

  /** The edited case; `undefined` for a new one. */
  get #edited(): Case | undefined {
    const caseId = this.model.attention.caseForm?.caseId;
    return caseId === undefined ? undefined : this.model.state.cases?.cases.find(({ id }) => id === caseId);
  }

  /** The case from which a new case starts: a copied case, or an input that was tried. */
  get #from(): Case | undefined {
    return this.model.attention.caseForm?.from;
  }

  /** The input of the difference finder that the case allows. */
  get #witness(): WitnessKey | undefined {
    const given = this.model.attention.caseForm?.witness;
    const id = this.#edited?.id;
    return given ?? (id === undefined ? undefined : this.model.witnessOf(id));
  }

  get #key(): readonly unknown[] {
    const from = this.#from;
    return from === undefined ? ['case', this.#edited?.id] : ['case', 'from', from];
  }

  get #form(): CaseForm {
    return { ...this.#begun, ...(this.model.unsaved(this.#key) as Partial<CaseForm> | undefined) };
  }

  /** The form as it was before anything was typed. */
  get #begun(): CaseForm {
    const begun = this.#edited ?? this.#from;
    const form = begun === undefined ? newForm(taskOfCases(this.model)) : formOf(begun);
    return this.#isOfTrial ? { ...form, output: '', rows: '', exit: '' } : form;
  }

  /** A case of the task that serves as the model of a new case. */
  get #model(): Case | undefined {
    return modelCase(this.model.state.cases?.cases ?? [], this.#form.kind);
  }

  /** An input that was tried has no expected value yet. */
  get #isOfTrial(): boolean {
    return this.model.attention.caseForm?.isTrial === true;
  }

  #kind(): TemplateResult {
    const kinds = likelyKinds(taskOfCases(this.model));
    const { kind } = this.#form;
    const offered = kinds.includes(kind) ? kinds : [kind, ...kinds];
    return html`<label class="kind" @change=${() => this.#read()}
      >Kind
      <select name="kind">
        ${offered.map((each) => html`<option value=${each} .selected=${each === kind}>${kindNames[each]}</option>`)}
      </select>
    </label>`;
  }

  #comparator(): TemplateResult | typeof nothing {
    const { kind, comparator } = this.#form;
    if (kind === 'unit' || kind === 'sql') return nothing;
    const isOwn = !Object.hasOwn(comparatorNames, comparator);
    return html`<label @change=${() => this.#read()}
      >Comparison
      <select name="comparator">
        ${isOwn ? html`<option value=${comparator} selected>${comparator}</option>` : nothing}
        ${Object.entries(comparatorNames).map(
          ([value, name]) => html`<option value=${value} .selected=${value === comparator}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  #fields(): TemplateResult {
    switch (this.#form.kind) {
      case 'call':
        return html`<div class="row">
          ${this.#field('function', 'Function (default: the task’s entry)', this.#line('function'))}
          ${this.#field('args', 'Arguments, separated by commas', this.#area('args', 2))}
          ${this.#field('expected', 'Expected value (JSON)', this.#area('expected', 2))}
          ${this.#field('throws', 'or expected exception (name)', this.#line('throws'))}
          ${
            this.#has('alternatives')
              ? this.#field(
                  'alternatives',
                  'Other values that pass (JSON, one on each line)',
                  this.#area('alternatives', 2),
                )
              : nothing
          }
        </div>`;
      case 'stdin':
        return html`<div class="row">
            ${this.#field('input', 'Input', this.#area('input', 3))}
            ${this.#field('output', 'Output', this.#area('output', 3))}
            ${
              this.#has('outputFile')
                ? this.#field('outputFile', 'File that the output is read from', this.#line('outputFile'))
                : nothing
            }
          </div>
          ${this.#files()}`;
      case 'unit':
        return html`${this.#code('source', 'Test code (passes when it ends without an error)', 8)}
        ${this.#has('framework') ? this.#field('framework', 'Test framework', this.#line('framework')) : nothing}`;
      case 'sql':
        return html`<div class="row">
          ${this.#code('schema', 'Tables and their rows (SQL)', 5)}
          ${this.#field('rows', 'Expected rows (one JSON array per line)', this.#area('rows', 5))}
          ${this.#field(
            'ordered',
            'Order of the rows',
            html`<select name="ordered">
              <option value="" .selected=${this.#form.ordered === ''}>does not count</option>
              <option value="yes" .selected=${this.#form.ordered === 'yes'}>counts</option>
            </select>`,
          )}
        </div>`;
      case 'command':
        return html`<div class="row">
            ${this.#field('argv', 'Command (a line of the shell)', this.#line('argv'))}
            ${this.#field('exit', 'Exit status', this.#line('exit'))}
            ${this.#field('folders', 'Empty folders, such as /testbed', this.#line('folders'))}
          </div>
          <div class="row">
            ${this.#field('input', 'Input', this.#area('input', 2))}
            ${this.#field('output', 'Output', this.#area('output', 2))}
          </div>
          ${this.#files()}`;
    }
  }

  /** Whether the case, before anything was typed, has a part that most cases lack. */
  #has(name: 'alternatives' | 'outputFile' | 'framework'): boolean {
    return this.#begun[name] !== '';
  }

  /** The parts of the case that the form does not change, so that the person knows how the case is judged. */
  #kept(): TemplateResult | typeof nothing {
    const parts = keptParts(this.#form, this.#edited ?? this.#from, this.#model);
    if (parts.length === 0) return nothing;
    return html`<dl aria-label="Also part of the case">
      ${parts.map(
        ({ term, text }) =>
          html`<dt>${term}</dt>
            <dd class="mono">${text}</dd>`,
      )}
    </dl>`;
  }

  #area(name: keyof CaseForm, rows: number): TemplateResult {
    return html`<textarea
      class="code"
      name=${name}
      rows=${rows}
      spellcheck="false"
      .value=${this.#form[name]}
    ></textarea>`;
  }

  /** A field for code: Tab indents; after Esc, Tab moves the focus. */
  #code(name: CaseCodeField, label: string, rows: number): TemplateResult {
    const area = html`<textarea
      class="code"
      name=${name}
      rows=${rows}
      spellcheck="false"
      wrap="off"
      aria-describedby="code-hint"
      .value=${this.#form[name]}
      @keydown=${(event: KeyboardEvent) => this.#codeKeydown(event)}
      @blur=${() => this.#setTabLeaves(false)}
    ></textarea>`;
    return html`<div class="code-field">
      ${this.#field(name, label, area)}
      <div class="hint">
        <span class="dim" id="code-hint" role="status"
          >${this.#tabLeaves ? 'Tab now leaves the field' : 'Tab indents. Esc, then Tab, leaves the field'}</span
        >
        <button type="button" class="link" @click=${() => this.#openCode(name)}>Edit in a tab</button>
      </div>
    </div>`;
  }

  /** Opens the code in a tab of the editor. Text typed there arrives here. */
  #openCode(field: CaseCodeField): void {
    this.#read();
    const form = this.model.dialogKey(this.#key);
    this.actions.open({ what: 'case-code', form, field, name: this.#form.id });
  }

  #codeKeydown(event: KeyboardEvent): void {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    // A second Esc closes the form.
    if (key === 'Escape' && !this.#tabLeaves) {
      event.stopPropagation();
      return this.#setTabLeaves(true);
    }
    if (key === 'Shift' || (key === 'Tab' && this.#tabLeaves)) return;
    this.#setTabLeaves(false);
    const area = event.target as HTMLTextAreaElement;
    const change =
      key === 'Tab'
        ? event.shiftKey
          ? outdented
          : indented
        : key === 'Enter' && !event.shiftKey
          ? newLine
          : undefined;
    if (change === undefined) return;
    event.preventDefault();
    const indent = indentOf(area.value, this.model.state.task?.language ?? '');
    const { from, to, text, start, end } = change(area.value, area.selectionStart, area.selectionEnd, indent);
    // Insert the text as if it had been typed, so that the browser can undo it.
    area.setSelectionRange(from, to);
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    area.setSelectionRange(start, end);
  }

  #setTabLeaves(leaves: boolean): void {
    if (this.#tabLeaves === leaves) return;
    this.#tabLeaves = leaves;
    this.requestUpdate();
  }

  #line(name: keyof CaseForm): TemplateResult {
    return html`<input class="code" name=${name} spellcheck="false" .value=${this.#form[name]} />`;
  }

  #field(name: keyof CaseForm, label: string, control: TemplateResult): TemplateResult {
    return html`<label @input=${() => this.#read()}>${label} ${control} ${this.#fault(name)}</label>`;
  }

  #fault(name: keyof CaseForm): TemplateResult | typeof nothing {
    if (this.#wrong?.field !== name) return nothing;
    return html`<span class="error" role="alert">${this.#wrong.message}</span>`;
  }

  /** The files of the case, in addition to those of the answer. */
  #files(): TemplateResult {
    const files = caseFiles(this.#form);
    const alter = (index: number, change: Partial<CaseFile>) =>
      this.#keep({
        files: JSON.stringify(files.map((file, at) => (at === index ? { ...file, ...change } : file))),
      });
    const valueOf = ({ target }: Event) => (target as HTMLInputElement | HTMLTextAreaElement).value;
    return html`${files.map(
        ({ path, text }, index) =>
          html`<div class="file">
            <label
              >File
              <input
                class="code"
                .value=${path}
                @input=${(event: Event) => alter(index, { path: valueOf(event) })}
            /></label>
            <label
              >Contents
              <textarea
                class="code"
                rows="2"
                spellcheck="false"
                .value=${text}
                @input=${(event: Event) => alter(index, { text: valueOf(event) })}
              ></textarea>
            </label>
            <button
              type="button"
              @click=${() => this.#keep({ files: JSON.stringify(files.filter((_, at) => at !== index)) })}
            >
              Remove file
            </button>
          </div>`,
      )}
      <div>
        ${this.#fault('files')}
        <button
          type="button"
          class="link"
          @click=${() => this.#keep({ files: JSON.stringify([...files, { path: '', text: '' }]) })}
        >
          Add a file
        </button>
      </div>`;
  }

  /** Keeps the texts of all fields, including hidden fields of other kinds. An earlier page may have stored another kind. */
  #read(): void {
    const data = new FormData(this.renderRoot.querySelector('form')!);
    const read = Object.fromEntries(data) as Partial<CaseForm>;
    this.#keep(Object.hasOwn(kindNames, read.kind ?? '') ? read : {});
  }

  #keep(change: Partial<CaseForm>): void {
    const fields = { ...this.#form, ...change };
    this.model.keepUnsaved(this.#key, fields);
    this.actions.keepCaseForm(this.model.dialogKey(this.#key), fields);
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }

  #save(event: Event): void {
    event.preventDefault();
    this.#read();
    const edited = this.#edited;
    const others = this.model.state.cases?.cases.map(({ id }) => id).filter((id) => id !== edited?.id) ?? [];
    const read = readForm(this.#form, others, edited ?? this.#from, this.#model);
    if ('field' in read) {
      this.#wrong = read;
      this.requestUpdate();
      this.renderRoot.querySelector<HTMLElement>(`[name="${read.field}"]`)?.focus();
      return;
    }
    if (edited !== undefined && edited.id !== read.case.id) this.actions.removeCase(edited.id);
    const witness = this.#witness;
    const isDifference = witness !== undefined || edited?.origin === 'difference';
    this.actions.saveCase(isDifference ? { ...read.case, origin: 'difference' } : read.case);
    if (witness !== undefined) this.actions.decideWitness(witness, { kind: 'allowed', caseId: read.case.id });
    this.actions.run(false, [read.case.id]);
    this.model.dropUnsaved(this.#key);
    this.actions.keepCaseForm(this.model.dialogKey(this.#key), null);
    this.#wrong = undefined;
    this.#close();
  }

  #close(): void {
    this.#focused = '';
    const isOfWitness = this.model.attention.caseForm?.witness !== undefined;
    this.model.attend({ caseForm: null, ...(isOfWitness ? { lower: 'differences' } : {}) });
  }
}
customElements.define('tiebreak-case-editor', CaseEditor);

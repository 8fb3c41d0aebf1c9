import { html, nothing, type TemplateResult } from 'lit';
import { locateComment } from '../../core/inspection/comments.ts';
import type { PanelComment } from '../../protocol/inspection.ts';
import type { PanelFinding } from '../../protocol/panel/state.ts';
import { citationAt, isWhole, proposalsFor, type Proposal } from './completion.ts';
import { FindingList } from './findingList.ts';
import { mirrorPieces } from './mirror.ts';
import { ProposalList } from './proposalList.ts';
import { Part } from '../shell/part.ts';
import { rationaleStyles } from './rationaleStyles.ts';
import { shared } from '../styles/styles.ts';

/** The rationale and its findings. The text area owns the text: an echo from the host never replaces it. */
export class RationalePart extends Part {
  static override styles = [shared, rationaleStyles];

  readonly #findings = new FindingList(this, {
    goTo: (finding) => this.#goTo(finding),
    applyFix: (finding) => this.#apply(finding),
    cite: () => this.#cite(),
  });
  readonly #proposals = new ProposalList(
    () => this.requestUpdate(),
    (proposal) => this.#accept(proposal),
  );
  /** The task and the text that the host sent last. */
  #task: string | undefined;
  #received: string | undefined;
  /** A fix was requested before the findings of the current text arrived. */
  #isFixPending = false;

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #isLocked(): boolean {
    return this.model.state.task?.submitted ?? false;
  }

  /** Sets the text only when it comes from elsewhere: another task, the store, or the document. */
  protected override updated(): void {
    const { task, draft } = this.model.state;
    const area = this.#area;
    if (!area || !draft) return;
    const { text, from } = draft.rationale;
    const other = task?.id !== this.#task || (from !== 'panel' && text !== this.#received);
    if (task?.id !== this.#task) this.#findings.reset();
    this.#task = task?.id;
    this.#received = text;
    if (other && area.value !== text) {
      area.value = text;
      this.requestUpdate();
    }
    if (this.#isFixPending && area.value === text) this.applyFirstFix();
  }

  override render(): TemplateResult {
    return html`
      <h2>
        <label for="text">Rationale</label>
        <span class="grow"></span>
        <button
          ?disabled=${this.model.attention.selection === null || this.#isLocked}
          title="Cite the selected lines"
          @click=${() => this.#cite()}
        >
          Cite lines <kbd>Q</kbd>
        </button>
        ${
          this.model.mode === 'judge'
            ? html`<button class="link" @click=${() => this.actions.open({ what: 'rationale' })}>
                Open as document <kbd>E</kbd>
              </button>`
            : nothing
        }
      </h2>
      <div class="box">
        <div class="mirror" aria-hidden="true">${this.#mirror()}</div>
        <textarea
          id="text"
          spellcheck="true"
          ?readonly=${this.#isLocked}
          placeholder=${this.#isLocked ? 'No rationale.' : '@A is better because … Type @ to cite a line or a case.'}
          aria-autocomplete="list"
          aria-controls="proposals"
          aria-activedescendant=${this.#proposals.activeId}
          @input=${() => this.#typed()}
          @keydown=${(event: KeyboardEvent) => this.#proposals.key(event, this.#isPartialCitation)}
          @blur=${() => this.#proposals.close()}
          @click=${() => this.#complete()}
          @scroll=${() => this.#scrollMirror()}
        ></textarea>
        ${this.#proposals.draw()}
      </div>
      ${this.#findings.draw()}
    `;
  }

  /** Inserts text at the cursor, after a space if there is a word before the cursor. */
  insert(text: string): void {
    const area = this.#area;
    if (!area) return;
    const before = area.value.slice(0, area.selectionStart);
    const space = before === '' || /[\s(]$/.test(before) ? '' : ' ';
    this.#replace(area.selectionStart, area.selectionEnd, space + text);
    this.#proposals.close();
  }

  /** The selected text; `undefined` without a selection. */
  get selectedSpan(): Pick<PanelComment, 'start' | 'end' | 'quote'> | undefined {
    const area = this.#area;
    if (!area || area.selectionStart === area.selectionEnd) return undefined;
    const { selectionStart: start, selectionEnd: end } = area;
    return { start, end, quote: area.value.slice(start, end) };
  }

  /** Selects the text that a comment is about, unless it was removed. */
  showComment(comment: PanelComment): void {
    const span = locateComment(comment, this.#area?.value ?? '');
    if (span !== undefined) this.#goTo(span);
  }

  /** Applies the first fix; fixes of errors come first. */
  applyFirstFix(): void {
    const finding = this.#findings.firstFixable;
    const area = this.#area;
    if (!area) return;
    // The findings are of an older text: wait for those of this one.
    this.#isFixPending = area.value !== this.model.state.draft?.rationale.text;
    if (finding === undefined || this.#isFixPending) return;
    const wasTyping = area.matches(':focus');
    this.#apply(finding);
    // Keeps single keys working for a person who was not typing.
    if (!wasTyping) area.blur();
  }

  override focus(): void {
    this.#area?.focus();
  }

  #typed(): void {
    this.#findings.hold();
    this.actions.type(this.#area!.value);
    this.#complete();
    this.requestUpdate();
  }

  /** Replaces text as if it had been typed: the host hears of it, and it can be undone. */
  #replace(start: number, end: number, text: string): void {
    const area = this.#area!;
    if (area.readOnly) return;
    area.focus();
    area.setSelectionRange(start, end);
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  }

  /** Draws the text of the text area: the host's copy may be older. */
  #mirror(): TemplateResult[] {
    const { cases, draft, findings = [] } = this.model.state;
    const text = this.#area?.value ?? draft?.rationale.text ?? '';
    const current = text === draft?.rationale.text ? findings : [];
    const ids = cases?.cases.map(({ id }) => id) ?? [];
    const pieces = mirrorPieces(text, ids, current, this.#commented(text)).map(
      (piece) => html`<span class=${piece.className}>${piece.text}</span>`,
    );
    // Gives an empty last line a height, as in the text area.
    return [...pieces, html`${'\n'}`];
  }

  /** The commented spans that are still in the text. */
  #commented(text: string): { start: number; end: number }[] {
    const { feedback, inspection } = this.model.state;
    const comments = inspection?.comments ?? feedback?.comments ?? [];
    return comments.flatMap((comment) => locateComment(comment, text) ?? []);
  }

  #scrollMirror(): void {
    this.renderRoot.querySelector('.mirror')!.scrollTop = this.#area!.scrollTop;
  }

  /** Offers citations if the word at the cursor begins with "@". */
  #complete(): void {
    const area = this.#area!;
    const { task } = this.model.state;
    const { selection } = this.model.attention;
    const word =
      area.selectionStart === area.selectionEnd ? citationAt(area.value, area.selectionStart) : undefined;
    const selected = selection === null ? undefined : this.actions.anchor(selection);
    this.#proposals.show(
      word === undefined || !task || area.readOnly
        ? []
        : proposalsFor(word, task, this.model.state, selected),
    );
  }

  /** Enter after a whole citation, such as "@A", ends the line. */
  get #isPartialCitation(): boolean {
    const area = this.#area!;
    return !isWhole(citationAt(area.value, area.selectionStart) ?? '');
  }

  #accept({ text }: Proposal): void {
    const area = this.#area!;
    const word = citationAt(area.value, area.selectionStart) ?? '';
    this.#replace(area.selectionStart - word.length, area.selectionStart, text);
    this.#proposals.close();
  }

  #cite(): void {
    this.dispatchEvent(new Event('cite', { bubbles: true, composed: true }));
  }

  #goTo({ start, end }: Pick<PanelFinding, 'start' | 'end'>): void {
    const area = this.#area!;
    area.focus();
    area.setSelectionRange(start, end);
  }

  /** Does nothing when the text is newer than the fix: the offsets of the fix belong to the older text. */
  #apply({ fix }: PanelFinding): void {
    if (fix === undefined || this.#area!.value !== this.model.state.draft?.rationale.text) return;
    for (const { start, end, text } of fix.edits.toSorted((one, other) => other.start - one.start))
      this.#replace(start, end, text);
    this.#proposals.close();
  }
}
customElements.define('tiebreak-rationale', RationalePart);

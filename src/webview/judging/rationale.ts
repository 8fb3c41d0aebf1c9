import { html, nothing, type TemplateResult } from 'lit';
import { locateComment } from '../../core/inspection.ts';
import type { PanelComment } from '../../protocol/inspection.ts';
import type { FindingAction } from '../../core/rationale/rule.ts';
import type { PanelFinding } from '../../protocol/webview.ts';
import { citationAt, isWhole, proposalsFor, type Proposal } from './completion.ts';
import { severityLook } from '../format.ts';
import { mirrorPieces } from './mirror.ts';
import { Part } from '../part.ts';
import { rationaleStyles } from './rationaleStyles.ts';
import { shared } from '../styles.ts';

/** The rationale with what its rules find. The text area owns the text: echoes of the host never replace it. */
export class RationalePart extends Part {
  static override styles = [shared, rationaleStyles];

  #proposals: readonly Proposal[] = [];
  #chosen = 0;
  #from: string | undefined;
  #task: string | undefined;
  /** The person went through the proposals, so that Enter means one of them. */
  #choosing = false;
  /** A fix was asked for before the rules had read the text. */
  #fixing = false;
  /** Rules whose override is being written. */
  readonly #overriding = new Set<string>();

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #locked(): boolean {
    return this.model.state.task?.submitted ?? false;
  }

  /** The text is set only where it comes from elsewhere: another task, the store, or the document. */
  protected override updated(): void {
    const { task, draft } = this.model.state;
    const area = this.#area;
    if (!area || !draft) return;
    const { text, from } = draft.rationale;
    const other = task?.id !== this.#task || (from !== 'panel' && text !== this.#from);
    if (task?.id !== this.#task) this.#overriding.clear();
    this.#task = task?.id;
    this.#from = text;
    if (other && area.value !== text) {
      area.value = text;
      this.requestUpdate();
    }
    if (this.#fixing && area.value === text) this.applyFirstFix();
  }

  override render(): TemplateResult {
    const { draft, findings = [] } = this.model.state;
    const open = this.#proposals.length > 0;
    return html`
      <h2>
        <label for="text">Rationale</label>
        <span class="grow"></span>
        <button
          ?disabled=${this.model.attention.selection === null || this.#locked}
          title="Cite the lines selected in the code"
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
          ?readonly=${this.#locked}
          placeholder="@A is better because … Type @ to cite a line or a case."
          aria-autocomplete="list"
          aria-controls="proposals"
          aria-activedescendant=${open ? `proposal-${this.#chosen}` : nothing}
          @input=${() => this.#typed()}
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @blur=${() => this.#propose([])}
          @click=${() => this.#complete()}
          @scroll=${() => this.#scrollMirror()}
        ></textarea>
        <ul
          id="proposals"
          class=${open ? 'proposals' : 'quiet'}
          role="listbox"
          aria-label="What can be cited"
        >
          ${this.#proposals.map((proposal, index) => this.#proposal(proposal, index))}
        </ul>
      </div>
      <ul class="findings" aria-label="What the rules find" aria-live="polite">
        ${draft?.rationale.text.trim() === '' ? nothing : findings.map((finding) => this.#finding(finding))}
      </ul>
    `;
  }

  /** Puts text in at the cursor, with a space where a word would touch it. */
  insert(text: string): void {
    const area = this.#area;
    if (!area) return;
    const before = area.value.slice(0, area.selectionStart);
    const space = before === '' || /[\s(]$/.test(before) ? '' : ' ';
    this.#replace(area.selectionStart, area.selectionEnd, space + text);
    this.#propose([]);
  }

  /** What is selected of the text; `undefined` where nothing is. */
  get selectedSpan(): Pick<PanelComment, 'start' | 'end' | 'quote'> | undefined {
    const area = this.#area;
    if (!area || area.selectionStart === area.selectionEnd) return undefined;
    const { selectionStart: start, selectionEnd: end } = area;
    return { start, end, quote: area.value.slice(start, end) };
  }

  /** Goes to the text that a comment is about, where it still is. */
  showComment(comment: PanelComment): void {
    const span = locateComment(comment, this.#area?.value ?? '');
    if (span !== undefined) this.#goTo(span);
  }

  /** Applies the first fix there is, for what blocks before the rest. */
  applyFirstFix(): void {
    const finding = this.#firstFixable;
    const area = this.#area;
    if (!area) return;
    // What was found is of an older text: the fix waits for the rules.
    this.#fixing = area.value !== this.model.state.draft?.rationale.text;
    if (finding === undefined || this.#fixing) return;
    const wasTyping = area.matches(':focus');
    this.#apply(finding);
    // Whoever was not writing can press the key again.
    if (!wasTyping) area.blur();
  }

  get #firstFixable(): PanelFinding | undefined {
    const fixable = (this.model.state.findings ?? []).filter(({ fix }) => fix !== undefined);
    return fixable.find(({ severity }) => severity === 'E') ?? fixable[0];
  }

  override focus(): void {
    this.#area?.focus();
  }

  #typed(): void {
    this.actions.type(this.#area!.value);
    this.#complete();
    this.requestUpdate();
  }

  /** Puts a text in the place of another as if it had been typed: it reaches the host, and can be undone. */
  #replace(start: number, end: number, text: string): void {
    const area = this.#area!;
    if (area.readOnly) return;
    area.focus();
    area.setSelectionRange(start, end);
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  }

  /** The text as the person has it now, which the host's may lag behind. */
  #mirror(): TemplateResult[] {
    const { cases, draft, findings = [] } = this.model.state;
    const text = this.#area?.value ?? draft?.rationale.text ?? '';
    const current = text === draft?.rationale.text ? findings : [];
    const ids = cases?.cases.map(({ id }) => id) ?? [];
    const pieces = mirrorPieces(text, ids, current, this.#commented(text)).map(
      (piece) => html`<span class=${piece.className}>${piece.text}</span>`,
    );
    // As in the text area, a last empty line has a height.
    return [...pieces, html`${'\n'}`];
  }

  /** Where reviewers' comments are about something that is still there. */
  #commented(text: string): { start: number; end: number }[] {
    const { feedback, inspection } = this.model.state;
    const comments = inspection?.comments ?? feedback?.comments ?? [];
    return comments.flatMap((comment) => locateComment(comment, text) ?? []);
  }

  #scrollMirror(): void {
    this.renderRoot.querySelector('.mirror')!.scrollTop = this.#area!.scrollTop;
  }

  /** Proposes what can be cited when the word at the cursor begins with "@". */
  #complete(): void {
    const area = this.#area!;
    const { task, cases } = this.model.state;
    const { selection } = this.model.attention;
    const word =
      area.selectionStart === area.selectionEnd ? citationAt(area.value, area.selectionStart) : undefined;
    const selected = selection === null ? undefined : this.actions.anchor(selection);
    this.#propose(
      word === undefined || !task || area.readOnly ? [] : proposalsFor(word, task, cases, selected),
    );
  }

  #propose(proposals: readonly Proposal[]): void {
    this.#proposals = proposals;
    this.#chosen = 0;
    this.#choosing = false;
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
    if (this.#proposals.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      this.#chosen = (this.#chosen + step + this.#proposals.length) % this.#proposals.length;
      this.#choosing = true;
      this.requestUpdate();
    } else if (event.key === 'Escape') {
      this.#propose([]);
    } else if (event.key === 'Tab' || (event.key === 'Enter' && this.#wantsProposal)) {
      this.#accept(this.#chosen);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Enter after a citation that is whole, such as "@A", ends the line. */
  get #wantsProposal(): boolean {
    const area = this.#area!;
    return this.#choosing || !isWhole(citationAt(area.value, area.selectionStart) ?? '');
  }

  #accept(index: number): void {
    const area = this.#area!;
    const word = citationAt(area.value, area.selectionStart) ?? '';
    this.#replace(area.selectionStart - word.length, area.selectionStart, this.#proposals[index]!.text);
    this.#propose([]);
  }

  #finding(finding: PanelFinding): TemplateResult {
    const { icon, tone, name } = severityLook[finding.severity];
    const { draft } = this.model.state;
    const override = draft?.overrides.find(({ rule }) => rule === finding.rule);
    return html`<li data-rule=${finding.rule}>
      <vscode-icon class=${tone} name=${icon} label=${name}></vscode-icon>
      <button class="text" title="${finding.rule}: go to the place" @click=${() => this.#goTo(finding)}>
        ${finding.message} <span class="dim">${finding.rule}</span>
      </button>
      <span class="mends">
        ${
          finding.fix === undefined || this.#locked
            ? nothing
            : html`<button class="link" title=${finding.fix.title} @click=${() => this.#apply(finding)}>
                Fix ${finding === this.#firstFixable ? html`<kbd>.</kbd>` : nothing}
              </button>`
        }
        ${finding.action === undefined || this.#locked ? nothing : this.#elsewhere(finding.action)}
        ${
          finding.severity === 'E' && override === undefined && !this.#locked
            ? html`<button
                class="link"
                title="Submit all the same, with a written reason"
                @click=${() => this.#override(finding.rule)}
              >
                Override
              </button>`
            : nothing
        }
      </span>
      ${
        finding.severity === 'E' && (override !== undefined || this.#overriding.has(finding.rule))
          ? html`<span class="override"
              ><input
                aria-label="Why ${finding.rule} does not hold here"
                placeholder="Submit all the same, because …"
                value=${override?.reason ?? ''}
                ?readonly=${this.#locked}
                @input=${(event: Event) => this.#giveReason(finding.rule, (event.target as HTMLInputElement).value)}
            /></span>`
          : nothing
      }
    </li>`;
  }

  /** What mends a finding elsewhere than in the text. */
  #elsewhere(action: FindingAction): TemplateResult {
    const go = (detail: 'preference' | 'scores') =>
      this.dispatchEvent(new CustomEvent('mend-there', { detail, bubbles: true, composed: true }));
    const { label, title, act } = {
      run: { label: 'Run', title: 'Run both answers', act: () => this.actions.run() },
      preference: { label: 'Preference', title: 'Go to the preference', act: () => go('preference') },
      scores: { label: 'Scores', title: 'Go to the scores', act: () => go('scores') },
      case: {
        label: 'New case',
        title: 'Add a case that shows it',
        act: () => this.model.attend({ dialog: { kind: 'case' } }),
      },
      cite: {
        label: 'Cite lines',
        title: 'Cite the lines selected in the code, or go there to select some',
        act: () => this.#cite(),
      },
    }[action];
    return html`<button class="link" title=${title} @click=${act}>${label}</button>`;
  }

  #cite(): void {
    this.dispatchEvent(new Event('cite', { bubbles: true, composed: true }));
  }

  #override(rule: string): void {
    this.#overriding.add(rule);
    this.requestUpdate();
    void this.focusOn(`[data-rule="${rule}"] input`);
  }

  /** The field stays while it is written in, also when it is empty for a moment. */
  #giveReason(rule: string, reason: string): void {
    this.#overriding.add(rule);
    this.actions.override(rule, reason);
  }

  #goTo({ start, end }: Pick<PanelFinding, 'start' | 'end'>): void {
    const area = this.#area!;
    area.focus();
    area.setSelectionRange(start, end);
  }

  /** Offsets of a fix are those of the text it was made for; for a newer one the rules are already at work. */
  #apply({ fix }: PanelFinding): void {
    if (fix === undefined || this.#area!.value !== this.model.state.draft?.rationale.text) return;
    for (const { start, end, text } of fix.edits.toSorted((one, other) => other.start - one.start))
      this.#replace(start, end, text);
    this.#propose([]);
  }
}
customElements.define('tiebreak-rationale', RationalePart);

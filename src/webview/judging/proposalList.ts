import { html, nothing, type TemplateResult } from 'lit';
import type { Proposal } from './completion.ts';

/** The list of citations that opens while the person types one. */
export class ProposalList {
  readonly #redraw: () => void;
  readonly #accepted: (proposal: Proposal) => void;
  #proposals: readonly Proposal[] = [];
  #chosen = 0;
  #isChoosing = false;

  /** `accepted` is called with the proposal that the person takes. */
  constructor(redraw: () => void, accepted: (proposal: Proposal) => void) {
    this.#redraw = redraw;
    this.#accepted = accepted;
  }

  get isOpen(): boolean {
    return this.#proposals.length > 0;
  }

  /** Id of the chosen proposal's element, for `aria-activedescendant`. */
  get activeId(): string | typeof nothing {
    return this.isOpen ? `proposal-${this.#chosen}` : nothing;
  }

  show(proposals: readonly Proposal[]): void {
    this.#proposals = proposals;
    this.#chosen = 0;
    this.#isChoosing = false;
    this.#redraw();
  }

  close(): void {
    this.show([]);
  }

  /**
   * Moves in the list, closes it or accepts a proposal. Enter accepts a proposal only if the citation is incomplete
   * (`isPartial`) or the person has moved in the list.
   */
  key(event: KeyboardEvent, isPartial: boolean): void {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) this.#move(step);
    else if (event.key === 'Escape') this.close();
    else if (event.key === 'Tab' || (event.key === 'Enter' && (this.#isChoosing || isPartial)))
      this.#accepted(this.#proposals[this.#chosen]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  draw(): TemplateResult {
    return html`<ul
      id="proposals"
      class=${this.isOpen ? 'proposals' : 'quiet'}
      role="listbox"
      aria-label="Citation suggestions"
    >
      ${this.#proposals.map((proposal, index) => this.#item(proposal, index))}
    </ul>`;
  }

  #item(proposal: Proposal, index: number): TemplateResult {
    return html`<li
      id="proposal-${index}"
      role="option"
      aria-selected=${index === this.#chosen}
      @mousedown=${(event: Event) => {
        event.preventDefault();
        this.#accepted(proposal);
      }}
    >
      <span class="mono">${proposal.text}</span><span class="dim">${proposal.detail}</span>
    </li>`;
  }

  #move(step: number): void {
    const count = this.#proposals.length;
    this.#chosen = (this.#chosen + step + count) % count;
    this.#isChoosing = true;
    this.#redraw();
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import type { FindingAction } from '../../core/rationale/rule.ts';
import { visibleText } from '../../core/text/visible.ts';
import type { PanelFinding } from '../../protocol/panel/state.ts';
import type { Part } from '../shell/part.ts';
import { severityStyles } from '../text/format.ts';

/** What the list of findings can do in the rationale. */
interface RationaleText {
  goTo(finding: PanelFinding): void;
  applyFix(finding: PanelFinding): void;
  cite(): void;
}

/** Time between the last keystroke and the update of the list, in milliseconds. */
const pauseMs = 600;

/** Findings in the rationale, with the remedy of each finding. */
export class FindingList {
  readonly #part: Part;
  readonly #text: RationaleText;
  /** Rules whose override is being written. */
  readonly #overriding = new Set<string>();
  /** The findings from before the typing began, so that the list does not change at every word. */
  #held: readonly PanelFinding[] | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(part: Part, text: RationaleText) {
    this.#part = part;
    this.#text = text;
  }

  /** The finding whose fix the key applies: the first that blocks, else the first with a fix. */
  get firstFixable(): PanelFinding | undefined {
    const fixable = (this.#part.model.state.findings ?? []).filter(({ fix }) => fix !== undefined);
    return fixable.find(({ severity }) => severity === 'E') ?? fixable[0];
  }

  /** Leaves the list unchanged until the person pauses. */
  hold(): void {
    this.#held ??= this.#part.model.state.findings ?? [];
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#release(), pauseMs);
  }

  #release(): void {
    this.#held = undefined;
    this.#part.requestUpdate();
  }

  /** Forgets the overrides that were begun, for another task. */
  reset(): void {
    this.#held = undefined;
    this.#overriding.clear();
  }

  draw(): TemplateResult {
    const { draft, findings: latest } = this.#part.model.state;
    const findings = this.#held ?? latest ?? [];
    return html`<ul class="findings" aria-label="Findings" aria-live="polite">
      ${draft?.rationale.text.trim() === '' ? nothing : findings.map((finding) => this.#item(finding))}
    </ul>`;
  }

  get #isLocked(): boolean {
    return this.#part.model.state.task?.submitted ?? false;
  }

  #item(finding: PanelFinding): TemplateResult {
    const { rule, severity, message, action } = finding;
    const { icon, tone, name } = severityStyles[severity];
    const reason = this.#part.model.state.draft?.overrides.find((override) => override.rule === rule)?.reason;
    const isBlocking = severity === 'E';
    return html`<li data-rule=${rule}>
      <vscode-icon class=${tone} name=${icon} label=${name}></vscode-icon>
      <button class="text" title="${rule}: go to the text" @click=${() => this.#text.goTo(finding)}>
        ${visibleText(message)} <span class="dim">${rule}</span>
      </button>
      <span class="remedies">
        ${this.#fixButton(finding)}
        ${action === undefined || this.#isLocked ? nothing : this.#actionButton(action)}
        ${isBlocking && reason === undefined && !this.#isLocked ? this.#overrideButton(rule) : nothing}
      </span>
      ${isBlocking && (reason !== undefined || this.#overriding.has(rule)) ? this.#reasonField(rule, reason) : nothing}
    </li>`;
  }

  #fixButton(finding: PanelFinding): TemplateResult | typeof nothing {
    if (finding.fix === undefined || this.#isLocked) return nothing;
    const isStale = this.#held !== undefined;
    return html`<button
      class="link"
      title=${finding.fix.title}
      ?disabled=${isStale}
      @click=${() => this.#text.applyFix(finding)}
    >
      Fix ${finding === this.firstFixable ? html`<kbd>.</kbd>` : nothing}
    </button>`;
  }

  /** The remedy of a finding that is not in the text. */
  #actionButton(action: FindingAction): TemplateResult {
    const { model, actions } = this.#part;
    const go = (detail: 'preference' | 'scores') =>
      this.#part.dispatchEvent(new CustomEvent('remedy', { detail, bubbles: true, composed: true }));
    const { label, title, act } = {
      run: { label: 'Run', title: 'Run both answers', act: () => actions.run() },
      preference: { label: 'Preference', title: 'Go to the preference', act: () => go('preference') },
      scores: { label: 'Scores', title: 'Go to the scores', act: () => go('scores') },
      case: {
        label: 'New case',
        title: 'Add a case that shows the problem',
        act: () => model.openCaseForm(),
      },
      differences: {
        label: 'Find differences',
        title: 'Search for inputs on which A and B differ',
        act: () => actions.findDifferences(),
      },
      cite: {
        label: 'Cite lines',
        title: 'Cite the selected lines, or select lines in the code first',
        act: () => this.#text.cite(),
      },
    }[action];
    return html`<button class="link" title=${title} @click=${act}>${label}</button>`;
  }

  #overrideButton(rule: string): TemplateResult {
    return html`<button
      class="link"
      title="Submit despite this finding, with a reason"
      @click=${() => this.#override(rule)}
    >
      Override
    </button>`;
  }

  #reasonField(rule: string, reason: string | undefined): TemplateResult {
    return html`<span class="override"
      ><input
        aria-label="Reason for overriding ${rule}"
        placeholder="Reason to submit despite this finding"
        value=${reason ?? ''}
        ?readonly=${this.#isLocked}
        @input=${(event: Event) => this.#giveReason(rule, (event.target as HTMLInputElement).value)}
    /></span>`;
  }

  #override(rule: string): void {
    this.#overriding.add(rule);
    this.#part.requestUpdate();
    void this.#part.focusOn(`[data-rule="${rule}"] input`);
  }

  /** The field stays while the person writes in it, even while it is empty. */
  #giveReason(rule: string, reason: string): void {
    this.#overriding.add(rule);
    this.#part.actions.override(rule, reason);
  }
}

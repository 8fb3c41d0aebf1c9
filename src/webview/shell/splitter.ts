import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';

/** How far an arrow key moves the edge, and how small what is behind it may become, in pixels. */
const step = 24;
const smallest = 120;

/** The edge between two parts: dragged by mouse, moved by arrow keys. Says where by `moved`; keeps nothing itself. */
export class Splitter extends LitElement {
  static override properties = { direction: {}, label: {}, value: { attribute: false } };
  static override styles = css`
    :host {
      display: block;
      position: relative;
      background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
    div {
      position: absolute;
      z-index: 1;
      inset: -3px;
    }
    :host([direction='vertical']) div {
      cursor: ew-resize;
    }
    :host([direction='horizontal']) div {
      cursor: ns-resize;
    }
    div:hover,
    div:focus-visible {
      background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
      outline: none;
    }
  `;
  declare direction: 'vertical' | 'horizontal';
  declare label: string;
  /** Size of what lies behind the edge (right of it, or below), in pixels. */
  declare value: number;

  override render(): TemplateResult {
    return html`<div
      role="separator"
      tabindex="0"
      aria-label=${this.label}
      aria-orientation=${this.direction}
      aria-valuemin=${smallest}
      @pointerdown=${(event: PointerEvent) => this.#drag(event)}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    ></div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.renderRoot.querySelector('div')?.setAttribute('aria-valuenow', String(Math.round(this.value)));
  }

  #drag(down: PointerEvent): void {
    const bar = down.currentTarget as HTMLElement;
    const start = this.#position(down);
    const before = this.value;
    bar.setPointerCapture(down.pointerId);
    const drag = (event: PointerEvent) => this.#move(before + start - this.#position(event));
    const drop = () => bar.removeEventListener('pointermove', drag);
    bar.addEventListener('pointermove', drag);
    bar.addEventListener('lostpointercapture', drop, { once: true });
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowLeft: step, ArrowUp: step, ArrowRight: -step, ArrowDown: -step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move(this.value + by);
  }

  #position(event: PointerEvent): number {
    return this.direction === 'vertical' ? event.clientX : event.clientY;
  }

  #move(value: number): void {
    this.dispatchEvent(new CustomEvent('moved', { detail: Math.max(value, smallest) }));
  }
}
customElements.define('tiebreak-splitter', Splitter);

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Model } from '../state/model.ts';

/** How far an arrow key moves the edge, and the minimum size of the area behind the edge, in pixels. */
const step = 24;
const smallest = 90;

/** The edge between two areas: dragged by mouse, moved by arrow keys. Reports the new size by `moved` and keeps nothing. */
class Splitter extends LitElement {
  static override properties = { direction: {}, label: {}, value: { attribute: false } };
  static override styles = css`
    :host {
      display: block;
      position: relative;
      background: var(--vscode-sideBar-background, var(--vscode-editor-background));
    }
    div {
      position: absolute;
      z-index: 1;
      inset: 0;
      display: grid;
      place-items: center;
    }
    :host([direction='vertical']) div {
      border-left: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
    :host([direction='horizontal']) div {
      border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
    /* The grip shows that the edge can be moved. */
    div::after {
      content: '';
      width: 28px;
      height: 2px;
      border-radius: 1px;
      background: color-mix(in srgb, var(--vscode-foreground) 45%, transparent);
    }
    :host([direction='vertical']) div::after {
      width: 2px;
      height: 28px;
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
  /** The largest size of the area right of the edge or below it, in pixels; `undefined` until the person chose one. */
  declare value: number | undefined;

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
    const size = this.value ?? this.#size;
    this.renderRoot.querySelector('div')?.setAttribute('aria-valuenow', String(Math.round(size)));
  }

  #drag(down: PointerEvent): void {
    const bar = down.currentTarget as HTMLElement;
    const start = this.#position(down);
    const before = this.#size;
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
    this.#move(this.#size + by);
  }

  /** The current size of the area, which may be smaller than its largest size. */
  get #size(): number {
    const area = this.nextElementSibling?.getBoundingClientRect();
    return (this.direction === 'vertical' ? area?.width : area?.height) ?? 0;
  }

  #position(event: PointerEvent): number {
    return this.direction === 'vertical' ? event.clientX : event.clientY;
  }

  #move(value: number): void {
    this.dispatchEvent(new CustomEvent('moved', { detail: Math.max(value, smallest) }));
  }
}
customElements.define('tiebreak-splitter', Splitter);

/** The edge that sets one size of the arrangement. */
export function splitter(
  model: Model,
  size: 'judgementWidth' | 'casesHeight',
  direction: Splitter['direction'],
  label: string,
): TemplateResult {
  return html`<tiebreak-splitter
    direction=${direction}
    label=${label}
    .value=${model.arrangement[size]}
    @moved=${(event: CustomEvent<number>) => model.arrange({ [size]: event.detail })}
  ></tiebreak-splitter>`;
}

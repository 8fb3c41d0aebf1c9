import { Chart } from 'chart.js';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from '../styles/styles.ts';
import { chartConfig, told } from './chartConfig.ts';
import { chartTheme, onThemeChange } from './chartTheme.ts';
import type { ChartSpec } from './figure.ts';

const base = 240;
/** Height of a mark in an interval chart, and of a bar, in pixels. */
const perMark = 15;
const foot = 90;

/** A chart in the colours of the theme. Arrow keys move through its values, which screen readers announce. */
export class ChartView extends LitElement {
  static override properties = {
    spec: { attribute: false },
    name: {},
    at: { state: true },
  };
  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .chart {
        position: relative;
      }
      .chart:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: 2px;
      }
    `,
  ];
  declare spec: ChartSpec;
  declare name: string;
  /** The value that is selected by the arrow keys. */
  declare at: { readonly series: number; readonly place: number } | undefined;
  #chart: Chart | undefined;
  #unlisten: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unlisten = onThemeChange(() => this.#draw());
    if (this.hasUpdated) this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlisten?.();
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[tabindex]')?.focus());
  }

  override render(): TemplateResult {
    return html`<div
        class="chart"
        role="group"
        tabindex="0"
        aria-roledescription="chart"
        aria-label="${this.name}: chart. Arrow keys read its values; the table lists all of them."
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
        @blur=${() => this.#point(undefined)}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <p class="quiet" role="status">${this.at && told(this.spec, this.at.series, this.at.place)}</p>`;
  }

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('spec')) return;
    this.at = undefined;
    this.#draw();
  }

  #draw(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>('.chart');
    const canvas = this.renderRoot.querySelector('canvas');
    if (frame === null || canvas === null) return;
    frame.style.height = `${heightOf(this.spec)}px`;
    this.#chart?.destroy();
    this.#chart = new Chart(canvas, chartConfig(this.spec, chartTheme()));
  }

  #key(event: KeyboardEvent): void {
    const step = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
    }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [series, place] = step as [number, number];
    const { at } = this;
    this.#point(
      at === undefined ? { series: 0, place: 0 } : this.#within(at.series + series, at.place + place),
    );
  }

  #within(series: number, place: number): { series: number; place: number } {
    const rows = this.spec.series;
    const inSeries = Math.max(0, Math.min(rows.length - 1, series));
    return { series: inSeries, place: Math.max(0, Math.min(rows[inSeries]!.values.length - 1, place)) };
  }

  #point(at: ChartView['at']): void {
    const chart = this.#chart;
    this.at = at;
    if (chart === undefined) return;
    const active = at === undefined ? [] : [{ datasetIndex: at.series, index: at.place }];
    chart.setActiveElements(active);
    chart.tooltip?.setActiveElements(active, { x: 0, y: 0 });
    chart.update();
  }
}
customElements.define('tiebreak-chart', ChartView);

/** Charts with categories on the vertical axis grow with their number. */
function heightOf(spec: ChartSpec): number {
  if (spec.kind === 'stack' || spec.kind === 'lines') return base;
  const marks = spec.labels.length * (spec.series.length + 1);
  return Math.max(spec.labels.length * 44 + foot, Math.max(base * 0.7, marks * perMark + foot));
}

import { html, nothing, type TemplateResult } from 'lit';
import type { PanelAnswer, PanelHighlight, PanelSegment } from '../../protocol/panel/state.ts';
import { thinkingLine } from '../../core/extraction/thinking.ts';
import { proseOf } from '../text/prose.ts';
import { codeLine } from './codeLine.ts';
import { secretSpans } from './secretMarks.ts';

/** An answer as its model wrote it, with rendered prose and coloured code blocks. */
export function writtenPane(
  { side, segments }: PanelAnswer,
  highlight: PanelHighlight | null | undefined,
  onScroll: (event: Event) => void,
): TemplateResult {
  return html`<div
    class="pane"
    tabindex="0"
    role="region"
    aria-label="Answer ${side} as written"
    data-side=${side}
    @scroll=${onScroll}
  >
    <div class="written prose">${segments.map((segment) => written(segment, highlight))}</div>
  </div>`;
}

function written(
  segment: PanelSegment,
  highlight: PanelHighlight | null | undefined,
): TemplateResult | Node[] {
  if (segment.kind === 'code') return codeBlock(segment, highlight);
  if (segment.kind === 'prose') return proseOf(segment);
  return html`<details class="thinking">
    <summary class="dim">${thinkingLine(segment.text)}</summary>
    <pre>${segment.text.trim()}</pre>
  </details>`;
}

function codeBlock(
  { key, text, path }: PanelSegment,
  highlight: PanelHighlight | null | undefined,
): TemplateResult {
  const colours = highlight?.lines[key];
  const lines = text.replace(/\n$/, '').split('\n');
  return html`<figure>
    ${path === undefined ? nothing : html`<figcaption class="mono dim">${path}</figcaption>`}
    <pre>
${lines.map((line, index) => html`${codeLine(line, colours?.[index], secretSpans(line))}${'\n'}`)}</pre>
  </figure>`;
}

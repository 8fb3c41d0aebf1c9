import { html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import { codeLine, type Span } from './codeLine.ts';
import type { LineMarks } from './lineMarks.ts';

/** The position of a line: the side, the file and the line's number from 1. */
export interface LineAddress {
  readonly side: Side;
  readonly file: string;
  readonly line: number;
}

/** A line with everything that is drawn in it and beside it. */
interface CodeRow extends LineAddress {
  readonly text: string;
  readonly colours: readonly number[] | undefined;
  /** The ranges that differ from the other side. */
  readonly words: readonly Span[];
  readonly marks: LineMarks;
  readonly className: string;
  /** A formatter wrote the line: it can be neither selected nor flagged. */
  readonly isFormatted?: boolean;
}

export function codeRow({
  side,
  file,
  line,
  text,
  colours,
  words,
  marks,
  className,
  isFormatted = false,
}: CodeRow): TemplateResult {
  const { diagnostics, flagged, cited } = marks;
  const squiggles = diagnostics.map((diagnostic) => squiggle(diagnostic, line, text));
  const title = diagnostics.map(({ source, message }) => `${source}: ${message}`).join('\n');
  return html`<div
    class="row ${className} ${cited ? 'cited' : ''}"
    data-side=${isFormatted ? nothing : side}
    data-file=${isFormatted ? nothing : file}
    data-line=${isFormatted ? nothing : line}
    title=${title || nothing}
  >
    <span class="mark">${mark(flagged, diagnostics)}</span><span class="line">${line}</span
    ><span class="text">${codeLine(text, colours, [...words, ...squiggles])}</span>
  </div>`;
}

/** The line under the pointer. */
export function rowAt(event: MouseEvent): LineAddress | undefined {
  const row = event
    .composedPath()
    .find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset['line'] !== undefined);
  if (row === undefined) return undefined;
  const { side, file, line } = row.dataset;
  return { side: side as Side, file: file!, line: Number(line) };
}

function squiggle({ range, severity }: Diagnostic, line: number, text: string): Span {
  const start = line === range.startLine ? range.startColumn - 1 : text.length - text.trimStart().length;
  const end = line === range.endLine ? Math.max(range.endColumn - 1, start + 1) : text.length;
  return {
    start,
    end: Math.min(end, text.length),
    className: severity === 'error' ? 'squiggle' : 'squiggle soft',
  };
}

function mark(flagged: boolean, diagnostics: readonly Diagnostic[]): TemplateResult | typeof nothing {
  if (flagged) return html`<span class="bad" role="img" aria-label="flagged">⚑</span>`;
  if (diagnostics.length === 0) return nothing;
  const isError = diagnostics.some(({ severity }) => severity === 'error');
  return html`<span class=${isError ? 'bad' : 'warn'} role="img" aria-label=${isError ? 'error' : 'warning'}
    >●</span
  >`;
}

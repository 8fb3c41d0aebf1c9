import { html, nothing, type TemplateResult } from 'lit';
import type { PanelTiming } from '../../protocol/panel/state.ts';

/** The comparison of the times of A and B on a case. */
export function timesRows(timing: PanelTiming | undefined): TemplateResult | typeof nothing {
  if (timing === undefined) return nothing;
  return html`<dt>times</dt>
    <dd role="status" class=${timing.phase === 'failed' ? 'bad' : ''}>${text(timing)}</dd>`;
}

function text({ phase, done = 0, total = 0, lines }: PanelTiming): string {
  if (phase === 'running') return total === 0 ? 'comparing…' : `comparing… ${done} of ${total} runs`;
  return phase === 'cancelled' ? 'stopped' : lines.join('\n');
}

import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../core/text/visible.ts';
import type { Part } from './part.ts';

/**
 * A message over the foot of the panel, until it is dismissed or the next action; nothing moves when it appears. Without a
 * message, shows the last change of the judgement with a button that undoes it.
 */
export function noticeBar({ model, actions }: Part): TemplateResult | typeof nothing {
  const { notice } = model.state;
  const { lastChange } = model.attention;
  if (!notice && lastChange === null) return nothing;
  if (!notice)
    return bar(
      'status',
      html`<span>${lastChange!.text}</span> ${undoButton(() => actions.undo(lastChange!))}`,
      () => model.attend({ lastChange: null }),
    );
  const tone = { info: 'dim', warning: 'warn', error: 'bad' }[notice.severity];
  const body = html`<vscode-icon class=${tone} name=${notice.severity} label=${notice.severity}></vscode-icon>
    <span>${visibleText(notice.text)}</span>`;
  return bar(notice.severity === 'info' ? 'status' : 'alert', body, () => model.receive({ notice: null }));
}

function bar(role: 'status' | 'alert', body: TemplateResult, dismiss: () => void): TemplateResult {
  return html`<div class="notice" role=${role}>
    ${body}
    <span class="grow"></span>
    <button aria-label="Dismiss" @click=${dismiss}>
      <vscode-icon name="close"></vscode-icon>
    </button>
  </div>`;
}

function undoButton(undo: () => void): TemplateResult {
  return html`<button class="link" title="Undo (Ctrl+Z)" @click=${undo}>Undo</button>`;
}

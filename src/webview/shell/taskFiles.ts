import { html, nothing, type TemplateResult } from 'lit';
import { visibleLine, visibleText } from '../../core/text/visible.ts';
import type { PanelTask } from '../../protocol/panel/state.ts';
import { counted } from '../text/format.ts';

/** The files that a task gives to its answers, to be opened one by one. */
export function taskFiles(
  { files, moreFiles }: Pick<PanelTask, 'files' | 'moreFiles'>,
  open: string | undefined,
  toggle: (path: string) => void,
): TemplateResult | typeof nothing {
  if (files.length + moreFiles === 0) return nothing;
  const file = files.find(({ path }) => path === open);
  return html`<div class="task-files" role="group" aria-label="Files of the task">
      <span class="dim">Files</span>
      ${files.map(
        ({ path }) =>
          html`<button class="mono" aria-expanded=${path === open} @click=${() => toggle(path)}>
            ${visibleLine(path)}
          </button>`,
      )}
      ${moreFiles === 0 ? nothing : html`<span class="dim">and ${counted(moreFiles, 'more file')}</span>`}
    </div>
    ${
      file === undefined
        ? nothing
        : html`<pre
            class="task-file"
            tabindex="0"
            role="region"
            aria-label="${visibleLine(file.path)}, read-only"
          >
${file.text === '' ? '(empty)' : visibleText(file.text)}</pre>`
    }`;
}

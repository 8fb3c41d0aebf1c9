import type { SourceFile } from '../../core/task/task.ts';
import type { PanelTask } from '../../protocol/panel/state.ts';

/** The panel gets at most this many characters and files: it shows the files of a task, not a whole repository. */
const maxCharacters = 200_000;
const maxFiles = 100;

/** The files of a task that the panel shows, and the number of those beyond the limits. */
export function panelFiles(files: readonly SourceFile[] = []): Pick<PanelTask, 'files' | 'moreFiles'> {
  const shown: { path: string; text: string }[] = [];
  let characters = 0;
  for (const { path, text } of files.slice(0, maxFiles)) {
    characters += text.length;
    if (characters > maxCharacters) break;
    shown.push({ path, text });
  }
  return { files: shown, moreFiles: files.length - shown.length };
}

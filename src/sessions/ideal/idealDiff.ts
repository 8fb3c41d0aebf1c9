import { contentHash, textHash } from '../../core/text/hash.ts';
import type { SourceFile } from '../../core/task/task.ts';
import type { CompareBy, PanelIdeal } from '../../protocol/panel/state.ts';
import { diffFiles, linesOf, type ShownAnswer } from '../review/answers.ts';

/** The answers that the ideal is compared with, and the options of the comparison. */
export interface IdealComparison {
  readonly files: readonly SourceFile[];
  readonly answers: readonly ShownAnswer[];
  readonly language: string;
  readonly compareBy: CompareBy;
}

/** The difference of each answer and the ideal, cached until one of them changes. */
export class IdealDiff {
  #known: { readonly key: string; readonly bySide: PanelIdeal['diff'] } = { key: '', bySide: {} };

  bySide({ files, answers, language, compareBy }: IdealComparison): PanelIdeal['diff'] {
    const key = contentHash({
      ideal: [...files],
      answers: answers.map(({ shownFiles }) => [...shownFiles]),
      by: compareBy,
    });
    if (this.#known.key !== key) {
      const pairs = answers.map(({ side, shownFiles }) => [
        side,
        diffFiles(shownFiles, files, language, compareBy),
      ]);
      this.#known = { key, bySide: Object.fromEntries(pairs) };
    }
    return this.#known.bySide;
  }
}

/** A file as the panel shows it. The key contains a hash of the text, so that colours of an earlier text never apply. */
export function panelFile({ path, text }: SourceFile): PanelIdeal['files'][number] {
  return { path, lines: linesOf(text), key: `ideal/file/${path}/${textHash(text).slice(0, 12)}` };
}

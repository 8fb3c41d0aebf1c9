import { visibleLine } from '../../core/text/visible.ts';

/** The label of a file of import in the queue; `null` stands for an unknown file. */
export function fileName(file: string | null): string {
  return file === null ? 'No file known' : visibleLine(file);
}

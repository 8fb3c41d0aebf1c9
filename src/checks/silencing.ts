import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import { rangesIn } from './ranges.ts';

// Words in an answer must not silence a checker. Where a checker has no option against them, it gets a copy of the answer in which
// they are masked. Where that is impossible too, the silencing is a finding of its own.

/** Copies of files in which every match is replaced by `mask`, character by character, so that lines and columns stay. */
export function masked(files: readonly SourceFile[], pattern: RegExp, mask = 'x'): SourceFile[] {
  return files.map((file) => ({ ...file, text: maskedText(file.text, pattern, mask) }));
}

export function maskedText(text: string, pattern: RegExp, mask: string): string {
  return text.replaceAll(pattern, (match) => match.replaceAll(/[^\r\n]/g, mask));
}

/** A pattern for the first word of a comment that begins with `#`. It looks for the word first, so that long runs of blanks cost nothing. */
export function afterHash(word: string): RegExp {
  return new RegExp(`(?=${word})(?<=#[^\\S\\n]*)\\w+`, 'gi');
}

/** The finding that an answer keeps a checker from reporting. `words` are those of the answer that do it. */
export function silencing(checker: string, file: SourceFile, line: number, words: string): Diagnostic {
  return {
    file: file.path,
    range: rangesIn([file]).at(file.path, line),
    severity: 'warning',
    code: 'silenced',
    message: `This answer silences its checker: in line ${line}, "${words}" hides what ${checker} would report`,
    source: checker,
    category: 'other',
  };
}

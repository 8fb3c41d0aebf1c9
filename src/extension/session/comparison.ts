import type { CompareBy, PanelDiffFile } from '../../protocol/webview.ts';
import type { Formatted, Formatter } from '../../runner/formatting/formatter.ts';
import { diffAnswers, everything, type ShownAnswer } from './answers.ts';

/** The difference of a task's answers: the whole of it, and what the person wants to see of it. */
export class Comparison {
  readonly #language: string;
  readonly #formatter: Formatter;
  readonly #changed: () => void;
  #answers: readonly ShownAnswer[];
  /** Aligned once for each pair of readings: every keystroke asks for it. Anchors count its stretches. */
  #whole: PanelDiffFile[];
  #shown: PanelDiffFile[];
  #by = everything;
  /** The files of these very answers as a formatter wrote them. */
  #formatted: { of: readonly ShownAnswer[]; files: readonly Formatted[] } | undefined;

  /** `changed` is called once files were formatted: until then what is shown is as written. */
  constructor(answers: readonly ShownAnswer[], language: string, formatter: Formatter, changed: () => void) {
    this.#answers = answers;
    this.#language = language;
    this.#formatter = formatter;
    this.#changed = changed;
    this.#whole = this.#shown = diffAnswers(answers, language);
  }

  get by(): CompareBy {
    return this.#by;
  }

  get whole(): readonly PanelDiffFile[] {
    return this.#whole;
  }

  get shown(): readonly PanelDiffFile[] {
    return this.#shown;
  }

  /** The answers are read anew. */
  read(answers: readonly ShownAnswer[]): void {
    this.#answers = answers;
    this.#whole = diffAnswers(answers, this.#language);
    this.#compare();
  }

  choose(by: CompareBy): void {
    this.#by = by;
    this.#compare();
  }

  #compare(): void {
    const { ignoreWhitespace, ignoreComments, format } = this.#by;
    if (format) void this.#format();
    const formatted = format && this.#formatted?.of === this.#answers ? this.#formatted.files : [];
    this.#shown =
      ignoreWhitespace || ignoreComments || formatted.length > 0
        ? diffAnswers(this.#answers, this.#language, this.#by, formatted)
        : this.#whole;
  }

  async #format(): Promise<void> {
    const answers = this.#answers;
    if (this.#formatted?.of === answers) return;
    const files = await Promise.all(
      answers.map(({ shownFiles }) => this.#formatter.format(shownFiles, this.#language)),
    );
    if (answers !== this.#answers) return;
    this.#formatted = { of: answers, files };
    this.#compare();
    this.#changed();
  }
}

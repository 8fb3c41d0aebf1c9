import type { Formatted, Formatter } from '../../checks/formatting/formatter.ts';
import { messageOf } from '../../core/errors.ts';
import type { SourceFile } from '../../core/task/task.ts';
import type { CompareBy, PanelDiffFile } from '../../protocol/panel/state.ts';
import { Tickets } from '../tickets.ts';
import { diffAnswers, compareExactly, type ShownAnswer } from './answers.ts';

/** The difference of a task's answers: without options, and with the options that the person chose. */
export class AnswerDiff {
  readonly #language: string;
  readonly #formatter: Formatter;
  readonly #changed: () => void;
  readonly #formatting = new Tickets();
  #answers: readonly ShownAnswer[];
  /** Cached: every keystroke needs it. Anchors number its hunks. */
  #whole: PanelDiffFile[];
  #shown: PanelDiffFile[];
  #by = compareExactly;
  /** The formatted files of both answers; `undefined` until formatting has ended. */
  #formatted: readonly Formatted[] | undefined;

  /** `changed` is called when formatting has ended. Until then the answers are shown as written. */
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

  /** Switches to other answers. */
  read(answers: readonly ShownAnswer[]): void {
    this.#answers = answers;
    this.#formatting.invalidate();
    this.#formatted = undefined;
    this.#whole = diffAnswers(answers, this.#language);
    this.#compare();
    this.#formatIfWanted();
  }

  /** Changes the options of the comparison. Retries the formatting if it failed. */
  choose(by: CompareBy): void {
    this.#by = by;
    this.#compare();
    this.#formatIfWanted();
  }

  #compare(): void {
    const { ignoreWhitespace, ignoreComments, format } = this.#by;
    const formatted = format ? (this.#formatted ?? []) : [];
    this.#shown =
      ignoreWhitespace || ignoreComments || formatted.length > 0
        ? diffAnswers(this.#answers, this.#language, this.#by, formatted)
        : this.#whole;
  }

  #formatIfWanted(): void {
    if (this.#by.format && this.#formatted === undefined) void this.#format();
  }

  /** Never rejects: the reason for a failure is shown instead of formatted files. */
  async #format(): Promise<void> {
    const ticket = this.#formatting.take();
    const ended = await Promise.all(
      this.#answers.map(({ shownFiles }) => this.#formattedOf(shownFiles, ticket.signal)),
    );
    if (!ticket.isLatest) return;
    this.#formatted = ended.map(({ formatted }) => formatted);
    this.#compare();
    // The failure is shown but not cached: the next choice of options tries again.
    if (ended.some(({ hasFailed }) => hasFailed)) this.#formatted = undefined;
    this.#changed();
  }

  async #formattedOf(
    files: readonly SourceFile[],
    signal: AbortSignal,
  ): Promise<{ readonly formatted: Formatted; readonly hasFailed: boolean }> {
    try {
      return { formatted: await this.#formatter.format(files, this.#language, signal), hasFailed: false };
    } catch (error) {
      const whyNot = `${messageOf(error)}. To try again, turn formatting off and on`;
      return { formatted: { whyNot }, hasFailed: true };
    }
  }
}

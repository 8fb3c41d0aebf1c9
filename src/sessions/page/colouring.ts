import type { ThemeRegistrationRaw } from 'shiki/core';
import type { PanelHighlight, PanelState } from '../../protocol/panel/state.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { AnswerSource, PanelSession } from '../panelSession.ts';
import { colourJobs, promptSegments, type ColourJob } from '../review/answers.ts';

/** What the colouring needs. */
interface ColouringOptions {
  /** The theme with that id; `undefined` if it cannot be read. */
  findTheme(themeId: string): Promise<ThemeRegistrationRaw | undefined>;
  highlight(
    jobs: readonly ColourJob[],
    theme: ThemeRegistrationRaw,
    signal?: AbortSignal,
  ): Promise<PanelHighlight>;
  /** Receives the colours of the session's code; `null` for code without colours. */
  send(highlight: PanelHighlight | null): void;
  report(error: unknown): void;
}

/** Milliseconds without a change after which the ideal is coloured, so that it is not coloured at every keystroke. */
const typingPauseMs = 700;

/** Colours the code of the shown session. Colours are sent after the code, which can be read without them. */
export class Colouring {
  readonly #options: ColouringOptions;
  #session: PanelSession | undefined;
  #themeId = '';
  /** Increases with each colouring; the colours of an earlier colouring are not sent. */
  #turn = 0;
  /** The colours of code that is not shown yet, by everything that they depend on. */
  #prepared: { readonly key: string; readonly highlight: PanelHighlight } | undefined;
  /** The version of the ideal that was coloured last. */
  #ideal = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ColouringOptions) {
    this.#options = options;
  }

  /** Switches to another theme, by the id that the page reads from the workbench. */
  setTheme(themeId: string): void {
    this.#themeId = themeId;
    this.#start();
  }

  /** Switches to another session, or to none. Nothing is coloured until its state was sent. */
  setSession(session: PanelSession | undefined): void {
    clearTimeout(this.#timer);
    this.#session = session;
    this.#turn += 1;
  }

  /** Colours the code of a task that may be shown next, and keeps the colours until then. */
  async prepare(source: AnswerSource, signal: AbortSignal): Promise<void> {
    const themeId = this.#themeId;
    const theme = themeId === '' ? undefined : await this.#options.findTheme(themeId);
    if (theme === undefined || signal.aborted) return;
    const jobs = jobsOf(source);
    const key = keyOf(themeId, jobs);
    if (key === this.#prepared?.key) return;
    const highlight = await this.#options.highlight(jobs, theme, signal);
    if (!signal.aborted) this.#prepared = { key, highlight };
  }

  /** Colours the state that was just sent to the page. */
  follow({ task, ideal }: PanelState): void {
    if (task) this.#start();
    if (!ideal) return;
    const version = ideal.files.map(({ key }) => key).join('\n');
    if (version === this.#ideal) return;
    this.#ideal = version;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), typingPauseMs);
  }

  #start(): void {
    this.#colour().catch((error: unknown) => this.#options.report(error));
  }

  async #colour(): Promise<void> {
    const session = this.#session;
    this.#turn += 1;
    const turn = this.#turn;
    if (session === undefined || this.#themeId === '') return;
    const jobs = jobsOf(session);
    const prepared = this.#prepared;
    if (prepared !== undefined && prepared.key === keyOf(this.#themeId, jobs))
      return this.#options.send(prepared.highlight);
    const theme = await this.#options.findTheme(this.#themeId);
    const highlight = theme === undefined ? null : await this.#options.highlight(jobs, theme);
    if (turn === this.#turn) this.#options.send(highlight);
  }
}

function jobsOf({ answers, idealFiles, task }: AnswerSource & Pick<PanelSession, 'idealFiles'>): ColourJob[] {
  return colourJobs(promptSegments(task.prompt), answers, task.language, idealFiles);
}

function keyOf(themeId: string, jobs: readonly ColourJob[]): string {
  return contentHash({ themeId, jobs });
}

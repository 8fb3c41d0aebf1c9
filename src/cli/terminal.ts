import { once } from 'node:events';
import { styleText } from 'node:util';
import { visibleData, visibleJson, visibleLine, visibleText } from '../core/text/visible.ts';

/** A part of a line in a colour, if the output is a terminal that shows colours. */
export interface Coloured {
  readonly colour: 'green' | 'red' | 'yellow';
  readonly text: string;
}

/**
 * The only way to the terminal. Results go to `line`, `text`, `json` and `data`, everything else to `note` and
 * `progress`. Whatever a text holds, it cannot control the terminal: hidden characters are made visible.
 */
export class Terminal {
  readonly #out = process.stdout;
  readonly #err = process.stderr;
  #hasProgress = false;
  #isBroken = false;

  constructor(onBroken: () => void) {
    for (const stream of [this.#out, this.#err]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
        this.#isBroken = true;
        onBroken();
      });
    }
  }

  /** Whether the reader of the output is gone, as behind `| head`. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Whether `progress` is shown. */
  get isLive(): boolean {
    return this.#err.isTTY;
  }

  /** Prints one line of a result. Like all methods that print results, resolves when the stream can take more. */
  line(...parts: readonly (string | Coloured)[]): Promise<void> {
    const shown = parts.map((part) => {
      if (typeof part === 'string') return visibleLine(part);
      return styleText(part.colour, visibleLine(part.text), { stream: this.#out });
    });
    return this.#write(`${shown.join('')}\n`);
  }

  /** Prints a result of several lines, each with its newline. */
  text(text: string): Promise<void> {
    return this.#write(visibleText(text));
  }

  /** Prints a result as JSON on one line. */
  json(value: unknown): Promise<void> {
    return this.#write(`${visibleJson(value)}\n`);
  }

  /** Prints data for other programs: unchanged, unless the output is a terminal. */
  data(text: string): Promise<void> {
    return this.#write(this.#out.isTTY ? visibleData(text) : text);
  }

  /** Prints a line that is not a result. */
  note(line: string): void {
    this.#clearProgress();
    if (!this.#isBroken) this.#err.write(`${visibleLine(line)}\n`);
  }

  /** Shows progress in the last line of the terminal; prints nothing if there is no terminal. */
  progress(line: string): void {
    if (!this.#err.isTTY || this.#isBroken) return;
    this.#err.write(`\r\x1b[2K${visibleLine(line).slice(0, (this.#err.columns || 80) - 1)}`);
    this.#hasProgress = true;
  }

  async #write(text: string): Promise<void> {
    this.#clearProgress();
    if (this.#isBroken || this.#out.write(text)) return;
    await Promise.race([once(this.#out, 'drain'), once(this.#out, 'close')]);
  }

  #clearProgress(): void {
    if (this.#hasProgress) this.#err.write('\r\x1b[2K');
    this.#hasProgress = false;
  }
}

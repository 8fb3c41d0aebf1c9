import { once } from 'node:events';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command prints: results to `out`, all else to `note`, what is under way to `progress`. */
export class Terminal {
  readonly #out: NodeJS.WriteStream;
  readonly #err: NodeJS.WriteStream;
  #hasProgress = false;
  #isBroken = false;

  constructor(out: NodeJS.WriteStream, err: NodeJS.WriteStream, onBroken: () => void) {
    this.#out = out;
    this.#err = err;
    for (const stream of [out, err]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
        this.#isBroken = true;
        onBroken();
      });
    }
  }

  /** Nobody reads the output any more, as behind `| head`. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Prints a result as it is, newline included, and waits until it is taken. */
  async out(text: string): Promise<void> {
    this.#clearProgress();
    if (this.#isBroken || this.#out.write(text)) return;
    await Promise.race([once(this.#out, 'drain'), once(this.#out, 'close')]);
  }

  /** Prints a line that is not a result. */
  note(line: string): void {
    this.#clearProgress();
    if (!this.#isBroken) this.#err.write(`${line}\n`);
  }

  /** Shows what is under way on the terminal's last line; prints nothing where there is no terminal. */
  progress(line: string): void {
    if (!this.#err.isTTY || this.#isBroken) return;
    this.#err.write(`\r\x1b[2K${line.slice(0, (this.#err.columns || 80) - 1)}`);
    this.#hasProgress = true;
  }

  /** Colours a piece of a result where it goes to a terminal that shows colours. */
  styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#out });
  }

  #clearProgress(): void {
    if (this.#hasProgress) this.#err.write('\r\x1b[2K');
    this.#hasProgress = false;
  }
}

import type { Outcome } from '../../core/differing/outcome.ts';
import type { Json } from '../../core/text/json.ts';

/** One input: the arguments of a call, or the text of the standard input. */
export type DrivenInput = readonly Json[] | string;

export interface DriveOptions {
  /** Gives each input a process of its own, so that no earlier input can affect it. */
  readonly isolated?: boolean;
}

/**
 * Runs one answer on many inputs. In the sandbox, a driver's program reads batches from its standard input: a line with JSON
 * `{count, isolated, cpu}`, where `cpu` is the limit of an input in milliseconds, and a line of JSON for each input. It writes a
 * line to descriptor 3 for each, which `frames.ts` reads.
 * A driver's outcomes are a hint: the answer shares its process, and could forge them. The
 * case runner decides.
 */
export interface Driver {
  /**
   * Resolves with an outcome for each input, in order, and with fewer if the driver was closed. One call at a time. Rejects
   * if the sandbox fails.
   */
  run(inputs: readonly DrivenInput[], options?: DriveOptions): Promise<Outcome[]>;
  /** Ends the answer's processes. */
  close(): void;
}

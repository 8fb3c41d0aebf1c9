import type { CommandHelp } from './commandHelp.ts';
import type { Terminal } from './terminal.ts';

export const exitCodes = { ok: 0, findings: 1, usage: 2, failure: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What every command receives in addition to its arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Fires when the person presses Ctrl+C or nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** The folder of the checkers that ship with Tiebreak. */
  readonly checkersRoot: string;
  /** The folder of the sandbox's compiled helpers. */
  readonly nativeRoot: string;
  /** The folder of the rubrics that ship with Tiebreak. */
  readonly rubricsRoot: string;
}

/** One command: one file, loaded only when it is called. */
export interface Command {
  readonly help: CommandHelp;
  /** Rejects with a TiebreakError; the code `usage` ends the process with 2, any other code with 3. */
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>;
}

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { tiebreakError, type TiebreakError } from '../core/errors.ts';

/** Reads a command's own arguments; what it does not know is a `usage` error that says where the help is. */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds advice on "--" after the first sentence, which helps nobody here.
    const what = error instanceof Error ? error.message.split('. ')[0]! : String(error);
    throw usageError(command, what, error);
  }
}

/** A mistake in how the command was called. */
export function usageError(command: string, what: string, cause?: unknown): TiebreakError {
  const mend = `See "tiebreak ${command} --help"`.replace('  ', ' ');
  return tiebreakError('usage', { what, where: `tiebreak ${command}`.trimEnd(), mend }, { cause });
}

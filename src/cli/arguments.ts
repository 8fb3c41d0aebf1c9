import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { tiebreakError, type TiebreakError } from '../core/errors.ts';

/** Reads the arguments of a command. An unknown option is a `usage` error that says where the help is. */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds advice on "--" after the first sentence, which does not apply here.
    const what = error instanceof Error ? error.message.split('. ')[0]! : String(error);
    throw usageError(command, what, error);
  }
}

/** An invalid call of a command. */
export function usageError(command: string, what: string, cause?: unknown): TiebreakError {
  const remedy = `See "tiebreak ${command} --help"`.replace('  ', ' ');
  return tiebreakError('usage', { what, where: `tiebreak ${command}`.trimEnd(), remedy }, { cause });
}

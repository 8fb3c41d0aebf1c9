import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The usual folders of programs, for an editor that was started without a full PATH. */
const usualFolders = ['/usr/local/bin', '/usr/bin', '/bin'];

/** The absolute path of a program; searches the user's PATH first. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...usualFolders];
  for (const folder of folders.filter((candidate) => candidate.startsWith('/'))) {
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // The program is not in this folder: try the next one.
    }
  }
  return undefined;
}

/**
 * Runs a toolchain's own program outside the sandbox to query it; `undefined` if it does not answer. Only for
 * the user's toolchains, never with any part of an answer.
 */
export async function askProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  timeout = 15_000,
): Promise<string | undefined> {
  try {
    return (await execute(program, args, { cwd: '/', timeout, env, encoding: 'utf8' })).stdout;
  } catch {
    return undefined;
  }
}

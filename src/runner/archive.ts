import { ownFolder } from './languages/shared/shared.ts';
import type { CaseProgram } from './toolchains/toolchain.ts';

/** The archive of a compiler's output, for compilers that write many files whose names only they know. */
export const archivePath = `${ownFolder}/built.tar`;

/** The archive of what a task's own build command writes. */
export const buildArchivePath = `${ownFolder}/build.tar`;

/** The shell command that packs a folder so that it unpacks to the same place. */
export const packCommand = (folder: string): string => `tar -cf ${archivePath} ${folder}`;

/**
 * Runs a command, then packs everything in the scratch folder except the runner's own folder. Not the scratch folder itself, which
 * the program does not own in a container: unpacking could not set its rights.
 */
export function packedAfter(argv: readonly string[]): readonly string[] {
  const pack = `shopt -s dotglob && tar -cf /tmp/build.tar --exclude=./${ownFolder} ./* && mv /tmp/build.tar ${buildArchivePath}`;
  return ['/bin/bash', '-c', `"$@" && ${pack}`, 'build', ...argv];
}

/** A program's arguments, preceded by unpacking its archives (if any) into the scratch folder. */
export function unpacked({ argv, files }: Pick<CaseProgram, 'argv' | 'files'>): readonly string[] {
  const archives = [archivePath, buildArchivePath].filter((path) => files.some((file) => file.path === path));
  if (archives.length === 0) return argv;
  // Hostile code made the archives, so they are only unpacked inside the sandbox, in the folder that the
  // program owns anyway.
  const unpack = archives.map((path) => `tar -xf ${path} && `).join('');
  return ['/bin/bash', '-c', `${unpack}exec -- "$@"`, 'unpack', ...argv];
}

import { ownFolder } from './languages/shared.ts';
import type { Program } from './toolchain.ts';

/** Where a compiler's output lies when it is many files of which only the compiler knows the names. */
export const archivePath = `${ownFolder}/built.tar`;

/** The same for what a task's own build command leaves. */
export const buildArchivePath = `${ownFolder}/build.tar`;

/** The shell's command that packs a folder into the archive, so that it is unpacked to the same place. */
export const packCommand = (folder: string): string => `tar -cf ${archivePath} ${folder}`;

/** A command, and after it the whole folder packed, but for the runner's own. */
export function packedAfter(argv: readonly string[]): readonly string[] {
  const pack = `tar -cf /tmp/build.tar --exclude=./${ownFolder} . && mv /tmp/build.tar ${buildArchivePath}`;
  return ['/bin/bash', '-c', `"$@" && ${pack}`, 'build', ...argv];
}

/** A program's arguments, after its archives, where it has some, were unpacked into the scratch folder. */
export function unpacked({ argv, files }: Pick<Program, 'argv' | 'files'>): readonly string[] {
  const archives = [archivePath, buildArchivePath].filter((path) => files.some((file) => file.path === path));
  if (archives.length === 0) return argv;
  // They were made by hostile code: they are read inside the sandbox alone, in the folder that the program owns anyway.
  const unpack = archives.map((path) => `tar -xf ${path} && `).join('');
  return ['/bin/bash', '-c', `${unpack}exec -- "$@"`, 'unpack', ...argv];
}

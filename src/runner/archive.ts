import { ownFolder } from './languages/shared.ts';
import type { Program } from './toolchain.ts';

/** Where a compiler's output lies when it is many files of which only the compiler knows the names. */
export const archivePath = `${ownFolder}/built.tar`;

/** The shell's command that packs a folder into the archive, so that it is unpacked to the same place. */
export const packCommand = (folder: string): string => `tar -cf ${archivePath} ${folder}`;

/** A program's arguments, after its archive, where it has one, was unpacked into the scratch folder. */
export function unpacked({ argv, files }: Pick<Program, 'argv' | 'files'>): readonly string[] {
  if (!files.some((file) => file.path === archivePath)) return argv;
  // The archive was made by hostile code: it is read inside the sandbox alone, in the folder that the program owns anyway.
  return ['/bin/bash', '-c', `tar -xf ${archivePath} && exec -- "$@"`, 'unpack', ...argv];
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { shippedTool, type CheckParts, type ShippedTool } from './shippedTool.ts';
import type { MissingTool, Tool } from './tool.ts';
import type { WarmKind } from './warm/warmCheckers.ts';

/** A checker of ours, and the process that stays up for it. */
export interface OwnProgram extends Pick<ShippedTool, 'files' | 'read'> {
  /** The name of the program, in `programs`. */
  readonly name: string;
  readonly arguments?: readonly string[];
  readonly warm: WarmKind;
  /** Host paths that the programs of this process read. */
  readonly readOnly: readonly string[];
}

/** A program of ours, bundled with its dependencies by `scripts/lib/programs.mjs`. */
export async function ownProgram(parts: CheckParts, program: OwnProgram): Promise<Tool | MissingTool> {
  const { name, arguments: words = [], files, read, readOnly, warm } = program;
  const folder = programsFolder(parts);
  const manifest = await readManifest(folder);
  const tool = await shippedTool(parts, {
    version: manifest?.versions[name],
    arguments: [join(folder, 'run.mjs'), name, ...words],
    readOnly: [folder, ...readOnly],
    warm: { kind: warm, program: name, words, readOnly: [] },
    files,
    read,
  });
  return 'missing' in tool ? tool : { ...tool, source: manifest?.source };
}

/** The folder of our programs. */
export function programsFolder({ checkersDir }: Pick<CheckParts, 'checkersDir'>): string {
  return join(checkersDir, 'tiebreak-programs');
}

const manifestSchema = z.object({ source: z.string(), versions: z.record(z.string(), z.string()) });

async function readManifest(folder: string): Promise<z.infer<typeof manifestSchema> | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  } catch {
    // The report says that the program is missing and where it was expected.
    return undefined;
  }
}

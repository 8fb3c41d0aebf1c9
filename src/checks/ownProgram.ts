import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { shippedTool, type CheckParts, type ShippedTool } from './shippedTool.ts';
import type { MissingTool, Tool } from './tool.ts';

/** A program of ours, bundled with its dependencies by `scripts/lib/programs.mjs`. */
export async function ownProgram(
  parts: CheckParts,
  name: string,
  tool: Omit<ShippedTool, 'version' | 'arguments'> & Partial<Pick<ShippedTool, 'arguments'>>,
): Promise<Tool | MissingTool> {
  const folder = join(parts.checkersDir, 'tiebreak-programs');
  return shippedTool(parts, {
    ...tool,
    version: await versionOf(folder, name),
    arguments: [join(folder, `${name}.mjs`), ...(tool.arguments ?? [])],
    readOnly: [folder, ...tool.readOnly],
  });
}

const manifestSchema = z.object({ versions: z.record(z.string(), z.string()) });

async function versionOf(folder: string, name: string): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as unknown;
    return manifestSchema.parse(manifest).versions[name];
  } catch {
    // The report says that the program is missing and where it was expected.
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import type { FoundToolchain, MissingToolchain } from '../runner/toolchain.ts';
import type { MissingTool, Tool, Workbench } from './tool.ts';

/** Where the checkers that ship with Tiebreak are, and what they run on. */
export interface CheckParts {
  readonly bench: Workbench;
  /** The folder of the checkers, by their packages' names: `pyright`, `typescript-checker`, `@types/node`, … */
  readonly checkersDir: string;
  /** Node.js, which the checkers are written for. */
  readonly node: () => Promise<FoundToolchain | MissingToolchain>;
}

/** What a checker that ships with Tiebreak is started with. */
export interface ShippedTool {
  /** `undefined` where it is not there. */
  readonly version: string | undefined;
  /** Arguments after Node.js's own. */
  readonly arguments: readonly string[];
  readonly files: readonly SourceFile[];
  /** Paths of the host that it reads beside Node.js. */
  readonly readOnly: readonly string[];
  read(stdout: string): readonly Diagnostic[];
}

/** A checker that ships with Tiebreak, as a tool that Node.js runs. */
export async function shippedTool(parts: CheckParts, tool: ShippedTool): Promise<Tool | MissingTool> {
  const { version } = tool;
  if (version === undefined) {
    const mend = 'Install Tiebreak again, or run "npm run build" in its source';
    return { missing: `what ships in ${parts.checkersDir}`, mend };
  }
  const node = await parts.node();
  if ('missing' in node) return node;
  return {
    version,
    argv: [node.program, ...tool.arguments],
    files: tool.files,
    readOnly: [...node.readOnly, ...tool.readOnly],
    reservesMemory: true,
    read: ({ stdout }) => tool.read(stdout),
    ...(node.env === undefined ? {} : { env: node.env }),
  };
}

const packageSchema = z.object({ version: z.string() });

/** The version of a package among the checkers; `undefined` where it is not there. */
export async function shippedVersion({ checkersDir }: CheckParts, name: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(checkersDir, name, 'package.json'), 'utf8');
    return packageSchema.parse(JSON.parse(text)).version;
  } catch {
    // The report says that it is missing, and where it was looked for.
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { FoundToolchain, MissingToolchain } from '../runner/toolchains/toolchain.ts';
import type { MissingTool, Tool, Workbench } from './tool.ts';

/** The checkers that ship with Tiebreak, and the Node.js that runs them. */
export interface CheckParts {
  readonly bench: Workbench;
  /** The folder of the checkers, by package name: `pyright`, `typescript-checker`, `@types/node`, … */
  readonly checkersDir: string;
  /** The Node.js that runs the checkers. */
  readonly node: () => Promise<FoundToolchain | MissingToolchain>;
}

/** How to start a checker that ships with Tiebreak. */
export interface ShippedTool {
  /** `undefined` if the checker is missing. */
  readonly version: string | undefined;
  /** Arguments after those of Node.js. */
  readonly arguments: readonly string[];
  readonly files: readonly SourceFile[];
  /** Host paths that the checker reads in addition to Node.js. */
  readonly readOnly: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  read(stdout: string): readonly Diagnostic[];
}

/** A checker that ships with Tiebreak, as a tool that runs in Node.js. */
export async function shippedTool(parts: CheckParts, tool: ShippedTool): Promise<Tool | MissingTool> {
  const { version } = tool;
  if (version === undefined) {
    const remedy = 'Install Tiebreak again, or run "npm run build" in its source';
    return { missing: `the checker that ships in ${parts.checkersDir}`, remedy };
  }
  const node = await parts.node();
  if ('missing' in node) return node;
  return {
    version,
    argv: [node.program, ...tool.arguments],
    files: tool.files,
    readOnly: [...node.readOnly, ...tool.readOnly],
    reservesMemory: true,
    env: { ...node.env, ...tool.env },
    read: ({ stdout }) => tool.read(stdout),
  };
}

const packageSchema = z.object({ version: z.string() });

/** The version of a package among the checkers; `undefined` if it is missing. */
export async function shippedVersion({ checkersDir }: CheckParts, name: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(checkersDir, name, 'package.json'), 'utf8');
    return packageSchema.parse(JSON.parse(text)).version;
  } catch {
    // The report says that the package is missing and where it was expected.
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { FoundToolchain, MissingToolchain } from '../runner/toolchains/toolchain.ts';
import type { MissingTool, Tool, Workbench } from './tool.ts';
import type { WarmWork } from './warm/warmCheckers.ts';

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
  readonly warm?: WarmProgram;
  read(stdout: string): readonly Diagnostic[];
}

/** A program of ours that does the same in a process that stays up. */
export interface WarmProgram extends Pick<WarmWork, 'kind' | 'program' | 'words'> {
  /** Host paths that the program reads in addition to those of the tool. */
  readonly readOnly: readonly string[];
}

/** Keeps text from becoming code. ESLint makes code of its own schemas. */
const noCodeOfText = '--disallow-code-generation-from-strings';

/** A checker that ships with Tiebreak, as a tool that runs in Node.js. */
export async function shippedTool(parts: CheckParts, tool: ShippedTool): Promise<Tool | MissingTool> {
  const { version } = tool;
  if (version === undefined) {
    const remedy = 'Install Tiebreak again, or run "npm run build" in its source';
    return { missing: `the checker that ships in ${parts.checkersDir}`, remedy };
  }
  const node = await parts.node();
  if ('missing' in node) return node;
  const { files, warm } = tool;
  const readOnly = [...node.readOnly, ...tool.readOnly];
  const stay = join(parts.checkersDir, 'tiebreak-programs/stay.mjs');
  return {
    version,
    argv: [node.program, ...tool.arguments],
    files,
    readOnly,
    reservesMemory: true,
    env: { ...node.env, ...tool.env },
    read: ({ stdout }) => tool.read(stdout),
    ...(warm && {
      warm: {
        kind: warm.kind,
        program: warm.program,
        words: warm.words,
        files,
        argv: [node.program, ...(warm.kind === 'lint' ? [] : [noCodeOfText]), stay],
        readOnly: [...readOnly, ...warm.readOnly],
      },
    }),
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

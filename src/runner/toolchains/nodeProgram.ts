import { dirname } from 'node:path';
import { lastLines } from './detect.ts';
import { askProgram, findProgram } from './findProgram.ts';

/** A Node.js that can run answers and checkers: the one on PATH, or the editor's own. */
export interface NodeProgram {
  /** Absolute path of the program itself, with links and shims resolved. */
  readonly program: string;
  readonly version: string;
  /** Environment variables that the program needs to act as Node.js. */
  readonly env: Readonly<Record<string, string>>;
  /** Host paths that the program needs. */
  readonly readOnly: readonly string[];
  /** Options that make Node.js decide by a `.js` file's content whether it is a module or a script. */
  readonly options: readonly string[];
  /** Evaluates an expression in this Node.js; resolves with its value as one line of text. */
  ask(expression: string): Promise<string | undefined>;
}

/** The first version with `--experimental-detect-module`. */
const oldest = [20, 10] as const;
/** From this version on, Node.js detects modules in `.js` files by default. */
const detectsModules = [22, 7] as const;

/** Finds Node.js; `undefined` if neither PATH nor this process has version `from` or later. */
export async function findNode(from: readonly [number, number] = oldest): Promise<NodeProgram | undefined> {
  const onPath = await findProgram('node');
  const asked = onPath === undefined ? undefined : await askNode(onPath, {}, from);
  if (asked !== undefined) return asked;
  // The editor's program is Electron, which acts as Node.js on request.
  const electron = 'electron' in process.versions;
  return askNode(process.execPath, electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}, from);
}

async function askNode(
  program: string,
  env: Readonly<Record<string, string>>,
  from: readonly [number, number],
): Promise<NodeProgram | undefined> {
  const ask = (expression: string): Promise<string | undefined> =>
    askProgram(program, ['-p', expression], { ...process.env, NODE_OPTIONS: '', ...env });
  const answer = await ask('process.execPath + "\\n" + process.versions.node');
  const [path, version] = lastLines(answer ?? '', 2);
  if (path === undefined || version === undefined || !isAtLeast(version, from)) return undefined;
  return {
    program: path,
    version,
    env,
    ask: async (expression) => {
      const printed = await ask(expression);
      return printed === undefined ? undefined : lastLines(printed, 1)[0];
    },
    // Electron reads libraries and data next to its program; Node.js is one file.
    readOnly: [Object.keys(env).length === 0 ? path : dirname(path)],
    options: isAtLeast(version, detectsModules)
      ? ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON']
      : ['--experimental-detect-module'],
  };
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split('.').map(Number);
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}

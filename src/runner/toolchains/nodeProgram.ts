import { dirname } from 'node:path';
import { askProgram, findProgram } from './find-program.ts';

/** A Node.js that can run answers and checkers: one on PATH, or the editor's own. */
export interface NodeProgram {
  /** Absolute path; a link or shim is followed to the program itself. */
  readonly program: string;
  readonly version: string;
  /** What must stand in the environment for the program to be Node.js. */
  readonly env: Readonly<Record<string, string>>;
  /** Host paths it needs. */
  readonly readOnly: readonly string[];
  /** Options for a file named `.js` to be a module or a script by what it says. */
  readonly options: readonly string[];
  /** The value of an expression in it, as text. */
  ask(expression: string): Promise<string | undefined>;
}

/** The first with `--experimental-detect-module`. */
const oldest = [20, 10] as const;
/** From here on a `.js` file is read as what it is without being told to. */
const detectsModules = [22, 7] as const;

/** Finds Node.js; `undefined` where neither PATH nor this process has one that is as new as `from`. */
export async function findNode(from: readonly [number, number] = oldest): Promise<NodeProgram | undefined> {
  const onPath = await findProgram('node');
  const asked = onPath === undefined ? undefined : await askNode(onPath, {}, from);
  if (asked !== undefined) return asked;
  // An editor's program is Electron, which is Node.js when told to be.
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
  const [path, version] = answer?.trim().split('\n') ?? [];
  if (path === undefined || version === undefined || !isAtLeast(version, from)) return undefined;
  return {
    program: path,
    version,
    env,
    ask: async (expression) => (await ask(expression))?.trim(),
    // Electron reads libraries and data beside itself; Node.js is one file.
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

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Case } from '../../core/task.ts';
import { compareRows } from '../compare.ts';
import { askProgram, findProgram } from '../find-program.ts';
import { installMend } from '../install.ts';
import { findNode, type NodeProgram } from '../node-program.ts';
import type { SandboxOutcome } from '../sandbox.ts';
import { displayText } from '../text.ts';
import type {
  FoundToolchain,
  MissingToolchain,
  Program,
  ProgramContext,
  Reading,
  Toolchain,
} from '../toolchain.ts';
import { plainValue, type WireValue } from '../value.ts';
import {
  baseEnvironment,
  frames,
  howItEnded,
  mainFile,
  ownFolder,
  readStdin,
  unexpectedKind,
  type CaseOf,
} from './shared.ts';
import { postgresProgram, sqliteProgram, type SqlCase } from './sql-wrapper.ts';

const usualFile = 'main.sql';
const kinds = ['sql', 'stdin'] as const;
/** The first Node.js whose SQLite gives rows as lists. */
const withSqlite = [22, 16] as const;

const selfTest = { hello: "SELECT 'hello';", same: "SELECT 'é' AS text, 2.5, NULL, 7;" };

/** SQLite, as it is inside Node.js, on a database in memory. */
export const sql: Toolchain = {
  language: 'sql',
  aliases: ['sqlite', 'sqlite3'],
  mainFile: usualFile,
  kinds,
  reservesMemory: true,
  selfTest,
  async detect() {
    const node = await findNode(withSqlite);
    if (node === undefined) return missingNode('sql');
    const version = await node.ask('process.versions.sqlite');
    return found('sql', 'SQLite', version ?? node.version, node);
  },
  program: (testCase, context) => program(testCase, context, sqliteProgram),
  read,
};

/**
 * PostgreSQL compiled to WebAssembly (PGlite). With 16 MB it is too large to ship: it is looked for in `folder` and
 * where npm installs for all, and only when a task asks for it.
 */
export function createPostgres(folder: string): Toolchain {
  return {
    language: 'postgresql',
    ownMemoryBytes: 768 << 20,
    aliases: ['postgres', 'psql', 'pgsql', 'plpgsql'],
    mainFile: usualFile,
    kinds,
    reservesMemory: true,
    selfTest,
    async detect() {
      const node = await findNode(withSqlite);
      if (node === undefined) return missingNode('postgresql');
      const library = (await libraryFolders(folder)).find((each) =>
        existsSync(join(each, 'dist', 'index.cjs')),
      );
      if (library === undefined) {
        const missing = 'PGlite (PostgreSQL for Node.js)';
        return { language: 'postgresql', missing, mend: `Install it: npm install --global ${pglite}` };
      }
      const version = await node.ask(`require(${JSON.stringify(join(library, 'package.json'))}).version`);
      const toolchain = found('postgresql', 'PGlite', version ?? 'of an unknown version', node);
      // One compiler of WebAssembly instead of two takes half the memory.
      const options = [...(toolchain.options ?? []), '--liftoff-only'];
      return { ...toolchain, options, readOnly: [...toolchain.readOnly, library], packages: [library] };
    },
    program: (testCase, context) =>
      program(testCase, context, (main, facts) =>
        postgresProgram(main, context.found.packages?.[0] ?? pglite, facts),
      ),
    read,
  };
}

const pglite = '@electric-sql/pglite';

/** Where PGlite may be, the nearest first. */
async function libraryFolders(folder: string): Promise<string[]> {
  const npm = await findProgram('npm');
  const root = npm === undefined ? undefined : await askProgram(npm, ['root', '--global']);
  return [folder, ...(root === undefined ? [] : [root.trim()])].map((each) => join(each, pglite));
}

/** MySQL is not run: what stands in for it would be another engine, whose verdicts would be wrong where they differ. */
export const mysql: Toolchain = {
  language: 'mysql',
  aliases: ['mariadb'],
  mainFile: usualFile,
  kinds: [],
  reservesMemory: false,
  selfTest,
  detect: async () => ({
    language: 'mysql',
    missing: 'an engine for the dialect of MySQL',
    mend:
      'Tiebreak runs SQLite (language "sql") and PostgreSQL ("postgresql"). A query without AUTO_INCREMENT, ON DUPLICATE KEY, ' +
      'DATE_ADD, IF(), GROUP_CONCAT … SEPARATOR, comparisons that ignore case and other ways of MySQL alone can be judged under one of these names',
  }),
  program: (testCase) => {
    throw unexpectedKind(testCase);
  },
  read: (testCase) => {
    throw unexpectedKind(testCase);
  },
};

async function missingNode(language: string): Promise<MissingToolchain> {
  const mend = await installMend('nodejs', {
    brew: 'node',
    winget: 'OpenJS.NodeJS',
    page: 'https://nodejs.org',
  });
  return { language, missing: 'Node.js 22.16 or later, which brings SQLite ("node" on PATH)', mend };
}

function found(language: string, name: string, version: string, node: NodeProgram): FoundToolchain {
  const { program: path, readOnly, env, options } = node;
  const quiet = ['--disable-warning=ExperimentalWarning'];
  return { language, name, version, program: path, readOnly, env, options: [...options, ...quiet] };
}

function program(
  testCase: Case,
  { found: toolchain, files, entry }: ProgramContext,
  source: (main: string, facts: SqlCase) => string,
): Program {
  const main = mainFile(files, entry, usualFile, ['.sql']);
  const env = { ...baseEnvironment(toolchain), ...toolchain.env };
  const path = `${ownFolder}/run.cjs`;
  const facts = testCase.kind === 'sql' ? testCase : { schema: '', query: undefined };
  const text = source(main, { schema: facts.schema, query: facts.query });
  const argv = [toolchain.program, ...(toolchain.options ?? []), path];
  return { argv, files: [...files, { path, text }], env, channel: true };
}

function read(testCase: Case, outcome: SandboxOutcome): Reading {
  if (testCase.kind === 'stdin') return readStdin(testCase, outcome);
  if (testCase.kind === 'sql') return readRows(testCase, outcome);
  throw unexpectedKind(testCase);
}

const frameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), value: z.custom<WireValue>() }),
  z.object({ stage: z.enum(['load', 'call']), names: z.array(z.string()), message: z.string() }),
]);

/** Holds the rows of the last result against the expected ones. */
function readRows(testCase: CaseOf<'sql'>, outcome: SandboxOutcome): Reading {
  const expected = testCase.rows;
  const frame = frameSchema.safeParse(frames(outcome).at(-1)).data;
  if (frame === undefined)
    return { verdict: 'error', reason: `no rows came back: ${howItEnded(outcome)}`, expected };
  if (frame.stage !== 'done') {
    const said = displayText(frame.message);
    if (frame.stage === 'call') return { verdict: 'error', reason: said, expected };
    return { verdict: 'unsupported', reason: `the tables of the case could not be made: ${said}`, expected };
  }
  if (frame.value === null)
    return { verdict: 'error', reason: 'the answer has no query that gives rows', expected };
  const { equal, reason } = compareRows(expected, frame.value, testCase.ordered);
  const actual = plainValue(frame.value);
  return { verdict: equal ? 'pass' : 'fail', ...(reason === undefined ? {} : { reason }), expected, actual };
}

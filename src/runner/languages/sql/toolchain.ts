import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Case, SourceFile } from '../../../core/task/task.ts';
import { compareRows } from '../../outcome/compare.ts';
import { lastLines } from '../../toolchains/detect.ts';
import { askProgram, findProgram } from '../../toolchains/findProgram.ts';
import { installRemedy } from '../../toolchains/install.ts';
import { findNode, type NodeProgram } from '../../toolchains/nodeProgram.ts';
import type { SandboxOutcome } from '../../sandbox/sandbox.ts';
import { displayText } from '../../outcome/text.ts';
import type {
  FoundToolchain,
  MissingToolchain,
  CaseProgram,
  ProgramContext,
  CaseVerdict,
  Toolchain,
} from '../../toolchains/toolchain.ts';
import { plainValue, type WireValue } from '../../outcome/value.ts';
import {
  baseEnvironment,
  frames,
  howItEnded,
  mainFile,
  readStdin,
  unexpectedKind,
  type CaseOf,
} from '../shared/shared.ts';
import { engineProgram, postgresFiles, sqliteFiles, type SqlCase } from './wrapper.ts';

const usualFile = 'main.sql';
const kinds = ['sql', 'stdin'] as const;
/** The first Node.js whose SQLite returns rows as lists. */
const withSqlite = [22, 16] as const;

const selfTest = { hello: "SELECT 'hello';", same: "SELECT 'é' AS text, 2.5, NULL, 7;" };

/** SQLite as built into Node.js, on an in-memory database. */
export const sql: Toolchain = {
  language: 'sql',
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
  program: (testCase, context) => program(testCase, context, sqliteFiles),
  read,
};

/**
 * PostgreSQL compiled to WebAssembly (PGlite). At 16 MB it is too large to ship, so it is searched in
 * `folder` and in npm's global folder, and only if a task needs it.
 */
export function createPostgres(folder: string): Toolchain {
  return {
    language: 'postgresql',
    ownMemoryBytes: 768 << 20,
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
        return { language: 'postgresql', missing, remedy: `Install it: npm install --global ${pglite}` };
      }
      const version = await node.ask(`require(${JSON.stringify(join(library, 'package.json'))}).version`);
      const toolchain = found('postgresql', 'PGlite', version ?? '(unknown version)', node);
      // Using one WebAssembly compiler instead of two halves the memory.
      const options = [...(toolchain.options ?? []), '--liftoff-only'];
      return { ...toolchain, options, readOnly: [...toolchain.readOnly, library], packages: [library] };
    },
    program: (testCase, context) =>
      program(testCase, context, (main, facts) =>
        postgresFiles(main, context.found.packages?.[0] ?? pglite, facts),
      ),
    read,
  };
}

const pglite = '@electric-sql/pglite';

/** The folders that may contain PGlite, the nearest first. */
async function libraryFolders(folder: string): Promise<string[]> {
  const npm = await findProgram('npm');
  const root = npm === undefined ? undefined : await askProgram(npm, ['root', '--global']);
  return [folder, ...(root === undefined ? [] : lastLines(root, 1))].map((each) => join(each, pglite));
}

/** MySQL does not run: another engine in its place would give wrong verdicts where the two differ. */
export const mysql: Toolchain = {
  language: 'mysql',
  mainFile: usualFile,
  kinds: [],
  reservesMemory: false,
  selfTest,
  detect: async () => ({
    language: 'mysql',
    missing: 'an engine for MySQL',
    remedy:
      'Tiebreak runs SQLite (language "sql") and PostgreSQL ("postgresql"). A query without AUTO_INCREMENT, ON DUPLICATE KEY, ' +
      'DATE_ADD, IF(), GROUP_CONCAT … SEPARATOR, comparisons that ignore case or other features that only MySQL has can be judged as one of these languages',
  }),
  program: (testCase) => {
    throw unexpectedKind(testCase);
  },
  read: (testCase) => {
    throw unexpectedKind(testCase);
  },
};

async function missingNode(language: string): Promise<MissingToolchain> {
  const remedy = await installRemedy('nodejs', {
    brew: 'node',
    winget: 'OpenJS.NodeJS',
    page: 'https://nodejs.org',
  });
  return { language, missing: 'Node.js 22.16 or later, which brings SQLite ("node" on PATH)', remedy };
}

function found(language: string, name: string, version: string, node: NodeProgram): FoundToolchain {
  const { program: path, readOnly, env, options } = node;
  const quiet = ['--disable-warning=ExperimentalWarning'];
  return { language, name, version, program: path, readOnly, env, options: [...options, ...quiet] };
}

function program(
  testCase: Case,
  { found: toolchain, files, entry }: ProgramContext,
  engineFiles: (main: string, facts: SqlCase) => readonly SourceFile[],
): CaseProgram {
  const main = mainFile(files, entry, usualFile, ['.sql']);
  const env = { ...baseEnvironment(toolchain), ...toolchain.env };
  const facts = testCase.kind === 'sql' ? testCase : { schema: '', query: undefined };
  const own = engineFiles(main, { schema: facts.schema, query: facts.query });
  const argv = [toolchain.program, ...(toolchain.options ?? []), engineProgram];
  return { argv, files: [...files, ...own], env, channel: true };
}

function read(testCase: Case, outcome: SandboxOutcome): CaseVerdict {
  if (testCase.kind === 'stdin') return readStdin(testCase, outcome);
  if (testCase.kind === 'sql') return readRows(testCase, outcome);
  throw unexpectedKind(testCase);
}

const frameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), value: z.custom<WireValue>() }),
  z.object({ stage: z.enum(['load', 'call']), names: z.array(z.string()), message: z.string() }),
]);

/** Compares the rows of the last result with the expected rows. */
function readRows(testCase: CaseOf<'sql'>, outcome: SandboxOutcome): CaseVerdict {
  const expected = testCase.rows;
  const frame = frameSchema.safeParse(frames(outcome).at(-1)).data;
  if (frame === undefined)
    return { verdict: 'error', reason: `the query returned no rows: ${howItEnded(outcome)}`, expected };
  if (frame.stage !== 'done') {
    const said = displayText(frame.message);
    if (frame.stage === 'call') return { verdict: 'error', reason: said, expected };
    return {
      verdict: 'unsupported',
      reason: `the tables of the case could not be created: ${said}`,
      expected,
    };
  }
  if (frame.value === null)
    return { verdict: 'error', reason: 'the answer has no query that returns rows', expected };
  const { equal, reason } = compareRows(expected, frame.value, testCase.ordered);
  const actual = plainValue(frame.value);
  return { verdict: equal ? 'pass' : 'fail', ...(reason === undefined ? {} : { reason }), expected, actual };
}

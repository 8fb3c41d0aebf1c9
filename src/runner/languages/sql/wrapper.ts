import type { SourceFile } from '../../../core/task/task.ts';
import { programText } from '../../programText.ts';
import { ownFolder } from '../shared/shared.ts';

/** Splits scripts into statements, and sends rows: a Node.js module that the engine programs load. */
export const statementsModule: SourceFile = {
  path: `${ownFolder}/statements.cjs`,
  text: programText(import.meta.url, './wrapper/statements.cjs'),
};
const sqlite = programText(import.meta.url, './wrapper/sqlite.cjs');
const postgres = programText(import.meta.url, './wrapper/postgres.cjs');

/** The path of the engine's program, to be started with Node.js. */
export const engineProgram = `${ownFolder}/run.cjs`;

/**
 * A case's additions to the answer: the statements that create the tables, and a query that replaces the
 * answer's last query.
 */
export interface SqlCase {
  readonly schema: string;
  readonly query: string | undefined;
}

/** The files that run an answer in SQLite, in memory, inside Node.js. */
export function sqliteFiles(main: string, { schema, query }: SqlCase): SourceFile[] {
  return filesOf(sqlite, { main, schema, query: query ?? null });
}

/**
 * The files that run an answer in PostgreSQL compiled to WebAssembly; `library` is the folder of the package.
 */
export function postgresFiles(main: string, library: string, { schema, query }: SqlCase): SourceFile[] {
  return filesOf(postgres, { main, library: `${library}/dist/index.cjs`, schema, query: query ?? null });
}

function filesOf(program: string, given: object): SourceFile[] {
  return [
    statementsModule,
    { path: engineProgram, text: program },
    { path: `${ownFolder}/case.json`, text: JSON.stringify(given) },
  ];
}

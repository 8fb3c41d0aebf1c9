import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import { splitting } from '../runner/languages/sql-wrapper.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { pathsOf } from './localCheck.ts';
import { placesIn } from './places.ts';
import { runTool, type MissingTool, type Workbench } from './tool.ts';

/**
 * Parses SQL and binds its names to the tables of the task, in SQLite inside Node.js. Without tables to bind to, only
 * what does not parse is said, and functions that do not exist.
 */
export function createSqlite(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  const path = '.tiebreak/check.cjs';
  return {
    id: 'sqlite',
    languages: ['sql'],
    check: (request, signal) =>
      runTool(
        'sqlite',
        bench,
        request,
        async (files) => {
          const found = await find();
          if ('missing' in found) return found;
          const { program, options = [], version, readOnly, env = {} } = found;
          const text = checker(request.schema, pathsOf(files, ['.sql']));
          return {
            version,
            argv: [program, ...options, path],
            files: [...files, { path, text }],
            readOnly,
            env,
            reservesMemory: true,
            read: ({ stdout }) => readOutput(stdout, files, request.schema !== undefined),
          };
        },
        signal,
      ),
  };
}

const outputSchema = z.array(
  z.object({ file: z.string(), line: z.int(), column: z.int().optional(), message: z.string() }),
);

type Files = Parameters<typeof placesIn>[0];

function readOutput(stdout: string, files: Files, hasTables: boolean): Diagnostic[] {
  const places = placesIn(files);
  return outputSchema
    .parse(JSON.parse(stdout))
    .filter(({ message }) => hasTables || !/no such (?:table|column|index|view|trigger)/.test(message))
    .map(({ file, line, column, message }) => {
      const isSyntax = /syntax error|incomplete input|unrecognized token/.test(message);
      // What stands in double quotes is a text in some dialects; in SQLite it is a name.
      const isQuoted = /should this be a string literal/.test(message);
      const isUnknown = !isQuoted && /no such |has no column named/.test(message);
      return {
        file,
        range: places.at(file, line, column),
        severity: 'error',
        code: isSyntax ? 'syntax' : isUnknown ? 'unknown' : 'bind',
        message,
        source: 'sqlite',
        category: isSyntax ? 'syntax' : isUnknown ? 'unknown-api' : 'type',
      };
    });
}

/** Statements that give rows are only prepared; others are run, for those after them to see what they make. */
function checker(schema: string | undefined, paths: readonly string[]): string {
  return `${splitting}const schema = ${JSON.stringify(schema ?? '')}, paths = ${JSON.stringify(paths)};${String.raw`
const { DatabaseSync } = require('node:sqlite');
const found = [];
for (const file of paths) {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  try {
    database.exec(schema);
  } catch {}
  const script = readFileSync(file, 'utf8');
  let from = 0;
  for (const text of statements(script)) {
    const start = script.indexOf(text, from);
    from = start + text.length;
    try {
      const statement = database.prepare(text);
      if (statement.columns().length === 0) statement.run();
    } catch (error) {
      const message = String(error.message);
      if (/constraint failed|cannot start a transaction|no transaction is active/.test(message)) continue;
      found.push({ file, message, ...place(script, start, text, message) });
    }
  }
}
process.stdout.write(JSON.stringify(found));
// SQLite names what it stumbled over; the last part of a dotted name is what stands there.
function place(script, start, text, message) {
  const name = /near "([^"]+)"|no such [\w ]+: (\S+)|has no column named (\S+)/.exec(message)?.slice(1).find(Boolean);
  const lead = text.length - text.trimStart().length;
  const at = name === undefined ? -1 : blanked(text).indexOf(name);
  const before = script.slice(0, start + (at < 0 ? lead : at)).split('\n');
  return { line: before.length, ...(at < 0 ? {} : { column: before.at(-1).length + 1 }) };
}
// Comments blanked, so that places stay.
function blanked(text) {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
}
`}`;
}

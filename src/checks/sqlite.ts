import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import { statementsModule } from '../runner/languages/sql/wrapper.ts';
import { programText } from '../runner/programText.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { pathsOf } from './localCheck.ts';
import { rangesIn } from './ranges.ts';
import { runTool, type MissingTool, type Workbench } from './tool.ts';

const script = programText(import.meta.url, './scripts/sqlite.cjs');

/**
 * Parses SQL and binds its names to the tables of the task, in SQLite inside Node.js. Without tables, reports
 * only syntax errors and unknown functions.
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
          const given = { schema: request.schema ?? '', paths: pathsOf(files, ['.sql']) };
          return {
            version,
            argv: [program, ...options, path],
            files: [
              ...files,
              statementsModule,
              { path, text: script },
              { path: '.tiebreak/check.json', text: JSON.stringify(given) },
            ],
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

type Files = Parameters<typeof rangesIn>[0];

function readOutput(stdout: string, files: Files, hasTables: boolean): Diagnostic[] {
  const ranges = rangesIn(files);
  return outputSchema
    .parse(JSON.parse(stdout))
    .filter(({ message }) => hasTables || !/no such (?:table|column|index|view|trigger)/.test(message))
    .map(({ file, line, column, message }) => {
      const isSyntax = /syntax error|incomplete input|unrecognized token/.test(message);
      // Text in double quotes is a string in some dialects but a name in SQLite.
      const isQuoted = /should this be a string literal/.test(message);
      const isUnknown = !isQuoted && /no such |has no column named/.test(message);
      const isFunction = message.includes('no such function');
      return {
        file,
        range: ranges.at(file, line, column),
        severity: 'error',
        code: isSyntax ? 'syntax' : isUnknown ? 'unknown' : 'bind',
        message,
        source: 'sqlite',
        category: isSyntax ? 'syntax' : isUnknown ? (isFunction ? 'unknown-api' : 'other') : 'type',
      };
    });
}

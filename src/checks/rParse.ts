import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { programText } from '../runner/programText.ts';
import { findingsIn } from './findingLines.ts';
import { localCheck } from './localCheck.ts';
import { rangesIn } from './ranges.ts';
import { masked } from './silencing.ts';
import type { MissingTool, Workbench } from './tool.ts';

const script = programText(import.meta.url, './scripts/parse.R');

/** R's own parser, and its `codetools`, which finds calls of functions that no attached package defines. */
export function createRParse(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  const path = '.tiebreak/check.R';
  return localCheck(bench, {
    id: 'R parse',
    languages: ['r'],
    extensions: ['.r'],
    find,
    over: (found, files, paths) => ({
      argv: [found.program, '--vanilla', path, ...paths],
      files: [...masked(files, /(?<=^#)line(?=\s)/gm), { path, text: script }],
      read: ({ stdout }) => readLines(stdout, files),
    }),
  });
}

const lineSchema = z.tuple([
  z.string(),
  z.coerce.number().int(),
  z.coerce.number().int(),
  z.enum(['syntax', 'unknown', 'doubtful', 'absent']),
  z.string(),
]);

/** Parses lines of FILE, LINE, COLUMN, kind and message, separated by tabs. */
function readLines(stdout: string, files: readonly SourceFile[]): Diagnostic[] {
  const ranges = rangesIn(files);
  return findingsIn(stdout, (line): Diagnostic[] => {
    if (!line.startsWith('tiebreak\t')) return [];
    const [file, row, column, kind, message] = lineSchema.parse(line.split('\t').slice(1));
    const isSyntax = kind === 'syntax';
    return [
      {
        file,
        range: ranges.at(file, row, column > 0 ? column : undefined),
        severity: kind === 'unknown' || isSyntax ? 'error' : 'info',
        code: kind,
        message,
        source: 'R',
        category: isSyntax ? 'syntax' : 'unknown-api',
      },
    ];
  });
}

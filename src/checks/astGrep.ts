import { join } from 'node:path';
import * as z from 'zod';
import { diagnosticSchema, severities, type Diagnostic } from '../core/run/diagnostic.ts';
import type { Check } from './check.ts';
import { ownProgram } from './ownProgram.ts';
import { patternCategories } from './patternRules.ts';
import type { CheckParts } from './shippedTool.ts';
import { runTool } from './tool.ts';

/** Finds unsafe code, and code that games its tests, with our own rules over the syntax tree. */
export function createAstGrep(parts: CheckParts): Check {
  // ESLint needs TypeScript, and shares the process.
  const typescript = join(parts.checkersDir, 'typescript-checker');
  return {
    id: 'ast-grep',
    languages: [
      'python',
      'javascript',
      'typescript',
      'java',
      'go',
      'c',
      'cpp',
      'ruby',
      'php',
      'rust',
      'sql',
      'bash',
    ],
    check: (request, signal) =>
      runTool(
        'ast-grep',
        parts.bench,
        request,
        (files) =>
          ownProgram(parts, {
            name: 'patterns',
            files,
            warm: 'lint',
            readOnly: [typescript],
            read: readOutput,
          }),
        signal,
      ),
  };
}

const outputSchema = z.array(
  z.object({
    file: z.string(),
    range: diagnosticSchema.shape.range,
    id: z.string(),
    category: z.enum(patternCategories),
    cwe: z.string().optional(),
    severity: z.enum(severities),
    message: z.string(),
  }),
);

function readOutput(stdout: string): Diagnostic[] {
  return outputSchema
    .parse(JSON.parse(stdout))
    .map(({ file, range, id, category, cwe, severity, message }) => ({
      file,
      range,
      severity,
      code: id,
      message: cwe === undefined ? message : `${message} (${cwe})`,
      source: 'ast-grep',
      category,
    }));
}

import { join } from 'node:path';
import * as z from 'zod';
import { diagnosticSchema, type Diagnostic } from '../core/run/diagnostic.ts';
import type { Check } from './check.ts';
import { ownProgram } from './ownProgram.ts';
import type { CheckParts } from './shippedTool.ts';
import { runTool } from './tool.ts';

/** ESLint's correctness rules, for JavaScript, and for TypeScript after its types are removed. */
export function createEslint(parts: CheckParts): Check {
  const typescript = join(parts.checkersDir, 'typescript-checker');
  return {
    id: 'eslint',
    languages: ['javascript', 'typescript'],
    check: (request, signal) =>
      runTool(
        'eslint',
        parts.bench,
        request,
        (files) =>
          ownProgram(parts, {
            name: 'eslint',
            arguments: [typescript],
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
  z.object({ file: z.string(), range: diagnosticSchema.shape.range, rule: z.string(), message: z.string() }),
);

function readOutput(stdout: string): Diagnostic[] {
  return outputSchema.parse(JSON.parse(stdout)).map(({ file, range, rule, message }) => ({
    file,
    range,
    severity: 'warning',
    code: rule,
    message,
    source: 'eslint',
    category: 'other',
  }));
}

import { join } from 'node:path';
import * as z from 'zod';
import { diagnosticSchema, type Diagnostic } from '../core/run/diagnostic.ts';
import type { Check } from './check.ts';
import { ownProgram } from './ownProgram.ts';
import type { CheckParts } from './shippedTool.ts';
import { runTool } from './tool.ts';

/** Errors about unknown members and modules. If they belong to a library, the answer made them up. */
const unknownMember = new Set([2305, 2307, 2339, 2459, 2551, 2614, 2694, 2724]);

/** Errors about names that nothing declares. */
const undefinedName = new Set([2304, 2503, 2552]);

/**
 * Errors such as "possibly null", "used before being assigned" or "not initialized" are warnings, since the code may be
 * right.
 */
const warnings = new Set([2454, 2531, 2532, 2533, 2564, 2721, 2722, 2723, 18046, 18047, 18048, 18049]);

/**
 * The TypeScript errors that also apply to plain JavaScript, where types are inferred, and their severity
 * there.
 */
const inJavaScript = new Map<number, Diagnostic['severity']>([
  ...[2304, 2305, 2307, 2448, 2551, 2552, 2588, 2724, 18004].map((code) => [code, 'error'] as const),
  ...[2300, 2451, 2349, 2351].map((code) => [code, 'error'] as const),
  ...[2339, 2554, 2555, 2345, 2362, 2363].map((code) => [code, 'warning'] as const),
]);

/** Types to which JavaScript code adds members at run time, and DOM types that are too general to check. */
const openTypes =
  /on type '(?:\{.*\}|Object|object|unknown|never|EventTarget|Element|HTMLElement|Node|Window.*|typeof globalThis|Function|\(.*|Event|Error)'/;

/** Type-checks TypeScript as `tsc --strict` does, and JavaScript as far as is possible without annotations. */
export function createTypeScriptCheck(parts: CheckParts): Check {
  const folders = ['typescript-checker', '@types/node', 'undici-types'].map((name) =>
    join(parts.checkersDir, name),
  );
  return {
    id: 'typescript',
    languages: ['javascript', 'typescript'],
    check: (request, signal) =>
      runTool(
        'typescript',
        parts.bench,
        request,
        (files) =>
          ownProgram(parts, {
            name: 'typescript',
            arguments: folders,
            files,
            warm: 'typescript',
            readOnly: folders,
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
    code: z.int(),
    message: z.string(),
    /** Whether the member or module belongs to the answer itself. */
    isOwn: z.boolean(),
  }),
);

function readOutput(stdout: string): Diagnostic[] {
  return outputSchema
    .parse(JSON.parse(stdout))
    .map(({ file, range, code, message, isOwn }): Diagnostic | undefined => {
      const severity = severityOf(file, code, message);
      if (severity === undefined) return undefined;
      return {
        file,
        range,
        severity,
        code: `TS${code}`,
        message: explained(message, code, severity),
        source: 'typescript',
        category: categoryOf(code, isOwn),
      };
    })
    .filter((diagnostic) => diagnostic !== undefined);
}

/** `undefined` for an error that should not be reported for this file. */
function severityOf(file: string, code: number, message: string): Diagnostic['severity'] | undefined {
  if (code === 2307 && isPackage(message)) return 'info';
  // "Cannot find name 'describe'": a function of a test runner.
  if (code === 2582 || code === 2593) return 'info';
  if (isSyntax(code)) return 'error';
  if (!/\.[mc]?jsx?$/.test(file)) {
    if (isImplicitAny(code)) return 'info';
    return warnings.has(code) ? 'warning' : 'error';
  }
  return code === 2339 && openTypes.test(message) ? undefined : inJavaScript.get(code);
}

/** A bare module name that is not part of Node.js: the package may exist but is not installed here. */
function isPackage(message: string): boolean {
  return !/'(?:\.{0,2}\/|\.{1,2}'|node:)/.test(message);
}

/** Codes 7xxx: a missing annotation; the code itself may be right. */
function isImplicitAny(code: number): boolean {
  return code >= 7000 && code < 8000;
}

/** Codes 8xxx: syntax that is only allowed in TypeScript files. */
function isSyntax(code: number): boolean {
  return (code >= 1000 && code < 2000) || (code >= 8000 && code < 9000) || (code >= 17_000 && code < 18_000);
}

function categoryOf(code: number, isOwn: boolean): Diagnostic['category'] {
  if (isSyntax(code)) return 'syntax';
  if (undefinedName.has(code)) return 'other';
  return unknownMember.has(code) && !isOwn ? 'unknown-api' : 'type';
}

function explained(message: string, code: number, severity: Diagnostic['severity']): string {
  return code === 2307 && severity === 'info'
    ? `${message} It is not installed here, or does not exist.`
    : message;
}

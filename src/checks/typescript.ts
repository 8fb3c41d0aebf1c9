import { join } from 'node:path';
import * as z from 'zod';
import { diagnosticSchema, type Diagnostic } from '../core/diagnostic.ts';
import type { Check } from './check.ts';
import { shippedTool, shippedVersion, type CheckParts } from './shippedTool.ts';
import { runTool } from './tool.ts';

/** Names, members and modules that do not exist: what an answer has made up. */
const unknownApi = new Set([2304, 2305, 2307, 2339, 2459, 2503, 2551, 2552, 2614, 2694, 2724]);

/** "Possibly null", "possibly undefined", "used before being assigned": a doubt, not a fault. */
const doubts = new Set([2454, 2531, 2532, 2533, 2721, 2722, 2723, 18046, 18047, 18048, 18049]);

/** What TypeScript can be believed in of plain JavaScript, where types are guesses, and how loudly to say it. */
const inJavaScript = new Map<number, Diagnostic['severity']>([
  ...[2304, 2305, 2307, 2448, 2551, 2552, 2588, 2724, 18004].map((code) => [code, 'error'] as const),
  ...[2300, 2451, 2349, 2351].map((code) => [code, 'error'] as const),
  ...[2339, 2554, 2555, 2345, 2362, 2363].map((code) => [code, 'warning'] as const),
]);

/** Types to which JavaScript adds members as it goes, and those of the DOM that are too wide to tell. */
const openTypes =
  /on type '(?:\{.*\}|Object|object|unknown|never|EventTarget|Element|HTMLElement|Node|Window.*|typeof globalThis|Function|\(.*|Event|Error)'/;

/** Type-checks TypeScript, and JavaScript as far as it can be without annotations. */
export function createTypeScriptCheck(parts: CheckParts): Check {
  const library = join(parts.checkersDir, 'typescript-checker');
  const nodeTypes = join(parts.checkersDir, '@types/node');
  const undiciTypes = join(parts.checkersDir, 'undici-types');
  const script = '.tiebreak/check.cjs';
  return {
    id: 'typescript',
    languages: ['javascript', 'typescript'],
    check: (request, signal) =>
      runTool(
        'typescript',
        parts.bench,
        request,
        async (files) =>
          shippedTool(parts, {
            version: await shippedVersion(parts, 'typescript-checker'),
            arguments: [script],
            files: [...files, { path: script, text: checker({ library, nodeTypes, undiciTypes }) }],
            readOnly: [library, nodeTypes, undiciTypes],
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
  }),
);

function readOutput(stdout: string): Diagnostic[] {
  return outputSchema
    .parse(JSON.parse(stdout))
    .map(({ file, range, code, message }): Diagnostic | undefined => {
      const severity = severityOf(file, code, message);
      if (severity === undefined) return undefined;
      return {
        file,
        range,
        severity,
        code: `TS${code}`,
        message: explained(message, code, severity),
        source: 'typescript',
        category: categoryOf(code),
      };
    })
    .filter((diagnostic) => diagnostic !== undefined);
}

/** `undefined` for what is better not said of this file. */
function severityOf(file: string, code: number, message: string): Diagnostic['severity'] | undefined {
  if (code === 2307 && isPackage(message)) return 'info';
  // "Cannot find name 'describe'": the functions of a test runner.
  if (code === 2582 || code === 2593) return 'info';
  if (isSyntax(code)) return 'error';
  if (!/\.[mc]?jsx?$/.test(file)) return doubts.has(code) ? 'warning' : 'error';
  return code === 2339 && openTypes.test(message) ? undefined : inJavaScript.get(code);
}

/** A bare module name that is no part of Node.js: it may well exist, and is only not installed here. */
function isPackage(message: string): boolean {
  return !/'(?:\.{0,2}\/|\.{1,2}'|node:)/.test(message);
}

/** 8xxx: what only TypeScript files may contain. */
function isSyntax(code: number): boolean {
  return (code >= 1000 && code < 2000) || (code >= 8000 && code < 9000) || (code >= 17_000 && code < 18_000);
}

function categoryOf(code: number): Diagnostic['category'] {
  if (isSyntax(code)) return 'syntax';
  return unknownApi.has(code) ? 'unknown-api' : 'type';
}

function explained(message: string, code: number, severity: Diagnostic['severity']): string {
  return code === 2307 && severity === 'info'
    ? `${message} It is not installed here, or does not exist.`
    : message;
}

/**
 * The program that checks every file of the scratch folder. Types as strictly as an answer can be held to without being
 * asked for annotations: no complaints of an implicit `any`. Each file is a module of its own, so that two files may
 * use a name twice, and an answer's `name` is not the browser's.
 */
function checker(folders: { library: string; nodeTypes: string; undiciTypes: string }): string {
  return `
const { readdirSync, writeSync } = require('node:fs');
const { join, relative } = require('node:path');
const { library, nodeTypes, undiciTypes } = ${JSON.stringify(folders)};
const ts = require(join(library, 'lib/typescript.js'));
const isSource = (path) => /\\.[mc]?[jt]sx?$/.test(path) && !/(^|\\/)(node_modules|\\.tiebreak)\\//.test(path);
const files = readdirSync('.', { recursive: true }).map(String).filter(isSource);
const options = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  paths: { 'undici-types': [join(undiciTypes, 'index.d.ts')], 'undici-types/*': [join(undiciTypes, '*')] },
  strict: true,
  noImplicitAny: false,
  noImplicitThis: false,
  strictPropertyInitialization: false,
  useUnknownInCatchVariables: false,
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.Preserve,
  skipLibCheck: true,
  noEmit: true,
};
const program = ts.createProgram([...files, join(nodeTypes, 'index.d.ts')], options);
const found = [];
for (const file of files) {
  const source = program.getSourceFile(file);
  for (const diagnostic of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const { start = 0, length = 0, code, messageText } = diagnostic;
    const from = source.getLineAndCharacterOfPosition(start);
    const to = source.getLineAndCharacterOfPosition(start + length);
    found.push({
      file: relative(process.cwd(), source.fileName).replace(/^.*\\.\\.\\//, ''),
      range: {
        startLine: from.line + 1,
        startColumn: from.character + 1,
        endLine: to.line + 1,
        endColumn: to.character + 1,
      },
      code,
      message: ts.flattenDiagnosticMessageText(messageText, '\\n'),
    });
  }
}
let bytes = Buffer.from(JSON.stringify(found));
while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
`;
}

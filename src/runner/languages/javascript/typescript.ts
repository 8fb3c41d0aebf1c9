import { join } from 'node:path';
import * as z from 'zod';
import type { FullLimits, SourceFile } from '../../core/task.ts';
import type { SandboxFile, SandboxOutcome } from '../sandbox.ts';
import { displayText } from '../text.ts';
import type { Compiled, Toolchain } from '../toolchain.ts';
import { detectNode, nodeProgram, unitPrograms } from './javascript.ts';
import { readScript } from './scripting.ts';
import { baseEnvironment, frames, howItEnded, mainFile, ownFolder } from './shared.ts';

const usualFile = 'main.ts';
const extensions = ['.ts', '.mts', '.cts', '.tsx'];

/** TypeScript takes a second of processor; what is beyond this is an attack on it. */
const compileLimits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 90_000,
  memoryBytes: 1 << 30,
  processes: 16,
  fileBytes: 64 << 20,
  outputBytes: 4 << 20,
};

/**
 * TypeScript on Node.js: types are taken away by the TypeScript that ships with Tiebreak (`checkersDir`), in a sandbox.
 * Types are not checked here; what the checker says of them is a diagnostic, not a failed case.
 */
export function createTypeScript(checkersDir: string): Toolchain {
  return {
    language: 'typescript',
    aliases: ['ts', 'mts', 'cts', 'tsx'],
    mainFile: usualFile,
    kinds: ['call', 'stdin', 'unit', 'command'],
    reservesMemory: true,
    selfTest: { hello: 'console.log("hello" as string)', same: 'export const same = <T>(x: T): T => x;' },
    detect: () => detectNode('typescript'),
    compile: (files, context) => transpile(checkersDir, files, context),
    program: (testCase, context) =>
      nodeProgram(testCase, { ...context, entry: compiledEntry(context.entry) }),
    read: readScript,
  };
}

type CompileContext = Parameters<NonNullable<Toolchain['compile']>>[1];

async function transpile(
  checkersDir: string,
  files: readonly SourceFile[],
  { found, sandbox, cases, entry, signal }: CompileContext,
): Promise<Compiled> {
  const library = join(checkersDir, 'typescript-checker', 'lib');
  const sources = [...files, ...testSources(files, cases, entry)].filter((file) => isTypeScript(file.path));
  const script = `${ownFolder}/transpile.cjs`;
  const outcome = await sandbox.run(
    {
      argv: [found.program, script],
      files: [
        ...sources,
        {
          path: script,
          text: transpiler(
            library,
            sources.map((file) => file.path),
          ),
        },
      ],
      env: { ...baseEnvironment(found), ...found.env },
      readOnly: [...found.readOnly, library],
      limits: compileLimits,
      channel: true,
      reservesMemory: true,
      collect: sources.map((file) => compiledPath(file.path)),
    },
    signal,
  );
  const problems = outcome.end === 'exit' ? readProblems(outcome, files) : undefined;
  if (problems === undefined) return { ok: false, outcome, reason: outcome.reason ?? howItEnded(outcome) };
  if (problems.length > 0) return { ok: false, outcome, reason: displayText(problems.join('\n')) };
  const untouched: SandboxFile[] = files.filter((file) => !isTypeScript(file.path));
  const compiled = [...outcome.collected].map(([path, bytes]) => ({ path, bytes }));
  return { ok: true, files: [...untouched, ...compiled] };
}

/** The whole programs of the `unit` cases: types in tests go the same way as the answer's. */
function testSources(
  files: readonly SourceFile[],
  cases: CompileContext['cases'],
  entry: string | undefined,
): SourceFile[] {
  const main = mainFile(files, entry, usualFile, extensions);
  const text = files.find((file) => file.path === main)?.text ?? '';
  return cases.flatMap((testCase) =>
    testCase.kind === 'unit' ? unitPrograms(testCase, main, text, entry) : [],
  );
}

const problemSchema = z.object({ file: z.string(), line: z.number(), message: z.string() });

/** Syntax errors in the answer's own files; `undefined` when the transpiler did not come to its end. */
function readProblems(outcome: SandboxOutcome, files: readonly SourceFile[]): string[] | undefined {
  if (outcome.exit !== 0) return undefined;
  const own = new Set(files.map((file) => file.path));
  return frames(outcome)
    .map((frame) => problemSchema.safeParse(frame).data)
    .filter((problem) => problem !== undefined && own.has(problem.file))
    .map((problem) => `${problem!.file}:${problem!.line}: ${problem!.message}`);
}

function isTypeScript(path: string): boolean {
  return extensions.some((extension) => path.endsWith(extension)) && !path.endsWith('.d.ts');
}

function compiledEntry(entry: string | undefined): string | undefined {
  return entry !== undefined && isTypeScript(entry) ? compiledPath(entry) : entry;
}

/** `a.ts` → `a.js`, `a.mts` → `a.mjs`, `a.cts` → `a.cjs`, `a.tsx` → `a.js`. */
function compiledPath(path: string): string {
  return path.replace(/\.([mc]?)tsx?$/, '.$1js');
}

/**
 * CommonJS, so that files find each other without extensions as they do for TypeScript; a module where the file waits at
 * its top level or asks `import.meta`, which only modules can.
 */
function transpiler(library: string, paths: readonly string[]): string {
  return `
const { readFileSync, writeFileSync, writeSync } = require('node:fs');
const ts = require(${JSON.stringify(join(library, 'typescript.js'))});
const compiledPath = (path) => path.replace(/\\.([mc]?)tsx?$/, '.$1js');
for (const path of ${JSON.stringify(paths)}) {
  const source = readFileSync(path, 'utf8');
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const module = path.endsWith('.mts') || needsModule(tree) ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
  const options = {
    module,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
    jsx: ts.JsxEmit.React,
    rewriteRelativeImportExtensions: true,
  };
  const { outputText, diagnostics } = ts.transpileModule(source, { compilerOptions: options, fileName: path, reportDiagnostics: true });
  for (const { start, messageText, category } of diagnostics) {
    if (category !== ts.DiagnosticCategory.Error) continue;
    const line = tree.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    writeSync(3, JSON.stringify({ file: path, line, message: ts.flattenDiagnosticMessageText(messageText, ' ') }) + '\\n');
  }
  writeFileSync(compiledPath(path), outputText);
}
function needsModule(node) {
  if (ts.isFunctionLike(node) || ts.isClassDeclaration(node)) return /import\\.meta/.test(node.getText());
  if (ts.isAwaitExpression(node) || ts.isMetaProperty(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
  return ts.forEachChild(node, (child) => needsModule(child) || undefined) ?? false;
}
`;
}

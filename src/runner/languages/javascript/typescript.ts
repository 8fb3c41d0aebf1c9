import { join } from 'node:path';
import * as z from 'zod';
import type { FullLimits, SourceFile } from '../../../core/task/task.ts';
import { programText } from '../../programText.ts';
import type { SandboxFile, SandboxOutcome } from '../../sandbox/sandbox.ts';
import { displayText } from '../../outcome/text.ts';
import type { Compiled, Toolchain } from '../../toolchains/toolchain.ts';
import { nodeControls } from './control.ts';
import { detectNode, nodeDriver, nodeProgram, unitPrograms } from './toolchain.ts';
import { readScript } from '../shared/scripting.ts';
import { baseEnvironment, frames, howItEnded, mainFile, ownFolder } from '../shared/shared.ts';

const usualFile = 'main.ts';
const transpiler = programText(import.meta.url, './wrapper/transpile.cjs');
const extensions = ['.ts', '.mts', '.cts', '.tsx'];

/**
 * TypeScript takes about a second of CPU time; an answer that needs more than this is treated as an attack.
 */
const compileLimits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 300_000,
  memoryBytes: 1 << 30,
  stackBytes: 1 << 30,
  processes: 16,
  fileBytes: 64 << 20,
  outputBytes: 4 << 20,
};

/**
 * TypeScript on Node.js. The TypeScript that ships with Tiebreak (`checkersDir`) removes the types, in a
 * sandbox. It does not check them: type errors are diagnostics, not failed cases.
 */
export function createTypeScript(checkersDir: string): Toolchain {
  return {
    language: 'typescript',
    mainFile: usualFile,
    kinds: ['call', 'stdin', 'unit', 'command'],
    reservesMemory: true,
    selfTest: { hello: 'console.log("hello" as string)', same: 'export const same = <T>(x: T): T => x;' },
    controls: nodeControls,
    detect: () => detectNode('typescript'),
    compile: (files, context) => transpile(checkersDir, files, context),
    driver: (testCase, context) => nodeDriver(testCase, { ...context, entry: compiledEntry(context.entry) }),
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
  const given = { library: join(library, 'typescript.js'), paths: sources.map((file) => file.path) };
  const outcome = await sandbox.run(
    {
      argv: [found.program, `${ownFolder}/transpile.cjs`],
      files: [
        ...sources,
        { path: `${ownFolder}/transpile.cjs`, text: transpiler },
        { path: `${ownFolder}/transpile.json`, text: JSON.stringify(given) },
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

/** The complete programs of the `unit` cases: their types are removed in the same way as the answer's. */
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

/** Syntax errors in the answer's own files; `undefined` if the transpiler did not finish. */
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

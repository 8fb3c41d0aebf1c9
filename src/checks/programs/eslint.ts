import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { join } from 'node:path';
import { Linter } from 'eslint/universal';
import type * as TypeScript from 'typescript-checker';
import type { Program } from './shared/program.ts';

// Applies ESLint's correctness rules to every script in the working folder. The argument is the folder of the TypeScript
// that removes the types.

export const check: Program = ([library = '']) => {
  const files = readdirSync('.', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]sx?$/.test(entry.name))
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/^(?:\.\/)+/, ''))
    .filter((file) => !file.endsWith('.d.ts'))
    .toSorted();
  return JSON.stringify(files.flatMap((file) => lint(file, library)));
};

/**
 * ESLint's recommended rules about mistakes that the type checker does not report, and four more such rules.
 */
const rules = `
  array-callback-return constructor-super for-direction getter-return no-async-promise-executor no-class-assign
  no-compare-neg-zero no-cond-assign no-constant-binary-expression no-constant-condition no-control-regex no-debugger
  no-delete-var no-dupe-args no-dupe-class-members no-dupe-else-if no-dupe-keys no-duplicate-case
  no-empty-character-class no-empty-pattern no-ex-assign no-fallthrough no-global-assign no-invalid-regexp
  no-loss-of-precision no-misleading-character-class no-new-native-nonconstructor no-obj-calls
  no-promise-executor-return no-self-assign no-self-compare no-setter-return no-shadow-restricted-names
  no-sparse-arrays no-template-curly-in-string no-this-before-super no-unexpected-multiline no-unreachable
  no-unreachable-loop no-unsafe-finally no-unsafe-negation no-unsafe-optional-chaining no-unused-labels
  no-unused-private-class-members no-useless-backreference no-useless-catch no-with require-yield use-isnan
  valid-typeof`
  .trim()
  .split(/\s+/);

/** `while (true)` is the usual way to write an endless loop. */
const options: Readonly<Record<string, readonly object[]>> = {
  'no-constant-condition': [{ checkLoops: false }],
};

interface Found {
  readonly file: string;
  readonly range: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  readonly rule: string;
  readonly message: string;
}

const linter = new Linter({ configType: 'flat' });

function lint(file: string, library: string): Found[] {
  const text = readFileSync(file, 'utf8');
  const { code, places } = isTyped(file)
    ? withoutTypes(file, text, library)
    : { code: text, places: undefined };
  const config: Linter.Config = {
    rules: Object.fromEntries(rules.map((rule) => [rule, [2, ...(options[rule] ?? [])]])),
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    languageOptions: {
      sourceType: /\.c[jt]s$/.test(file) || !/^\s*(?:import|export)\b/m.test(code) ? 'commonjs' : 'module',
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  };
  const messages = linter.verify(code, config, { filename: 'answer.js', allowInlineConfig: false });
  return messages
    .filter(({ ruleId }) => ruleId !== null)
    .map(({ ruleId, message, line, column, endLine = line, endColumn = column + 1 }) => {
      const start = places?.(line, column) ?? { line, column };
      const end = places?.(endLine, endColumn) ?? { line: endLine, column: endColumn };
      const isBefore = end.line < start.line || (end.line === start.line && end.column <= start.column);
      return {
        file,
        range: {
          startLine: start.line,
          startColumn: start.column,
          endLine: isBefore ? start.line : end.line,
          endColumn: isBefore ? start.column + 1 : end.column,
        },
        rule: ruleId!,
        message,
      };
    });
}

const isTyped = (file: string): boolean => /\.[mc]?tsx?$/.test(file);

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The script that TypeScript makes of a file, and the mapping from its positions to those of the file. */
function withoutTypes(
  file: string,
  text: string,
  library: string,
): { code: string; places: (line: number, column: number) => Position | undefined } {
  const ts = createRequire(import.meta.url)(join(library, 'lib/typescript.js')) as typeof TypeScript;
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.Preserve,
      jsx: ts.JsxEmit.Preserve,
      sourceMap: true,
      experimentalDecorators: true,
    },
  });
  const map = new SourceMap(JSON.parse(sourceMapText ?? '{}') as ConstructorParameters<typeof SourceMap>[0]);
  return {
    code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ''),
    places: (line, column) => {
      const entry = map.findEntry(line - 1, column - 1);
      return 'originalLine' in entry
        ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
        : undefined;
    },
  };
}

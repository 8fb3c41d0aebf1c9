import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type * as TypeScript from 'typescript-checker';
import type { Program } from './shared/program.ts';

// Checks every file of the working folder: TypeScript as `tsc --strict` does, JavaScript without the strict options,
// because code without annotations cannot satisfy them. Each file is its own module, so that two files may use the same
// name, and an answer's `name` does not conflict with the browser's.

/** The folders of TypeScript and of the types of Node.js and undici. */
type Folders = readonly [library: string, nodeTypes: string, undiciTypes: string];

let ts: typeof TypeScript;

export const check: Program = (words) => {
  const folders = words as unknown as Folders;
  ts ??= createRequire(import.meta.url)(join(folders[0], 'lib/typescript.js')) as typeof TypeScript;
  const files = readdirSync('.', { recursive: true }).map(String).filter(isSource).toSorted();
  const found = [true, false].flatMap((strict) => {
    const roots = files.filter((file) => isTyped(file) === strict);
    return roots.length > 0 ? findingsIn(roots, files, folders, strict) : [];
  });
  return JSON.stringify(found);
};

const isSource = (path: string): boolean =>
  /\.[mc]?[jt]sx?$/.test(path) && !/(^|\/)node_modules\//.test(path);
const isTyped = (path: string): boolean => /\.[mc]?tsx?$/.test(path);

function optionsFor(undiciTypes: string, strict: boolean): TypeScript.CompilerOptions {
  return {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.Preserve,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    paths: {
      'undici-types': [join(undiciTypes, 'index.d.ts')],
      'undici-types/*': [join(undiciTypes, '*')],
    },
    allowJs: true,
    checkJs: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    experimentalDecorators: true,
    jsx: ts.JsxEmit.Preserve,
    skipLibCheck: true,
    noEmit: true,
    strict,
  };
}

interface Found {
  readonly file: string;
  readonly range: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  readonly code: number;
  readonly isOwn: boolean;
  readonly message: string;
}

function findingsIn(
  roots: readonly string[],
  files: readonly string[],
  folders: Folders,
  strict: boolean,
): Found[] {
  const program = programOf(roots, files, folders, strict);
  return roots.flatMap((root) => {
    const source = program.getSourceFile(root)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (diagnostic) => described(program, source, files, diagnostic),
    );
  });
}

/**
 * The parsed files of the libraries, which are the same for every answer, by strictness: a checker that shares them adds
 * to copies of their symbols, as when an editor opens two projects.
 */
const libraries = {
  true: new Map<string, TypeScript.SourceFile>(),
  false: new Map<string, TypeScript.SourceFile>(),
};

/** A program in which comments such as `@ts-nocheck` and `@ts-ignore` have no effect. */
function programOf(
  roots: readonly string[],
  files: readonly string[],
  folders: Folders,
  strict: boolean,
): TypeScript.Program {
  const [, nodeTypes, undiciTypes] = folders;
  const options = optionsFor(undiciTypes, strict);
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  const known = libraries[`${strict}`];
  host.getSourceFile = (path, ...rest) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const source = read(path, ...rest);
    if (source === undefined) return source;
    if (folders.some((folder) => path.startsWith(`${folder}/`))) known.set(path, source);
    if (!isOfAnswer(path, files)) return source;
    return Object.assign(source, { commentDirectives: undefined, checkJsDirective: undefined });
  };
  return ts.createProgram([...roots, join(nodeTypes, 'index.d.ts')], options, host);
}

function described(
  program: TypeScript.Program,
  source: TypeScript.SourceFile,
  files: readonly string[],
  { start = 0, length = 0, code, messageText }: TypeScript.Diagnostic,
): Found {
  const from = source.getLineAndCharacterOfPosition(start);
  const to = source.getLineAndCharacterOfPosition(start + length);
  return {
    file: relative(process.cwd(), source.fileName).replace(/^.*\.\.\//, ''),
    range: {
      startLine: from.line + 1,
      startColumn: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    },
    code,
    isOwn: isOwn(program, source, files, start),
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  };
}

/**
 * Whether the name at a position should be a member of a type, or an export of a module, that the answer itself declares. A
 * type without a declaration, such as that of a literal, belongs to the language.
 */
function isOwn(
  program: TypeScript.Program,
  source: TypeScript.SourceFile,
  files: readonly string[],
  position: number,
): boolean {
  const node = nodeAt(source, position);
  const parent = node.parent as TypeScript.Node | undefined;
  if (parent === undefined) return false;
  if (!ts.isPropertyAccessExpression(parent)) {
    const module = ts.isStringLiteralLike(node) ? node : moduleOf(parent);
    return /^\.{1,2}(\/|$)/.test(module?.text ?? '');
  }
  const type = program.getTypeChecker().getTypeAtLocation(parent.expression);
  const types = type.isUnion() ? type.types : [type];
  const symbols = types.flatMap((each) => [each.symbol as TypeScript.Symbol | undefined, each.aliasSymbol]);
  return symbols
    .flatMap((symbol) => symbol?.declarations ?? [])
    .some((declaration) => isOfAnswer(declaration.getSourceFile().fileName, files));
}

/** The module of the import or export around a node. */
function moduleOf(node: TypeScript.Node): TypeScript.StringLiteral | undefined {
  const around = ts.findAncestor(
    node,
    (each) => (each as Partial<TypeScript.ImportDeclaration>).moduleSpecifier !== undefined,
  );
  return (around as TypeScript.ImportDeclaration | undefined)?.moduleSpecifier as
    TypeScript.StringLiteral | undefined;
}

function isOfAnswer(path: string, files: readonly string[]): boolean {
  return files.includes(relative(process.cwd(), path));
}

/** The innermost node at a position of a file. */
function nodeAt(source: TypeScript.SourceFile, position: number): TypeScript.Node {
  const isAt = (node: TypeScript.Node): boolean =>
    node.getStart(source) <= position && position < node.getEnd();
  let node: TypeScript.Node = source;
  for (let inner: TypeScript.Node | undefined = node; inner !== undefined;) {
    node = inner;
    inner = ts.forEachChild(node, (child) => (isAt(child) ? child : undefined));
  }
  return node;
}

// Checks every file of the scratch folder: TypeScript as `tsc --strict` does, JavaScript without the strict options,
// because code without annotations cannot satisfy them. Each file is its own module, so that two files may use the same
// name, and an answer's `name` does not conflict with the browser's.

const { readdirSync, readFileSync, writeSync } = require('node:fs');
const { join, relative } = require('node:path');
const { library, nodeTypes, undiciTypes } = JSON.parse(readFileSync('.tiebreak/check.json', 'utf8'));
const ts = require(join(library, 'lib/typescript.js'));
const isSource = (path) => /\.[mc]?[jt]sx?$/.test(path) && !/(^|\/)(node_modules|\.tiebreak)\//.test(path);
const files = readdirSync('.', { recursive: true }).map(String).filter(isSource);
const isTyped = (path) => /\.[mc]?tsx?$/.test(path);
const common = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  paths: { 'undici-types': [join(undiciTypes, 'index.d.ts')], 'undici-types/*': [join(undiciTypes, '*')] },
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.Preserve,
  skipLibCheck: true,
  noEmit: true,
};
const strict = { ...common, strict: true };
const lenient = { ...common, strict: false };

const found = [];
for (const [options, roots] of [
  [strict, files.filter(isTyped)],
  [lenient, files.filter((file) => !isTyped(file))],
])
  if (roots.length > 0) check(programOf([...roots, join(nodeTypes, 'index.d.ts')], options), roots);
let bytes = Buffer.from(JSON.stringify(found));
while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));

// A program in which comments such as `@ts-nocheck` and `@ts-ignore` have no effect.
function programOf(roots, options) {
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile;
  host.getSourceFile = (path, ...rest) => {
    const source = read(path, ...rest);
    if (source === undefined || !files.includes(relative(process.cwd(), path))) return source;
    return Object.assign(source, { commentDirectives: undefined, checkJsDirective: undefined });
  };
  return ts.createProgram(roots, options, host);
}

function check(program, roots) {
  for (const root of roots) {
    const source = program.getSourceFile(root);
    for (const diagnostic of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ])
      found.push(described(program, source, diagnostic));
  }
}

function described(program, source, { start = 0, length = 0, code, messageText }) {
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
    isOwn: isOwn(program, source, start),
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  };
}

/**
 * Whether the name at a position should be a member of a type, or an export of a module, that the answer itself declares. A
 * type without a declaration, such as that of a literal, belongs to the language.
 */
function isOwn(program, source, position) {
  const node = nodeAt(source, position);
  const { parent } = node;
  if (parent === undefined) return false;
  if (!ts.isPropertyAccessExpression(parent)) {
    const imports = ts.findAncestor(parent, ({ moduleSpecifier }) => moduleSpecifier !== undefined);
    const module = ts.isStringLiteralLike(node) ? node : imports?.moduleSpecifier;
    return /^\.{1,2}(\/|$)/.test(module?.text ?? '');
  }
  const type = program.getTypeChecker().getTypeAtLocation(parent.expression);
  const types = type.isUnion() ? type.types : [type];
  return types.flatMap(({ symbol, aliasSymbol }) => [symbol, aliasSymbol]).some(isOfAnswer);
}

function isOfAnswer(symbol) {
  const declared = (symbol?.declarations ?? []).map((each) => each.getSourceFile().fileName);
  return declared.some((path) => files.includes(relative(process.cwd(), path)));
}

/** The innermost node at a position of a file. */
function nodeAt(source, position) {
  const isAt = (node) => node.getStart(source) <= position && position < node.getEnd();
  let node = source;
  for (let inner = node; inner !== undefined;) {
    node = inner;
    inner = ts.forEachChild(node, (child) => (isAt(child) ? child : undefined));
  }
  return node;
}

// Removes the types from TypeScript. The output is CommonJS, so that files find each other without
// extensions, as TypeScript allows. It is a module if the file uses top-level `await` or `import.meta`, which
// only modules support.

const { readFileSync, writeFileSync, writeSync } = require('node:fs');
const { library, paths } = JSON.parse(readFileSync('.tiebreak/transpile.json', 'utf8'));
const ts = require(library);
const compiledPath = (path) => path.replace(/\.([mc]?)tsx?$/, '.$1js');
for (const path of paths) {
  const source = readFileSync(path, 'utf8');
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const module = path.endsWith('.mts') || needsModule(tree) ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
  const options = {
    module,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
    jsx: ts.JsxEmit.React,
    inlineSourceMap: true,
    rewriteRelativeImportExtensions: true,
  };
  const { outputText, diagnostics } = ts.transpileModule(source, {
    compilerOptions: options,
    fileName: path,
    reportDiagnostics: true,
  });
  for (const { start, messageText, category } of diagnostics) {
    if (category !== ts.DiagnosticCategory.Error) continue;
    const line = tree.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    writeSync(
      3,
      JSON.stringify({ file: path, line, message: ts.flattenDiagnosticMessageText(messageText, ' ') }) + '\n',
    );
  }
  writeFileSync(compiledPath(path), outputText);
}
function needsModule(node) {
  if (ts.isFunctionLike(node) || ts.isClassDeclaration(node)) return /import\.meta/.test(node.getText());
  if (
    ts.isAwaitExpression(node) ||
    ts.isMetaProperty(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier)
  )
    return true;
  return ts.forEachChild(node, (child) => needsModule(child) || undefined) ?? false;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentHash } from './content-hash.mjs';
import { inRoot } from './paths.mjs';

/**
 * The checkers of our own, each bundled into one file that Node.js runs in the sandbox. They lie beside the packages
 * that are checkers, as if they were one of them, so that the tests find them where they find the others.
 */
const programsDir = inRoot('node_modules/tiebreak-programs');

/** What of the packages goes beside the bundles, by the path inside node_modules. */
const grammars = ['bash', 'cpp', 'go', 'java', 'python', 'tsx', 'typescript'];
const assets = [
  '@ast-grep/wasm/wasm_bg.wasm',
  'web-tree-sitter/web-tree-sitter.wasm',
  ...grammars.map((name) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
];

/** The packages that a program is made of, whose versions tell what found what. */
const packages = { patterns: '@ast-grep/wasm', eslint: 'eslint', prettier: 'prettier' };

const sources = ['src/checks/programs', 'src/checks/unsafe', 'scripts/lib/programs.mjs', 'package-lock.json'];

/** Bundles the programs, unless they are up to date. */
export async function ensureCheckers() {
  const stamp = join(programsDir, 'source-hash');
  const hash = contentHash(sources);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
  await rm(programsDir, { recursive: true, force: true });
  await mkdir(programsDir, { recursive: true });
  await bundle();
  for (const asset of assets) await cp(inRoot('node_modules', asset), join(programsDir, nameOf(asset)));
  await writeFile(join(programsDir, 'package.json'), JSON.stringify(await manifest(), undefined, 2));
  await writeFile(stamp, hash);
}

/**
 * Copies the programs to `target`.
 * @param {string} target
 */
export async function copyOwnCheckers(target) {
  await ensureCheckers();
  await cp(programsDir, target, { recursive: true, filter: (path) => !path.endsWith('source-hash') });
}

async function bundle() {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: inRoot(),
    entryPoints: [inRoot('src/checks/programs/*.ts')],
    outdir: programsDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.10',
    legalComments: 'none',
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module';const require = createRequireOfBundle(import.meta.url);",
    },
    plugins: [wasmBeside],
  });
  await writeFile(join(programsDir, 'LICENSES.txt'), licences(Object.keys(metafile.inputs)));
}

/**
 * An imported module of WebAssembly is read from the file beside the bundle. Its imports are the one module that its
 * tool (wasm-bindgen) writes for it.
 * @type {import('esbuild').Plugin}
 */
const wasmBeside = {
  name: 'wasm-beside',
  setup(builder) {
    builder.onLoad({ filter: /_bg\.wasm$/ }, ({ path }) => ({
      contents: `
        const { readFileSync } = require('node:fs');
        const { dirname, join } = require('node:path');
        const file = readFileSync(join(dirname(process.argv[1]), ${JSON.stringify(nameOf(path))}));
        const imports = { './wasm_bg.js': require('./wasm_bg.js') };
        module.exports = new WebAssembly.Instance(new WebAssembly.Module(file), imports).exports;`,
      resolveDir: dirname(path),
    }));
  },
};

/**
 * The licences of every package that a bundle is made of, and of the grammars.
 * @param {readonly string[]} inputs Paths of the bundled files.
 */
function licences(inputs) {
  const names = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const texts = [...new Set([...names, '@vscode/tree-sitter-wasm'])].toSorted().map((name) => {
    const folder = inRoot('node_modules', name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const { license = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8')}`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** A package of its own, with the version of each program in it. */
async function manifest() {
  /** @type {Record<string, string>} */
  const versions = {};
  for (const [program, name] of Object.entries(packages)) {
    const { version } = JSON.parse(await readFile(inRoot('node_modules', name, 'package.json'), 'utf8'));
    versions[program] = version;
  }
  const rules = contentHash(['src/checks/unsafe']).slice(0, 8);
  return {
    name: 'tiebreak-programs',
    versions: { ...versions, patterns: `${versions['patterns']}+${rules}` },
  };
}

/** @param {string} path */
const nameOf = (path) => path.split('/').at(-1) ?? path;

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { inRoot } from './paths.mjs';

/**
 * Our own checkers, each bundled into one file that Node.js runs in the sandbox. They are next to the
 * packages that are checkers, as if they were packages too, so that the tests find all checkers in the same
 * place.
 */
const programsDir = inRoot('node_modules/tiebreak-programs');

/** The grammars to copy next to the bundles, by their path in node_modules. */
const grammars = ['bash', 'cpp', 'go', 'java', 'php', 'python', 'ruby', 'rust', 'tsx', 'typescript'];
const assets = [
  '@ast-grep/wasm/wasm_bg.wasm',
  'web-tree-sitter/web-tree-sitter.wasm',
  ...grammars.map((name) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
];

/** The package behind each program; its version is the version of the checker. */
const packages = {
  patterns: '@ast-grep/wasm',
  eslint: 'eslint',
  prettier: 'prettier',
  typescript: 'typescript-checker',
};

const rules = ['src/checks/patternRules.ts', 'src/checks/gaming', 'src/checks/unsafe'];
const sources = [
  'src/checks/programs',
  'src/checks/patternWords.ts',
  ...rules,
  'scripts/lib/programs.mjs',
  'package-lock.json',
];

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
 * Reads an imported WebAssembly module from a file next to the bundle. The module's only import is the one that its
 * tool (wasm-bindgen) generates.
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
 * The licences of every bundled package and of the grammars.
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

/** The package.json of these programs, with the version of each program and the hash of their sources. */
async function manifest() {
  /** @type {Record<string, string>} */
  const versions = {};
  for (const [program, name] of Object.entries(packages)) {
    const { version } = JSON.parse(await readFile(inRoot('node_modules', name, 'package.json'), 'utf8'));
    versions[program] = version;
  }
  const hash = contentHash(rules).slice(0, 8);
  return {
    name: 'tiebreak-programs',
    source: contentHash(sources),
    versions: { ...versions, patterns: `${versions['patterns']}+${hash}` },
  };
}

/** @param {string} path */
const nameOf = (path) => path.split('/').at(-1) ?? path;

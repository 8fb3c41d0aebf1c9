import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build, context } from 'esbuild';
import { copyCheckers } from './scripts/lib/checkers.mjs';
import { mainBundlePath, metafilePath } from './scripts/lib/bundleSize.mjs';
import { joinChunks } from './scripts/lib/joinChunks.mjs';
import { copyNative } from './scripts/lib/native.mjs';
import { inRoot } from './scripts/lib/paths.mjs';
import { programTexts } from './scripts/lib/programTexts.mjs';
import { writeSchemas } from './scripts/lib/schemas.mjs';

// Everything that ships is bundled here: dist/{extension,webview,language,cli} from src, dist/checkers from the packages,
// dist/native from what the set-up compiled. dist/test holds the in-editor tests. `--watch` rebuilds on change, with source maps and without minifying.

const watch = process.argv.includes('--watch');

/**
 * The extension and the programs beside it are ES modules with code splitting: an `await import()` becomes a chunk that
 * is read when it is first needed. The bundled CommonJS packages (vscode-languageclient) call `require`, which ES
 * modules lack; the editor answers this one like any other, `require('vscode')` included.
 */
const requireForBundledPackages =
  "import { createRequire as createRequireOfBundle } from 'node:module';" +
  'const require = /* @__PURE__ */ createRequireOfBundle(import.meta.url);';

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  format: 'esm',
  absWorkingDir: inRoot(),
  minify: !watch,
  sourcemap: watch,
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': JSON.stringify(watch ? 'development' : 'production') },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  // jsonc-parser's CommonJS build loads its parts in a way no bundler can follow.
  mainFields: ['module', 'main'],
  target: 'node22.19',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: requireForBundledPackages },
  plugins: [programTexts],
};

/** @type {import('esbuild').BuildOptions} */
const extension = {
  ...node,
  entryPoints: ['src/extension/activate.ts'],
  outdir: 'dist/extension',
  external: ['vscode'],
};

/** @type {Record<string, import('esbuild').BuildOptions>} */
const others = {
  // In one piece: what it shares with the extension would come apart into many small files.
  thread: {
    ...node,
    splitting: false,
    entryPoints: ['src/extension/dashboard/dashboardThread.ts'],
    outdir: 'dist/extension',
  },
  language: { ...node, entryPoints: ['src/language/server.ts'], outdir: 'dist/language' },
  cli: {
    ...node,
    entryPoints: ['src/cli/tiebreak.ts'],
    target: 'node22.13',
    outdir: 'dist/cli',
    banner: { js: `#!/usr/bin/env node\n${requireForBundledPackages}` },
  },
  webview: {
    ...shared,
    platform: 'browser',
    target: 'chrome138',
    // By name: the page asks for these files, wherever their sources are.
    entryPoints: {
      panel: 'src/webview/shell/panel.ts',
      'dashboard/dashboard': 'src/webview/dashboard/dashboard.ts',
    },
    outdir: 'dist/webview',
  },
  test: {
    ...node,
    entryPoints: ['test/editor/index.ts', 'test/editor/*.test.ts'],
    outdir: 'dist/test',
    packages: 'external',
    external: ['vscode'],
    minify: false,
    sourcemap: 'inline',
  },
};

/** Files that ship as they are, and those made from the sources. */
async function copyAssets() {
  await mkdir(inRoot('dist/webview'), { recursive: true });
  for (const name of ['codicon.css', 'codicon.ttf']) {
    await cp(inRoot('node_modules/@vscode/codicons/dist', name), inRoot('dist/webview', name));
  }
  await cp(inRoot('src/webview/panel.css'), inRoot('dist/webview/panel.css'));
  await copyCheckers(inRoot('dist/checkers'));
  await copyNative(inRoot('dist/native'));
  await writeSchemas(inRoot('dist/schemas'));
}

/** Builds once. */
async function buildAll() {
  await rm(inRoot('dist'), { recursive: true, force: true });
  await Promise.all([
    buildExtension(),
    ...Object.values(others).map((options) => build(options)),
    copyAssets(),
  ]);
}

/** Keeps the metafile of the file that the editor loads first, from which its size is measured. */
async function buildExtension() {
  const { metafile } = await build({ ...extension, metafile: true });
  const joined = await joinChunks(metafile, mainBundlePath);
  await mkdir(dirname(metafilePath), { recursive: true });
  await writeFile(metafilePath, JSON.stringify(joined));
}

/** Rebuilds on every change. The two lines tell the editor's task when building begins and when all of it has ended. */
async function watchAll() {
  await copyAssets();
  let running = 0;
  /** @type {import('esbuild').Plugin} */
  const report = {
    name: 'report',
    setup(builder) {
      builder.onStart(() => void (running++ === 0 && console.log('build started')));
      builder.onEnd(() => void (--running === 0 && console.log('build finished')));
    },
  };
  const contexts = await Promise.all(
    [extension, ...Object.values(others)].map((options) =>
      context({ ...options, plugins: [...(options.plugins ?? []), report], logLevel: 'info' }),
    ),
  );
  await Promise.all(contexts.map((it) => it.watch()));
}

await (watch ? watchAll() : buildAll());

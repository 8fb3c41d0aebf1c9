import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { nodePath, toolEnv } from './node.mjs';
import { inRoot } from './paths.mjs';
import { runOrThrow } from './process.mjs';

const { name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

/** The packaged extension. */
export const vsixPath = inRoot(`${name}-${version}.vsix`);

/** Every input that affects the content of the package. */
const inputs = [
  'src',
  'media',
  'syntaxes',
  'rubrics',
  'scripts/lib',
  'esbuild.config.mjs',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** The hash of the inputs of dist/. */
const bundledPath = inRoot('node_modules/.cache/tiebreak/bundled-inputs');
/** The hash of the inputs of the package. */
const stampPath = inRoot('node_modules/.cache/tiebreak/vsix-inputs');

/** Bundles everything that ships into dist/, and records the hash of what it was bundled from. */
export async function buildBundles() {
  // A file that changes meanwhile may be in the bundles or not, so the hash is taken before.
  const hash = contentHash(inputs);
  await runOrThrow(nodePath, [inRoot('esbuild.config.mjs')], {
    cwd: inRoot(),
    env: toolEnv(),
    onLine: () => {},
  });
  await mkdir(dirname(bundledPath), { recursive: true });
  await writeFile(bundledPath, hash);
}

/**
 * Packages dist/ and records what it was bundled from. A warning of the packager counts as an error.
 * @returns {Promise<string>} The packager's output.
 */
export async function packageBundles() {
  await rm(stampPath, { force: true });
  const vsce = inRoot('node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies'];
  // There is no public repository that the README's links could point to.
  flags.push('--allow-missing-repository', '--no-rewrite-relative-links');
  // Nearly every file is from a published package (the checkers), and searching them for secrets takes over a
  // minute.
  flags.push('--allow-package-all-secrets');
  const { output } = await runOrThrow(nodePath, [vsce, 'package', ...flags, '--out', vsixPath], {
    cwd: inRoot(),
    env: toolEnv(),
    onLine: () => {},
  });
  // The packager takes a large number of files for code that is not bundled: ours are chunks, loaded on
  // demand.
  const isWarned = output
    .split('\n')
    .some((line) => line.includes('WARNING') && !line.includes('you should bundle your extension'));
  if (isWarned) throw new Error(`The packager warns:\n${output}`);
  await copyFile(bundledPath, stampPath);
  return output;
}

/** Builds and packages, unless the package is up to date. */
export async function ensureVsix() {
  const fresh =
    existsSync(vsixPath) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === contentHash(inputs);
  if (fresh) return;
  console.log('Building Tiebreak …');
  await buildBundles();
  await packageBundles();
}

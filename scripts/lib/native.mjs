import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { inRoot } from './paths.mjs';
import { run } from './process.mjs';
import { findProgram } from './system.mjs';

const sources = ['helper.c', 'starter.c', 'starter.h'].map((name) => `src/runner/sandbox/native/${name}`);

/**
 * The folder of the compiled helpers, `PLATFORM-ARCHITECTURE/helper`, and of the recipe of the container image, `image`. The
 * tests use them here; `dist` gets a copy.
 */
export const nativeDir = inRoot('node_modules/.cache/tiebreak/native');

/** Static, so that the helper runs on every Linux of its architecture, whatever its C library. */
const flags = ['-std=gnu11', '-Os', '-Wall', '-Wextra', '-Werror', '-static', '-s'];

/** @type {Record<string, import('./system.mjs').ProgramName>} */
const compilers = {
  [`linux-${process.arch}`]: 'compiler',
  [process.arch === 'arm64' ? 'linux-x64' : 'linux-arm64']: 'crossCompiler',
};

/**
 * Copies the recipe, and compiles the sandbox's helper for each platform that has a compiler here, unless it is up to date. Without the helper
 * everything works, with approximate figures.
 */
export async function ensureNative() {
  await cp(inRoot('src/runner/sandbox/container/image'), join(nativeDir, 'image'), { recursive: true });
  if (process.platform !== 'linux') return;
  for (const [platform, name] of Object.entries(compilers)) {
    const compiler = findProgram(name);
    if (compiler !== undefined) await ensureHelper(platform, compiler);
  }
}

/**
 * @param {string} platform
 * @param {string} compiler
 */
async function ensureHelper(platform, compiler) {
  const folder = join(nativeDir, platform);
  const helper = join(folder, 'helper');
  const stamp = join(folder, 'source-hash');
  const hash = contentHash([...sources, 'scripts/lib/native.mjs']);
  const built = existsSync(helper) && (await readFile(stamp, 'utf8').catch(() => '')) === hash;
  if (built) return;
  await mkdir(folder, { recursive: true });
  await rm(helper, { force: true });
  const fresh = `${helper}.${process.pid}`;
  const units = sources.filter((name) => name.endsWith('.c')).map((name) => inRoot(name));
  const { code, output } = await run(compiler, [...flags, ...units, '-o', fresh], { onLine: () => {} });
  if (code !== 0) {
    console.log(
      `The sandbox's helper for ${platform} was not built, so its figures are approximate:\n${output}`,
    );
    return;
  }
  await rename(fresh, helper);
  await writeFile(stamp, hash);
}

/**
 * Copies the compiled helpers to `target`.
 * @param {string} target
 */
export async function copyNative(target) {
  if (!existsSync(nativeDir)) return;
  await cp(nativeDir, target, { recursive: true, filter: (path) => !path.endsWith('source-hash') });
}

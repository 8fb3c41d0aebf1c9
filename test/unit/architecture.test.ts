import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { makeTempDir, removeTempDir } from '../../scripts/lib/temp.mjs';

/** What each folder of src may import from the others. */
const layers: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  runner: ['core'],
  checks: ['core', 'runner'],
  store: ['core'],
  transfer: ['core', 'store'],
  sessions: ['core', 'protocol', 'runner', 'checks', 'store', 'transfer'],
  extension: ['core', 'protocol', 'runner', 'checks', 'store', 'transfer', 'sessions'],
  webview: ['core', 'protocol'],
  language: ['core', 'protocol'],
  cli: ['core', 'protocol', 'runner', 'checks', 'store', 'transfer', 'sessions'],
};
const folders = Object.keys(layers);
const withoutNode = ['core', 'protocol', 'webview'];

interface Plant {
  /** The path of the planted file, which names the folder and the violation. */
  readonly path: string;
  readonly source: string;
}

/** An import, dynamic or not, or a use of a platform that the folder must not see. */
const plant = (folder: string, name: string, source: string): Plant => ({
  path: `src/${folder}/planted-${name}.ts`,
  source,
});
const target = { path: 'planted.ts', source: 'export const planted = 1;\n' };
const importing = (module: string): string =>
  `import * as planted from '${module}';\nexport const used = planted;\n`;
const importingType = (module: string): string =>
  `import type { planted } from '${module}';\nexport type Used = typeof planted;\n`;
const importingLazily = (module: string): string => `export const used = async () => import('${module}');\n`;

const forbidden = folders.flatMap((folder) => {
  const others = folders.filter((other) => other !== folder && !layers[folder]?.includes(other));
  return [
    ...others.map((other) => plant(folder, `imports-${other}`, importing(`../${other}/planted.ts`))),
    ...others.map((other) =>
      plant(folder, `imports-type-of-${other}`, importingType(`../${other}/planted.ts`)),
    ),
    ...(folder === 'extension' ? [] : [plant(folder, 'imports-vscode', importing('vscode'))]),
    ...(withoutNode.includes(folder) ? [plant(folder, 'imports-node', importing('node:fs'))] : []),
    plant(folder, 'imports-z', "import { z } from 'zod';\nexport const used = z.string();\n"),
  ];
});
const allowed = folders.flatMap((folder) => [
  ...(layers[folder] ?? []).map((other) =>
    plant(folder, `imports-${other}`, importing(`../${other}/planted.ts`)),
  ),
  ...(folder === 'extension' ? [plant(folder, 'imports-vscode', importing('vscode'))] : []),
  ...(withoutNode.includes(folder) ? [] : [plant(folder, 'imports-node', importing('node:fs'))]),
  plant(folder, 'imports-zod', "import * as z from 'zod';\nexport const used = z.string();\n"),
]);
// Violations that lint does not check and the types of each folder catch.
const typeErrors = folders.flatMap((folder) => {
  const others = folders.filter((other) => other !== folder && !layers[folder]?.includes(other));
  return [
    ...others.map((other) => plant(folder, `loads-${other}`, importingLazily(`../${other}/planted.ts`))),
    ...(folder === 'webview' ? [] : [plant(folder, 'uses-dom', 'export const used = document.title;\n')]),
    ...(withoutNode.includes(folder)
      ? [plant(folder, 'uses-node', 'export const used = process.argv;\n')]
      : []),
  ];
});

describe('the layers of src', function () {
  it('are kept by lint: each forbidden import is an error of its own', async () => {
    const reported = await inRepositoryOf(forbidden, lintErrors);
    assert.deepEqual(reported, paths(forbidden));
  });

  it('are kept by the types: lazy imports and other platforms’ globals', async () => {
    const reported = await inRepositoryOf(typeErrors, compilerErrors);
    assert.deepEqual(reported, paths(typeErrors));
  });

  it('allow the imports that run one way', async () => {
    assert.deepEqual(await inRepositoryOf(allowed, lintErrors), []);
    assert.deepEqual(await inRepositoryOf(allowed, compilerErrors), []);
  });
});

/** Provides a repository with our configuration and only the planted sources. */
async function inRepositoryOf(plants: readonly Plant[], use: (dir: string) => string[]): Promise<string[]> {
  const dir = await makeTempDir();
  try {
    for (const name of ['.oxlintrc.json', 'src/universal.d.ts']) await copy(name, dir);
    // Declarations go to this repository, not through the link to ours.
    const base = await readFile(inRoot('src/tsconfig.base.json'), 'utf8');
    await write(dir, {
      path: 'src/tsconfig.base.json',
      source: base.replace('node_modules/.cache', 'cache'),
    });
    for (const folder of folders) {
      await copy(`src/${folder}/tsconfig.json`, dir);
      await write(dir, { path: `src/${folder}/${target.path}`, source: target.source });
    }
    await symlink(inRoot('node_modules'), join(dir, 'node_modules'));
    for (const it of plants) await write(dir, it);
    return use(dir);
  } finally {
    await removeTempDir(dir);
  }
}

async function copy(name: string, dir: string): Promise<void> {
  await cp(inRoot(name), join(dir, name));
}

async function write(dir: string, { path, source }: Plant): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), source);
}

/** The files in which lint finds a forbidden import. */
function lintErrors(dir: string): string[] {
  const { stdout } = spawnSync(inRoot('node_modules/.bin/oxlint'), ['--format', 'json', 'src'], {
    cwd: dir,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const rules = ['eslint(no-restricted-imports)', 'unicorn(import-style)'];
  return unique(diagnostics.filter(({ code }) => rules.includes(code)).map(({ filename }) => filename));
}

/** The files in which the compiler finds an error. */
function compilerErrors(dir: string): string[] {
  const projects = folders.map((folder) => `src/${folder}`);
  const { stdout } = spawnSync(inRoot('node_modules/.bin/tsc'), ['-b', ...projects], {
    cwd: dir,
    encoding: 'utf8',
  });
  return unique([...stdout.matchAll(/^(src\/[^(]+)\(/gm)].map((match) => match[1] ?? ''));
}

const paths = (plants: readonly Plant[]): string[] => unique(plants.map(({ path }) => path));

const unique = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

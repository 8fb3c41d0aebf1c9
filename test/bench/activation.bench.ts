// How long the editor waits for Tiebreak to be active, beside an extension that does nothing.

import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInEditor } from '../../scripts/lib/editorTests.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { withTempDir } from '../../scripts/lib/temp.mjs';
import { median, printRow } from './table.ts';

/** A host activates an extension once and develops only one, so every figure costs a host of its own. */
const samples = 3;

const emptyManifest = {
  name: 'empty',
  publisher: 'tiebreak',
  version: '0.0.0',
  type: 'module',
  engines: { vscode: '^1.106.0' },
  main: './main.js',
};
const emptyMain = "import * as vscode from 'vscode';\nexport const activate = () => vscode.version;\n";

/** Run by the editor as if it were the in-editor tests; writes the milliseconds that the activation took. */
const stopwatch = `
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

export async function run() {
  const extension = vscode.extensions.all.find(({ extensionPath }) => import.meta.dirname === extensionPath);
  const start = performance.now();
  await extension.activate();
  writeFileSync(process.env.TIEBREAK_FIGURE, String(performance.now() - start));
}
`;

await withTempDir(async (dir) => {
  const empty = await writeEmptyExtension(join(dir, 'empty'));
  const tiebreak = await copyTiebreak(join(dir, 'tiebreak'));
  const figures = { empty: [] as number[], tiebreak: [] as number[] };
  for (let index = 0; index < samples; index++) {
    figures.empty.push(await measure(dir, empty));
    figures.tiebreak.push(await measure(dir, tiebreak));
  }
  const [theirs, ours] = [median(figures.empty), median(figures.tiebreak)];
  printRow({ name: 'activation of an empty extension', measured: `${theirs.toFixed(1)} ms` });
  printRow({
    name: 'activation, against an empty extension',
    measured: `${ours.toFixed(1)} ms`,
    goal: 'ratio <= 1.3',
    ratio: ours / theirs,
  });
});

async function writeEmptyExtension(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(emptyManifest));
  await writeFile(join(folder, 'main.js'), emptyMain);
  await writeFile(join(folder, 'stopwatch.js'), stopwatch);
  return folder;
}

/** Tiebreak as it is built, except that only the stopwatch activates it. */
async function copyTiebreak(folder: string): Promise<string> {
  for (const part of [
    'dist/extension',
    'dist/language',
    'dist/webview',
    'dist/schemas',
    'media',
    'rubrics',
  ]) {
    await cp(inRoot(part), join(folder, part), { recursive: true });
  }
  const manifest = JSON.parse(await readFile(inRoot('package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  await writeFile(join(folder, 'stopwatch.js'), stopwatch);
  return folder;
}

/** Milliseconds from the request to activate an extension until it is active, in an editor that has just started. */
async function measure(dir: string, extensionPath: string): Promise<number> {
  const figurePath = join(dir, 'figure');
  const log: string[] = [];
  const code = await runInEditor({
    eventsPath: join(dir, 'events'),
    extensionPath,
    testsPath: join(extensionPath, 'stopwatch.js'),
    env: { TIEBREAK_FIGURE: figurePath },
    onLine: (line) => log.push(line),
  });
  if (code !== 0) throw new Error(`The editor ended with code ${code}\n${log.join('\n')}`);
  return Number(await readFile(figurePath, 'utf8'));
}

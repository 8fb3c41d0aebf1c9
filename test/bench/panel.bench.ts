// How long it takes from a key to a usable panel, relative to an empty webview.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodePath, toolEnv } from '../../scripts/lib/node.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { runOrThrow } from '../../scripts/lib/process.mjs';
import { withTempDir } from '../../scripts/lib/temp.mjs';
import { Editor } from '../e2e/harness.ts';
import { median, printRow } from './table.ts';

const rounds = 7;

const manifest = {
  name: 'empty-webview',
  publisher: 'tiebreak',
  version: '0.0.0',
  license: 'MIT',
  type: 'module',
  engines: { vscode: '^1.106.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [{ command: 'empty.open', title: 'Open an Empty Webview' }],
    keybindings: [{ command: 'empty.open', key: 'ctrl+alt+0' }],
  },
};
const main = `
import * as vscode from 'vscode';
export function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand('empty.open', () => {
    const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html lang="en"><title>Empty</title><body><button id="empty">Empty</button></body></html>';
  }));
}
`;

await withTempDir(async (dir) => {
  const vsix = await packageEmpty(join(dir, 'empty'));
  const editor = await Editor.start({ extensions: [vsix] });
  try {
    await editor.openQueue();
    await editor.page.getByRole('button', { name: 'Open Sample Queue' }).first().click();
    await editor.frameWith('tiebreak-answers');
    await open(editor, 'Control+Alt+0', '#empty');
    const figures = { empty: [] as number[], panel: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      figures.empty.push(await open(editor, 'Control+Alt+0', '#empty'));
      figures.panel.push(await open(editor, 'Control+Alt+N', 'tiebreak-answers .row'));
    }
    const [theirs, ours] = [median(figures.empty), median(figures.panel)];
    printRow({ name: 'opening an empty webview', measured: `${theirs.toFixed(0)} ms` });
    printRow({
      name: 'opening the panel, against an empty webview',
      measured: `${ours.toFixed(0)} ms`,
      goal: 'ratio <= 1.2',
      ratio: ours / theirs,
    });
  } finally {
    await editor.stop();
  }
});

/** Milliseconds from a chord until a frame shows an element, with no editor open before. */
async function open(editor: Editor, chord: string, selector: string): Promise<number> {
  await editor.runCommand('View: Close All Editors');
  await editor.page.locator('.editor-group-watermark, .editor-group-container.empty').first().waitFor();
  const start = performance.now();
  await editor.page.keyboard.press(chord);
  await editor.frameWith(selector);
  return performance.now() - start;
}

async function packageEmpty(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'main.js'), main);
  await writeFile(join(folder, 'LICENSE'), 'MIT');
  await writeFile(join(folder, 'README.md'), 'An empty webview to measure against.');
  const out = join(folder, 'empty.vsix');
  const vsce = inRoot('node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--out', out];
  await runOrThrow(nodePath, [vsce, 'package', ...flags], { cwd: folder, env: toolEnv(), onLine: () => {} });
  return out;
}

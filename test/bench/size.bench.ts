// What the editor reads, and what a person downloads.

import { statSync } from 'node:fs';
import { mainBundle } from '../../scripts/lib/bundleSize.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { vsixPath } from '../../scripts/lib/vsix.mjs';
import { printRow } from './table.ts';

const main = mainBundle().bytes / 1_000;
printRow({
  name: 'main bundle',
  measured: `${main.toFixed(0)} kB`,
  goal: '< 200 kB',
  ratio: main / 200,
});

const page = statSync(inRoot('dist/webview/panel.js')).size / 1_000;
printRow({ name: 'script of the panel', measured: `${page.toFixed(0)} kB` });

const vsix = statSync(vsixPath).size / 1_000_000;
printRow({
  name: 'packaged extension',
  measured: `${vsix.toFixed(1)} MB`,
  goal: '< 15 MB',
  ratio: vsix / 15,
});

// What the editor has to read and what a person has to download.

import { statSync } from 'node:fs';
import { mainBundleBytes } from '../../scripts/lib/bundle-size.mjs';
import { vsixPath } from '../../scripts/lib/vsix.mjs';
import { printRow } from './table.ts';

const mainBundle = mainBundleBytes() / 1_000;
printRow({
  name: 'main bundle',
  measured: `${mainBundle.toFixed(0)} kB`,
  goal: '< 200 kB',
  ratio: mainBundle / 200,
});

const vsix = statSync(vsixPath).size / 1_000_000;
printRow({
  name: 'packaged extension',
  measured: `${vsix.toFixed(1)} MB`,
  goal: '< 15 MB',
  ratio: vsix / 15,
});

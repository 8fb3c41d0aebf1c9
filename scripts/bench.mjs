// `npm run bench`: runs every test/bench/*.bench.ts, one after the other. Each prints its results.

import { readdirSync } from 'node:fs';
import { nodePath, toolEnv } from './lib/node.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { setUp } from './lib/setup.mjs';
import { ensureVsix } from './lib/vsix.mjs';

await setUp({ editor: true, programs: ['chromium', 'bubblewrap', 'compiler', 'python'] });
await ensureVsix();

const folder = inRoot('test/bench');
const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'));
const runFile = (/** @type {string} */ name) =>
  run(nodePath, [`${folder}/${name}`], { cwd: inRoot(), env: toolEnv() });

await runFile('machine.ts');
for (const name of files.toSorted()) {
  const { code } = await runFile(name);
  if (code !== 0) process.exitCode = 1;
}

// `npm run pictures`: takes the README's pictures again, with the end-to-end test that shows them, and puts
// them into media.

import { cp } from 'node:fs/promises';
import { nodePath, toolEnv } from './lib/node.mjs';
import { inRoot } from './lib/paths.mjs';
import { runOrThrow } from './lib/process.mjs';
import { setUp } from './lib/setup.mjs';

await setUp({ editor: true, programs: ['chromium', 'bubblewrap', 'python'] });
await runOrThrow(nodePath, [inRoot('node_modules/mocha/bin/mocha.js'), inRoot('test/e2e/pictures.test.ts')], {
  cwd: inRoot(),
  env: toolEnv(),
  onLine: (line) => console.log(line),
});
for (const name of ['panel.png', 'dashboard.png'])
  await cp(inRoot('test-results', name), inRoot('media', name));

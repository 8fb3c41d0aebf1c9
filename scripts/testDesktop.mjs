// `npm run test:desktop`: the in-editor tests in desktop VS Code, on machines that can download it.

import { nodePath, toolEnv } from './lib/node.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { setUp } from './lib/setup.mjs';
import { buildBundles } from './lib/vsix.mjs';

await setUp({ programs: ['bubblewrap', 'python'] });
await buildBundles();
const { code } = await run(nodePath, [inRoot('scripts/lib/desktopTests.mjs')], {
  cwd: inRoot(),
  env: toolEnv(),
});
process.exitCode = code;

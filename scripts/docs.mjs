// `npm run docs`: writes the pages under docs/ that are generated from the manifest, the key table and the help texts.

import { ensureDependencies } from './lib/dependencies.mjs';
import { nodePath, toolEnv } from './lib/node.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

await ensureDependencies();
// Runs in Node 24, because the pages are generated from TypeScript modules, which Node 24 can load directly.
const { code } = await run(nodePath, [inRoot('scripts/lib/writeDocs.mjs')], {
  cwd: inRoot(),
  env: toolEnv(),
});
process.exitCode = code;

// `npm test`: sets up what is missing, then runs every stage. `node scripts/test.mjs STAGE [mocha arguments]` runs one.

import { inRoot } from './lib/paths.mjs';
import { nodePath, toolEnv } from './lib/node.mjs';
import { run } from './lib/process.mjs';
import { setUp } from './lib/setup.mjs';
import { toolchains } from './lib/system.mjs';

await setUp({ editor: true, programs: ['chromium', 'bubblewrap', 'compiler', ...toolchains] });
// The stages use packages and Node 24; this file may be running on the system's Node, before either was there.
const stages = inRoot('scripts/lib/test-stages.mjs');
const { code } = await run(nodePath, [stages, ...process.argv.slice(2)], { cwd: inRoot(), env: toolEnv() });
process.exitCode = code;

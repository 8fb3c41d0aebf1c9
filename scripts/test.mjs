// `npm test`: installs what is missing, then runs every stage. `node scripts/test.mjs STAGE [--grep
// PATTERN]` runs one stage, `node scripts/test.mjs quick` the stages that need neither an editor nor a
// toolchain.

import { inRoot } from './lib/paths.mjs';
import { nodePath, toolEnv } from './lib/node.mjs';
import { run } from './lib/process.mjs';
import { setUp } from './lib/setup.mjs';
import { toolchains } from './lib/system.mjs';

const isQuick = process.argv[2] === 'quick';
await setUp(
  isQuick ? {} : { editor: true, programs: ['chromium', 'bubblewrap', 'compiler', 'podman', ...toolchains] },
);
// The stages use packages and Node 24. This file may run on the system's Node, before either is installed.
const stages = inRoot('scripts/lib/testStages.mjs');
const { code } = await run(nodePath, [stages, ...process.argv.slice(2)], { cwd: inRoot(), env: toolEnv() });
process.exitCode = code;

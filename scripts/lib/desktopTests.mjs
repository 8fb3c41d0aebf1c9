// Started by scripts/testDesktop.mjs with Node 24: @vscode/test-electron downloads the editor and runs the
// tests in it.

import { runTests } from '@vscode/test-electron';
import { cacheDir, inRoot, root } from './paths.mjs';
import { withTempDir } from './temp.mjs';

process.exitCode = await withTempDir((workspace) =>
  runTests({
    cachePath: cacheDir,
    extensionDevelopmentPath: root,
    extensionTestsPath: inRoot('dist/test/index.js'),
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
  }),
);

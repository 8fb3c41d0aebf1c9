import { strict as assert } from 'node:assert';
import { build } from 'esbuild';
import { root } from '../../../scripts/lib/paths.mjs';

const pages = ['src/webview/shell/panel.ts', 'src/webview/dashboard/dashboard.ts'];

describe('the script of a page', function () {
  for (const page of pages) {
    it(`holds no schema library, which would delay the page: ${page}`, async () => {
      const { metafile } = await build({
        absWorkingDir: root,
        entryPoints: [page],
        bundle: true,
        format: 'esm',
        platform: 'browser',
        outdir: 'dist/webview',
        metafile: true,
        write: false,
        logLevel: 'silent',
      });
      const importers = Object.entries(metafile.inputs)
        .filter(([path]) => !path.startsWith('node_modules/'))
        .filter(([, { imports }]) => imports.some(({ path }) => path.startsWith('node_modules/zod/')))
        .map(([path]) => path);
      assert.deepEqual(importers, []);
    });
  }
});

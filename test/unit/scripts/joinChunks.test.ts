import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { joinChunks } from '../../../scripts/lib/joinChunks.mjs';
import { root } from '../../../scripts/lib/paths.mjs';
import { withTempDir } from '../../../scripts/lib/temp.mjs';

const sources = {
  'package.json': '{"type": "module"}',
  'entry.ts': `import { counted } from './shared.ts';
    export { counted };
    export const later = () => import('./later.ts');`,
  'later.ts': `import { count } from './shared.ts';
    export const deeper = () => import('./deeper.ts');
    export { count };`,
  'deeper.ts': `export { count } from './shared.ts';`,
  'shared.ts': `export let counted = 0;
    export const count = () => (counted += 1);`,
};

interface Later {
  readonly count: () => number;
}
interface Entry {
  readonly counted: number;
  readonly later: () => Promise<Later & { readonly deeper: () => Promise<Later> }>;
}

describe('an entry and its chunks', () => {
  it('become one file, whose modules are the same for the chunks that load later', () =>
    withTempDir(async (dir) => {
      for (const [name, text] of Object.entries(sources)) await writeFile(join(dir, name), text);
      const { metafile } = await build({
        absWorkingDir: root,
        entryPoints: [join(dir, 'entry.ts')],
        outdir: join(dir, 'dist'),
        chunkNames: 'chunks/[name]-[hash]',
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        metafile: true,
      });
      const entryOf = ({ outputs }: typeof metafile) =>
        Object.entries(outputs).find(([path]) => path.endsWith('/entry.js'))!;
      const [path, split] = entryOf(metafile);
      assert.ok(split.imports.some(({ kind }) => kind === 'import-statement'));

      const [, joined] = entryOf(await joinChunks(metafile, path));
      assert.deepEqual(
        joined.imports.map(({ kind }) => kind),
        ['dynamic-import'],
      );
      const entry = (await import(pathToFileURL(join(root, path)).href)) as Entry;
      const later = await entry.later();
      assert.equal(later.count(), 1);
      assert.equal((await later.deeper()).count(), 2);
      assert.equal(entry.counted, 2);
    }));
});

import { writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { loadedAtStart } from './bundleSize.mjs';
import { root } from './paths.mjs';

/**
 * Joins the entry of a split bundle with the chunks that it imports, so that the program starts from a single file: each
 * file costs time to find, read and link. A joined chunk remains as a file that exports the same names from the entry. Chunks
 * that are loaded later import those, so that no module exists twice.
 * @param {import('esbuild').Metafile} metafile Of the split bundle.
 * @param {string} entry The path of the entry in the metafile.
 * @returns {Promise<import('esbuild').Metafile>} Of the joined entry.
 */
export async function joinChunks({ outputs }, entry) {
  const folder = dirname(join(root, entry));
  const pathFrom = (/** @type {string} */ from, /** @type {string} */ path) => {
    const to = relative(from, path).replaceAll('\\', '/');
    return to.startsWith('.') ? to : `./${to}`;
  };
  const [, ...imported] = loadedAtStart(outputs, entry);
  const chunks = imported.map((path, index) => ({
    path: join(root, path),
    names: (outputs[path]?.exports ?? []).map((name) => ({ name, inEntry: `chunk${index}_${name}` })),
  }));
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    external: ['vscode'],
    logLevel: 'warning',
    stdin: {
      contents: [
        `export * from './${relative(folder, join(root, entry))}';`,
        ...chunks.flatMap(({ path, names }) =>
          names.map(
            ({ name, inEntry }) => `export { ${name} as ${inEntry} } from '${pathFrom(folder, path)}';`,
          ),
        ),
      ].join('\n'),
      resolveDir: folder,
    },
    outfile: entry,
    allowOverwrite: true,
    metafile: true,
    plugins: [
      {
        name: 'later-chunks',
        setup(builder) {
          builder.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
            kind === 'dynamic-import'
              ? { path: pathFrom(folder, join(resolveDir, path)), external: true }
              : undefined,
          );
        },
      },
    ],
  });
  for (const { path, names } of chunks) {
    const list = names.map(({ name, inEntry }) => `${inEntry} as ${name}`).join(',');
    await writeFile(path, `export{${list}}from'${pathFrom(dirname(path), join(root, entry))}';\n`);
  }
  return metafile;
}

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const call = /\bprogramText\(\s*import\.meta\.url,\s*'([^']+)',?\s*\)/g;

/**
 * Replaces each call of `programText` in the bundle with the text of the program that the call would read
 * (see src/runner/programText.ts).
 * @type {import('esbuild').Plugin}
 */
export const programTexts = {
  name: 'program-texts',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/](?:runner|checks)[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const found = [...source.matchAll(call)].map(([, name = '']) => join(dirname(path), name));
      if (found.length === 0) return undefined;
      const texts = await Promise.all(found.map((file) => readFile(file, 'utf8')));
      let next = 0;
      const contents = source.replaceAll(call, () => JSON.stringify(texts[next++]));
      return { contents, loader: 'ts', watchFiles: found };
    });
  },
};

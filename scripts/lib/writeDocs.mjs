// Writes the generated pages. Started by scripts/docs.mjs with Node 24.

import { writeFile } from 'node:fs/promises';
import { generatedPages } from './docsPages.mjs';
import { inRoot } from './paths.mjs';

for (const { path, text } of await generatedPages()) {
  await writeFile(inRoot(path), text);
  console.log(path);
}

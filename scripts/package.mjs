// `npm run package`: builds everything that ships and packages it as one VSIX in the repository's folder.

import { setUp } from './lib/setup.mjs';
import { buildBundles, packageBundles } from './lib/vsix.mjs';

await setUp({ programs: ['compiler', 'crossCompiler'] });
await buildBundles();
console.log(await packageBundles());

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { queuePath, queueText } from './lib/samples.mjs';

// Writes the sample queue from its source files in scripts/samples.

await mkdir(dirname(queuePath), { recursive: true });
await writeFile(queuePath, queueText());

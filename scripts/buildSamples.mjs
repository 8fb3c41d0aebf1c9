import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { queuePath, queueText } from './lib/samples.mjs';

// Writes the sample queue from the files in scripts/samples, where it is maintained.

await mkdir(dirname(queuePath), { recursive: true });
await writeFile(queuePath, queueText());

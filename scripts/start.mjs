// `npm start`: VS Code in the browser with Tiebreak installed as a packaged extension, as a person would have it.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openInBrowser } from './lib/open.mjs';
import { cacheDir } from './lib/paths.mjs';
import { stopServicesOnSignal } from './lib/process.mjs';
import { installExtension, startServer, writeSettings } from './lib/server.mjs';
import { setUp } from './lib/setup.mjs';
import { ensureVsix, vsixPath } from './lib/vsix.mjs';

stopServicesOnSignal();
await setUp({ editor: true, programs: ['bubblewrap', 'compiler', 'python'] });
await ensureVsix();

// Settings, drafts and reviews stay here from one start to the next.
const dataDir = join(cacheDir, 'start');
if (!existsSync(dataDir)) await writeSettings(dataDir);
await installExtension(dataDir, vsixPath);
const workspace = join(cacheDir, 'workspace');
await mkdir(workspace, { recursive: true });

const token = randomBytes(16).toString('hex');
const server = await startServer({ dataDir, token, preferredPort: 8327 });
const address = `${server.origin}/?tkn=${token}&folder=${encodeURIComponent(workspace)}`;
console.log(`\nTiebreak is ready: ${address}\nCtrl+C ends it.`);
openInBrowser(address);
process.exitCode = await server.ended;

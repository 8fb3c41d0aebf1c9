// `npm start`: VS Code in the browser with Tiebreak installed as a packaged extension, as for any user.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openInBrowser } from './lib/open.mjs';
import { cacheDir } from './lib/paths.mjs';
import { stopServicesOnSignal } from './lib/process.mjs';
import { setUp } from './lib/setup.mjs';
import { startTiebreak } from './lib/start.mjs';
import { ensureVsix } from './lib/vsix.mjs';

stopServicesOnSignal();
await setUp({ editor: true, programs: ['bubblewrap', 'compiler', 'python'] });
await ensureVsix();
const { server, address } = await startTiebreak({
  dataDir: join(cacheDir, 'start'),
  workspace: join(cacheDir, 'workspace'),
  token: randomBytes(16).toString('hex'),
  preferredPort: 8327,
});
console.log(`\nTiebreak is ready: ${address}\nPress Ctrl+C to stop.`);
openInBrowser(address);
process.exitCode = await server.ended;

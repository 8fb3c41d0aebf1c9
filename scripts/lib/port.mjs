import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Returns the port if it is free on this machine, else 0, which lets the system choose. A browser keeps the editor's
 * layout by address, so the same port should be used every time.
 * @param {number} port
 */
export async function freePort(port) {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return port;
  } catch {
    return 0;
  } finally {
    probe.close();
  }
}

import { spawn } from 'node:child_process';

/**
 * Opens an address in the user's browser, except on a build machine or without a display.
 * @param {string} address
 */
export function openInBrowser(address) {
  const opener = openerHere();
  if (opener === undefined) return;
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  // The address is already printed, so ignore a browser that does not open.
  child.on('error', () => {});
  child.unref();
}

function openerHere() {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI !== undefined) return undefined;
  if (process.platform === 'darwin') return 'open';
  return DISPLAY === undefined && WAYLAND_DISPLAY === undefined ? undefined : 'xdg-open';
}

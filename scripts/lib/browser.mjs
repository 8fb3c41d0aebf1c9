import { chromium } from 'playwright-core';
import { requireProgram } from './system.mjs';

/** Turns off Chromium's background services, so that it only shows our page. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the system's Chromium or Chrome without a window. */
export function launchBrowser() {
  return chromium.launch({ executablePath: requireProgram('chromium'), args });
}

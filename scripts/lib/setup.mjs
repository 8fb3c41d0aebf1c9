import { ensureCodeServer } from './codeServer.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureNative } from './native.mjs';
import { ensureCheckers } from './programs.mjs';
import { ensurePrograms } from './system.mjs';

/**
 * Installs what a fresh or outdated clone lacks; does nothing if everything is installed.
 * Runs on Node 20 and later and uses no packages.
 * @param {object} needs
 * @param {boolean} [needs.editor] The VS Code server.
 * @param {readonly import('./system.mjs').ProgramName[]} [needs.programs]
 */
export async function setUp({ editor = false, programs = [] }) {
  await ensureDependencies();
  if (editor) await ensureCodeServer();
  await ensurePrograms(programs);
  await ensureNative();
  await ensureCheckers();
}

import { ensureCodeServer } from './code-server.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureNative } from './native.mjs';
import { ensureCheckers } from './programs.mjs';
import { ensurePrograms } from './system.mjs';

/**
 * Brings a fresh clone, or one that is behind, to where everything can run; does nothing when all of it is there.
 * Runs on any Node from 20 and uses no package.
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

import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { markOutput } from '../../scripts/lib/testOutput.mjs';
import EventReporter from '../../scripts/lib/eventReporter.mjs';
import { eventsVariable } from '../../scripts/lib/testEvents.mjs';
import { extensionId } from './extension.ts';

/**
 * Entry of the in-editor tests: the editor calls it, be it the server in a browser or the desktop. Runs every bundled
 * `*.test.js` beside this file and rejects when a test failed, which becomes the host's exit code.
 */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed in this editor`);
  // The host may start the tests before it has started the extension.
  await extension.activate();

  Mocha.reporters.Base.consoleLog = console.log = markOutput(console.log);
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 180_000,
    forbidOnly: true,
    // Desktop VS Code is started by hand, and prints to the terminal.
    reporter: process.env[eventsVariable] === undefined ? 'spec' : EventReporter,
  });
  const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.js'));
  for (const name of files.toSorted()) mocha.addFile(join(import.meta.dirname, name));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} in-editor tests failed`);
}

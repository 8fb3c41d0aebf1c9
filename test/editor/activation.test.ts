import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { extensionId } from './extension.ts';

interface Manifest {
  contributes?: { commands?: { command: string }[] };
}

describe('activation', () => {
  it('succeeds', () => {
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
  });

  it('registers every command that the manifest contributes', async () => {
    const manifest = vscode.extensions.getExtension<unknown>(extensionId)?.packageJSON as Manifest;
    const contributed = manifest.contributes?.commands?.map(({ command }) => command) ?? [];
    assert.notEqual(contributed.length, 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.filter((id) => !registered.has(id)),
      [],
    );
  });
});

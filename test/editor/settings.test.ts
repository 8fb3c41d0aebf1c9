import { strict as assert } from 'node:assert';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { extensionId } from './extension.ts';

interface Setting {
  readonly default: string | number | boolean;
  readonly enum?: readonly string[];
}

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, Setting> } };
}

/** The only setting that a workspace may override. */
const open = 'tiebreak.defaultRubric';

/** A valid value of the setting other than its default. */
function otherThan({ default: usual, enum: choices }: Setting): string | number | boolean {
  if (typeof usual === 'boolean') return !usual;
  if (typeof usual === 'number') return usual === 0 ? 0.5 : 1;
  return choices?.find((choice) => choice !== usual) ?? 'planted';
}

/** Resolves at the next change of a setting. */
function changeOf(setting: string): Promise<void> {
  return new Promise((resolve) => {
    const listening = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(setting)) return;
      listening.dispose();
      resolve();
    });
  });
}

describe('the settings of a workspace', () => {
  const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, '.vscode');
  const manifest = vscode.extensions.getExtension<unknown>(extensionId)?.packageJSON as Manifest;
  const settings = Object.entries(manifest.contributes.configuration.properties);
  const inEffect = () =>
    Object.fromEntries(settings.map(([name]) => [name, vscode.workspace.getConfiguration().get(name)]));
  const usual = inEffect();

  before(async () => {
    const planted = settings.map(([name, setting]) => [name, otherThan(setting)]);
    const changed = changeOf(open);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(Object.fromEntries(planted)));
    await changed;
  });

  after(async () => {
    const changed = changeOf(open);
    await rm(folder, { recursive: true });
    await changed;
  });

  it('take effect only for the default rubric', () => {
    const rubric = otherThan(manifest.contributes.configuration.properties[open]!);
    assert.deepEqual(inEffect(), { ...usual, [open]: rubric });
  });
});

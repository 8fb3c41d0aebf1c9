import * as vscode from 'vscode';
import { takeEveryStep } from '../sessions/background.ts';
import { registerCommands } from './commands/commands.ts';
import { commandTable } from './commands/commandTable.ts';
import { dashboardViewType, inspectionViewType, panelViewType } from './commands/manifest.ts';
import { openTarget } from './commands/openTarget.ts';
import type { Services } from './commands/services.ts';
import { createDocuments, type Documents } from './documents/documents.ts';
import { createHost } from './host/host.ts';
import type { Keep } from './host/keep.ts';
import { Notices } from './host/notices.ts';
import { onSettingsChange } from './host/settings.ts';
import { createDesks, type Desks } from './panel/desks.ts';
import { TaskImporter } from './transfer/importTasks.ts';
import { importUris } from './transfer/transferCommands.ts';
import { createViews } from './views/views.ts';

let atEnd: (() => Promise<void>) | undefined;

/** Creates all parts and connects them; contains no other logic. */
export function activate(context: vscode.ExtensionContext): void {
  const keep: Keep = (kept) => (context.subscriptions.push(kept), kept);
  const log = keep(vscode.window.createOutputChannel('Tiebreak', { log: true }));
  const notices = new Notices(log);
  try {
    const host = createHost(context, { log, notices }, keep);
    const desks: Desks = createDesks(
      host,
      (target, answers) => openTarget({ ...desks, ...documents }, target, answers),
      keep,
    );
    const documents: Documents = createDocuments(host, desks, keep);
    const importer = keep(new TaskImporter(host.store));
    const importFiles = (uris: readonly vscode.Uri[]) =>
      importUris({ ...host, ...desks, ...documents, importer }, uris);
    const views = createViews(host, desks, documents, importFiles, keep);
    const services: Services = { ...host, ...desks, ...documents, importer, views };
    keep(registerCommands(commandTable(services), notices));
    restorePanels(desks, keep);
    keep(onSettingsChange(() => followSettings(services)));
    atEnd = () => end(services);
  } catch (error) {
    // VS Code itself says nothing when an extension fails to activate.
    notices.error(error);
    throw error;
  }
}

export async function deactivate(): Promise<void> {
  await atEnd?.();
}

/** Restores the panels that were open when the window was last closed. */
function restorePanels({ desk, inspection, dashboard }: Desks, keep: Keep): void {
  const restore = (viewType: string, take: (panel: vscode.WebviewPanel) => Promise<void>) =>
    keep(vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: take }));
  restore(panelViewType, (panel) => desk.restoreIn(panel));
  restore(inspectionViewType, (panel) => inspection.restoreIn(panel));
  restore(dashboardViewType, (panel) => dashboard.restore(panel));
}

function followSettings({ notices, queue, stores }: Services): void {
  queue.refresh();
  if (!stores.isElsewhere) return;
  notices.info('The database folder was changed. Reload the window to use the database there.', {
    title: 'Reload Window',
    press: () => vscode.commands.executeCommand('workbench.action.reloadWindow'),
  });
}

/** Only log a failure: the window is closing, so nobody could read a notification. */
async function end({ desk, inspection, files, notices, stores }: Services): Promise<void> {
  const steps = [() => desk.flush(), () => inspection.flush(), () => stores.close(), () => files.removeAll()];
  await takeEveryStep(steps, notices.log);
}

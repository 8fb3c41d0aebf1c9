import * as vscode from 'vscode';
import type { Services } from '../commands/services.ts';

/** Shows what works on this machine, as a document. A call while the report is being made waits for the same report. */
export function setupReportCommand(
  services: Pick<Services, 'examineSetup' | 'reports'>,
): () => Promise<void> {
  let making: Promise<void> | undefined;
  return () => {
    making ??= show(services).finally(() => {
      making = undefined;
    });
    return making;
  };
}

async function show({ examineSetup, reports }: Pick<Services, 'examineSetup' | 'reports'>): Promise<void> {
  const stop = new AbortController();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: 'Trying sandboxes, languages and checks',
    cancellable: true,
  };
  const report = await vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => stop.abort());
    const onProgress = (done: number, total: number): void =>
      progress.report({ message: `${done} of ${total} languages`, increment: 100 / total });
    try {
      return await examineSetup({ signal: stop.signal, onProgress });
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      throw error;
    }
  });
  if (report === undefined) return;
  const { setupMarkdown } = await import('../../sessions/setup/setupText.ts');
  await reports.keep('Set-up report', setupMarkdown(report))();
}

import * as vscode from 'vscode';
import { inspectViewId, queueViewId } from '../commands/manifest.ts';
import type { Documents } from '../documents/documents.ts';
import type { Host } from '../host/host.ts';
import type { Keep } from '../host/keep.ts';
import { InspectTree } from '../inspection/inspectTree.ts';
import { RationaleLanguage } from '../languageClient/rationaleLanguage.ts';
import type { Desks } from '../panel/desks.ts';
import { QueueBadge } from '../queue/queueBadge.ts';
import { QueueDrop } from '../queue/queueDrop.ts';
import { QueueTree } from '../queue/queueTree.ts';
import { ContextKeys } from './contextKeys.ts';
import { OpenRow, openRowIn } from './openRow.ts';
import { AnswerProblems } from './problems.ts';
import { StatusBar } from './statusBar.ts';
import { CaseExplorer } from './testExplorer.ts';

/** The lists in the side bar. */
export interface Views {
  readonly queueTree: QueueTree;
  readonly inspectTree: InspectTree;
}

/** All views other than the panels that show the queue, the reviews and the open task. */
export function createViews(
  { context, log, notices, stores }: Host,
  { desk, inspection, inspectList, queue }: Desks,
  { files, idealFiles }: Documents,
  importFiles: (uris: readonly vscode.Uri[]) => Promise<void>,
  keep: Keep,
): Views {
  const queueTree = keep(new QueueTree(queue));
  const queueView = keep(
    vscode.window.createTreeView(queueViewId, {
      treeDataProvider: queueTree,
      dragAndDropController: new QueueDrop(importFiles, notices.error),
    }),
  );
  const rowOfTask = () => openRowIn(desk.session?.task.id, (id) => queueTree.rowOf(id));
  keep(new OpenRow(queueView, rowOfTask, [desk.onDidChangeSession, queueTree.onDidList], notices.log));
  keep(new QueueBadge(queueView, queue, stores, notices.log));
  const inspectTree = keep(new InspectTree(inspectList));
  const inspectView = keep(vscode.window.createTreeView(inspectViewId, { treeDataProvider: inspectTree }));
  const rowOfReview = () => openRowIn(inspection.openReview, (id) => inspectTree.rowOf(id));
  keep(
    new OpenRow(
      inspectView,
      rowOfReview,
      [inspection.onDidChangeSession, inspectTree.onDidList],
      notices.log,
    ),
  );
  keep(inspectTree.onDidCount((caption) => void (inspectView.description = caption)));
  keep(new ContextKeys(desk, queue, inspection, notices.log));
  keep(new AnswerProblems(desk, files));
  keep(new CaseExplorer(desk, files, idealFiles, notices.error));
  keep(new StatusBar(desk));
  keep(new RationaleLanguage(context, desk, files, log));
  return { queueTree, inspectTree };
}

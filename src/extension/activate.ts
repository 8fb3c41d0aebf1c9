import * as vscode from 'vscode';
import { CalibrationDesk } from './calibration/calibrationDesk.ts';
import { commandTable, importUris, openWish } from './commandTable.ts';
import { registerCommands, showError } from './commands.ts';
import { Consent } from './consent.ts';
import { Dashboard } from './dashboard/dashboard.ts';
import { ReviewDesk } from './desk.ts';
import { AnswerFiles } from './documents/answerFiles.ts';
import { IdealFiles } from './ideal/idealFiles.ts';
import { IdealWorkspace } from './ideal/idealWorkspace.ts';
import { RationaleDocument } from './documents/rationaleDocument.ts';
import { evaluatorId } from './evaluator.ts';
import { Execution } from './execution.ts';
import { InspectionDesk } from './inspection/inspectionDesk.ts';
import { InspectList } from './inspection/inspectList.ts';
import { InspectTree } from './inspection/inspectTree.ts';
import { RationaleLanguage } from './language/rationaleLanguage.ts';
import {
  dashboardViewType,
  inspectionViewType,
  inspectViewId,
  panelViewType,
  queueViewId,
} from './manifest.ts';
import { TaskImporter } from './queue/importTasks.ts';
import { QueueBadge } from './queue/queueBadge.ts';
import { Queue } from './queue/queue.ts';
import { QueueDrop } from './queue/queueDrop.ts';
import { QueueTree } from './queue/queueTree.ts';
import { Rubrics } from './rubrics.ts';
import type { Parts } from './parts.ts';
import type { SessionServices } from './session/services.ts';
import { onSettingsChange, settings } from './settings.ts';
import { StoreAccess } from './storeAccess.ts';
import { AnswerProblems } from './views/problems.ts';
import { CaseExplorer } from './views/testExplorer.ts';
import { ContextKeys } from './views/contextKeys.ts';
import { StatusBar } from './views/statusBar.ts';

let atEnd: (() => Promise<void>) | undefined;

/** The composition root: builds every part, hands each what it needs, and knows nothing else. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Tiebreak', { log: true });
  const keep = <Part extends vscode.Disposable>(part: Part): Part => (context.subscriptions.push(part), part);
  keep(log);
  try {
    const evaluator = () => evaluatorId(context.globalState);
    const stores = new StoreAccess(context.globalStorageUri.fsPath);
    const store = () => stores.get();
    const rubrics = new Rubrics(context.asAbsolutePath('rubrics'));
    const consent = new Consent(context.workspaceState, () => ({
      trusted: vscode.workspace.isTrusted,
      workspace: vscode.workspace.workspaceFolders !== undefined,
    }));
    const shipped = (name: string) => context.asAbsolutePath(`dist/${name}`);
    const execution = new Execution(
      { checkers: shipped('checkers'), native: shipped('native') },
      store,
      consent,
    );
    const queue = keep(new Queue(store, context.workspaceState, evaluator));
    const importer = keep(new TaskImporter(store));
    const files = new AnswerFiles(context.globalStorageUri.fsPath);
    const idealFiles = new IdealFiles(context.globalStorageUri.fsPath);
    const session = async (): Promise<SessionServices> => ({
      ...(await execution.parts()),
      store: await store(),
      evaluator: evaluator(),
      toolVersion: String(context.extension.packageJSON.version),
      rubric: (task) => rubrics.of(task),
    });
    const shown = { extensionUri: context.extensionUri, log, state: context.workspaceState };
    const calibration = new CalibrationDesk(store, evaluator);
    const desk: ReviewDesk = keep(
      new ReviewDesk({ ...shown, queue, calibration, session, open: (wish) => openWish(parts, wish) }),
    );
    const list = keep(new InspectList(store, context.workspaceState, evaluator));
    const reviews = keep(new InspectTree(list));
    const inspection: InspectionDesk = keep(
      new InspectionDesk({
        ...shown,
        list,
        session: async () => ({
          ...(await session()),
          reviewer: evaluator(),
          rationaleRubric: () => rubrics.rationale(),
          showsEvaluators: settings.showEvaluators,
        }),
        open: (wish, answers) => openWish(parts, wish, answers),
        settled: () => queue.refresh(),
      }),
    );
    const dashboard = keep(
      new Dashboard({ ...shown, database: async () => (await store(), stores.path), queue }),
    );
    const ideal = keep(new IdealWorkspace(desk, files, idealFiles, log));
    const rationale = keep(new RationaleDocument(desk));
    const tree = keep(new QueueTree(queue));
    const parts: Parts = {
      consent,
      context,
      dashboard,
      desk,
      evaluator,
      files,
      ideal,
      importer,
      inspection: { desk: inspection, list, showMore: () => reviews.showMore(), store },
      log,
      queue,
      rationale,
      showMore: () => tree.showMore(),
      store,
    };
    const view = keep(
      vscode.window.createTreeView(queueViewId, {
        treeDataProvider: tree,
        dragAndDropController: new QueueDrop((uris) => importUris(parts, uris)),
      }),
    );
    keep(new QueueBadge(view, queue));
    const inspectView = keep(vscode.window.createTreeView(inspectViewId, { treeDataProvider: reviews }));
    keep(reviews.onDidCount((caption) => void (inspectView.description = caption)));
    keep(queue.onDidChange(() => list.refresh()));
    keep(new ContextKeys(desk, queue, inspection));
    keep(new AnswerProblems(desk, files));
    keep(new CaseExplorer(desk, files, idealFiles));
    keep(new StatusBar(desk));
    keep(new RationaleLanguage(context, desk, files, log));
    keep(registerCommands(commandTable(parts), log));
    keep(
      vscode.window.registerWebviewPanelSerializer(panelViewType, {
        deserializeWebviewPanel: (panel) => desk.restore(panel),
      }),
    );
    keep(
      vscode.window.registerWebviewPanelSerializer(inspectionViewType, {
        deserializeWebviewPanel: (panel) => inspection.restore(panel),
      }),
    );
    keep(
      vscode.window.registerWebviewPanelSerializer(dashboardViewType, {
        deserializeWebviewPanel: (panel) => dashboard.restore(panel),
      }),
    );
    keep(onSettingsChange(() => queue.refresh()));
    atEnd = async () => {
      await desk.flush();
      await inspection.flush();
      await stores.close();
    };
  } catch (error) {
    // VS Code itself says nothing when an extension fails to activate.
    showError(error, log);
    throw error;
  }
}

export async function deactivate(): Promise<void> {
  await atEnd?.();
}

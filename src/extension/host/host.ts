import * as vscode from 'vscode';
import type { PreparingServices, SessionServices } from '../../sessions/review/services.ts';
import type { Store } from '../../store/store.ts';
import type { ShippedRubrics } from '../../sessions/rubrics.ts';
import { Consent } from './consent.ts';
import { evaluatorOf } from './evaluator.ts';
import { Execution } from './execution.ts';
import type { Keep } from './keep.ts';
import type { Notices } from './notices.ts';
import { shippedRubrics } from './rubrics.ts';
import { settings } from './settings.ts';
import { StoreAccess } from '../../sessions/storeAccess.ts';

/** The basic parts: the database, the evaluator, and the environment in which answers run. */
export interface Host {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly notices: Notices;
  readonly stores: StoreAccess;
  /** Opens the database on first use. */
  readonly store: () => Promise<Store>;
  /** The evaluator: an opaque id. */
  readonly evaluator: () => string;
  readonly toolVersion: string;
  readonly consent: Consent;
  readonly rubrics: ShippedRubrics;
  /** What a session needs. Loads the runner and the checks on first use. */
  readonly session: () => Promise<SessionServices & PreparingServices>;
  readonly examineSetup: Execution['examineSetup'];
}

export function createHost(
  context: vscode.ExtensionContext,
  { log, notices }: Pick<Host, 'log' | 'notices'>,
  keep: Keep,
): Host {
  const storage = context.globalStorageUri.fsPath;
  const stores = keep(new StoreAccess(() => settings.databaseFolder || storage, notices.log));
  const store = (): Promise<Store> => stores.get();
  const evaluator = evaluatorOf(storage, context.globalState);
  const toolVersion = String(context.extension.packageJSON.version);
  const consent = new Consent(context.workspaceState, () => ({
    trusted: vscode.workspace.isTrusted,
    workspace: vscode.workspace.workspaceFolders !== undefined,
  }));
  const rubrics = shippedRubrics(context.asAbsolutePath('rubrics'));
  const shipped = {
    checkers: context.asAbsolutePath('dist/checkers'),
    native: context.asAbsolutePath('dist/native'),
  };
  const execution = keep(new Execution(shipped, store, consent));
  const session: Host['session'] = async () => ({
    ...(await execution.services()),
    store: await store(),
    evaluator: evaluator(),
    toolVersion,
    rubric: (task) => rubrics.of(task),
  });
  const { examineSetup } = execution;
  return {
    context,
    log,
    notices,
    stores,
    store,
    evaluator,
    toolVersion,
    consent,
    rubrics,
    session,
    examineSetup,
  };
}

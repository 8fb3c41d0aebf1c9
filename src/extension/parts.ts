import type * as vscode from 'vscode';
import type { Store } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { Dashboard } from './dashboard/dashboard.ts';
import type { ReviewDesk } from './desk.ts';
import type { AnswerFiles } from './documents/answerFiles.ts';
import type { RationaleDocument } from './documents/rationaleDocument.ts';
import type { IdealWorkspace } from './ideal/idealWorkspace.ts';
import type { InspectionParts } from './inspection/inspectionCommands.ts';
import type { TaskImporter } from './queue/importTasks.ts';
import type { Queue } from './queue/queue.ts';

/** The parts that commands act on. */
export interface Parts {
  readonly consent: Consent;
  readonly context: vscode.ExtensionContext;
  readonly dashboard: Dashboard;
  readonly desk: ReviewDesk;
  readonly evaluator: () => string;
  readonly files: AnswerFiles;
  readonly ideal: IdealWorkspace;
  readonly importer: TaskImporter;
  readonly inspection: InspectionParts;
  readonly log: vscode.LogOutputChannel;
  readonly queue: Queue;
  readonly rationale: RationaleDocument;
  readonly showMore: () => void;
  readonly store: () => Promise<Store>;
}

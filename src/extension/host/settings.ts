import * as vscode from 'vscode';

/** Tiebreak's settings as they hold now. Read on each use, so that a change needs no reload. */
export const settings = {
  /** Name in every record; empty for the id made for this installation. */
  get evaluator(): string {
    return read('evaluator', '').trim();
  },
  /** Folder of the database; empty for the extension's own. */
  get databaseFolder(): string {
    return read('databaseFolder', '').trim();
  },
  /** Image for containers, where the system has no sandbox of its own; empty for none. */
  get containerImage(): string {
    return read('containerImage', '').trim();
  },
  /** Folder of local clones that tasks may name revisions of; empty for only those beside a file of tasks. */
  get clonesFolder(): string {
    return read('clonesFolder', '').trim();
  },
  /** Folder through which reviews are exchanged; empty until one is chosen. */
  get exchangeFolder(): string {
    return read('exchange.folder', '').trim();
  },
  get defaultRubric(): string {
    return read('defaultRubric', 'general');
  },
  /** As they were written; `readCalibrationSettings` says whether they can be. */
  get calibration(): unknown {
    return read<unknown>('calibration', {});
  },
  get runOnOpen(): boolean {
    return read('runOnOpen', false);
  },
  /** Whether reviewers see who wrote a review. */
  get showEvaluators(): boolean {
    return read('showEvaluators', false);
  },
  get checkOnOpen(): boolean {
    return read('checkOnOpen', true);
  },
} as const;

export function onSettingsChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('tiebreak')) listener();
  });
}

function read<T>(key: string, fallback: T): T {
  return vscode.workspace.getConfiguration('tiebreak').get<T>(key, fallback);
}

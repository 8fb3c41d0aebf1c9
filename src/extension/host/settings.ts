import * as vscode from 'vscode';

/** Tiebreak's current settings. Read on each use, so that a change needs no reload. */
export const settings = {
  /** Name in every record; empty for the id made for this installation. */
  get evaluator(): string {
    return read('evaluator', '').trim();
  },
  /** Folder of the database; empty for the extension's own. */
  get databaseFolder(): string {
    return read('databaseFolder', '').trim();
  },
  /** Image for containers, if the system has no sandbox of its own; empty for none. */
  get containerImage(): string {
    return read('containerImage', '').trim();
  },
  /** Folder of local clones whose revisions tasks may name; if empty, only clones beside the file of tasks are used. */
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
  /** Not validated; see `readCalibrationSettings`. */
  get calibration(): unknown {
    return read<unknown>('calibration', {});
  },
  get runOnOpen(): boolean {
    return read('runOnOpen', false);
  },
  get prepareNext(): boolean {
    return read('prepareNext', true);
  },
  /** Whether reviewers see who wrote a review. */
  get showEvaluators(): boolean {
    return read('showEvaluators', false);
  },
  /** Whether the dashboard names the models of tasks that are judged. */
  get showModels(): boolean {
    return read('showModels', false);
  },
  /** Rate and weeks of the time sheet's estimate; with a rate of 0 there is no estimate. */
  get timeSheet(): { readonly hourly: number; readonly weeks: number } {
    return { hourly: read('timeSheet.hourlyRate', 0), weeks: read('timeSheet.weeks', 1) };
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

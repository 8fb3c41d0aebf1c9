import * as vscode from 'vscode';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import { rationaleScheme } from '../commands/manifest.ts';
import type { Report } from '../../sessions/background.ts';
import type { Session } from '../../sessions/review/session.ts';
import { DraftDocuments } from './draftDocuments.ts';

/**
 * Milliseconds between the last keystroke and the save of the document. The draft has each keystroke at once. Longer than a
 * pause in typing, because an undo stops at a save.
 */
const settleMs = 400;

/**
 * The open task's rationale as a document. Its language is Markdown with its own defaults: the person's settings for Markdown
 * could trim it at each save.
 */
export class RationaleDocument implements vscode.Disposable {
  readonly #documents: DraftDocuments;

  constructor(desk: ReviewDesk, report: Report) {
    const texts = {
      scheme: rationaleScheme,
      settleMs,
      read: (session: Session, { path }: vscode.Uri) =>
        path === RationaleDocument.uri(session).path ? session.rationale() : undefined,
      edit: (session: Session, _uri: vscode.Uri, text: string) => session.editRationale(text),
    };
    this.#documents = new DraftDocuments(texts, desk, report);
  }

  static uri(session: Session): vscode.Uri {
    return vscode.Uri.from({
      scheme: rationaleScheme,
      path: `/${encodeURIComponent(session.task.id)}/draft.rationale.md`,
    });
  }

  async open(session: Session): Promise<void> {
    await vscode.window.showTextDocument(RationaleDocument.uri(session), {
      viewColumn: vscode.ViewColumn.Beside,
    });
  }

  dispose(): void {
    this.#documents.dispose();
  }
}

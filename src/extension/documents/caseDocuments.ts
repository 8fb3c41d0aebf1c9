import * as vscode from 'vscode';
import { extensionOf } from '../../core/code/languages.ts';
import { textHash } from '../../core/text/hash.ts';
import type { CaseCodeField } from '../../core/review/caseForm.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import type { Session } from '../../sessions/review/session.ts';
import { caseScheme } from '../commands/manifest.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import { DraftDocuments } from './draftDocuments.ts';

/** The code of a case that the panel requests to open: a field of a form in the draft. */
export interface CaseCode {
  readonly form: string;
  readonly field: CaseCodeField;
  /** The name of the case; it becomes the name of the document. */
  readonly name: string;
}

/**
 * The code of unsaved cases in editor tabs, in the task's language. A tab closes when its case is saved or its task is left:
 * nothing is lost, because the draft has every keystroke.
 */
export class CaseDocuments implements vscode.Disposable {
  readonly #documents: DraftDocuments;
  readonly #subscription: vscode.Disposable;

  constructor(desk: ReviewDesk, report: Report) {
    const texts = {
      scheme: caseScheme,
      read: (session: Session, uri: vscode.Uri) => placeOf(session, uri)?.text,
      edit: (session: Session, uri: vscode.Uri, text: string) => {
        const place = placeOf(session, uri);
        if (place !== undefined) session.editCaseCode(place.form, place.field, text);
      },
    };
    this.#documents = new DraftDocuments(texts, desk, report);
    const close = (isWanted: (uri: vscode.Uri) => boolean) =>
      inBackground(this.#documents.close(isWanted), report);
    const closeSaved = (session: Session): void =>
      close((uri) => isOfTask(session, uri) && placeOf(session, uri) === undefined);
    this.#subscription = vscode.Disposable.from(
      desk.onDidChangeState(({ draft }) => {
        if (draft && desk.session !== undefined) closeSaved(desk.session);
      }),
      desk.onDidLeave((session) => close((uri) => isOfTask(session, uri))),
    );
  }

  async open(session: Session, { form, field, name }: CaseCode): Promise<void> {
    const stem = name.trim().replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-') || 'case';
    const file = `${stem}.${field === 'schema' ? 'sql' : extensionOf(session.task.language)}`;
    const uri = vscode.Uri.from({
      scheme: caseScheme,
      path: `${folderOf(session)}${keyOf(form)}/${field}/${file}`,
    });
    const isSame = (other: vscode.Uri) => folderOfFile(other) === folderOfFile(uri);
    // The case may have been renamed since its tab was opened.
    const there = vscode.workspace.textDocuments.find((document) => isSame(document.uri));
    await vscode.window.showTextDocument(there?.uri ?? uri, {
      preview: false,
      viewColumn: vscode.ViewColumn.Beside,
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#documents.dispose();
  }
}

/** The form of a case and the field that a document shows, from its folders. */
function placeOf(
  session: Session,
  uri: vscode.Uri,
): { form: string; field: CaseCodeField; text: string } | undefined {
  if (!isOfTask(session, uri)) return undefined;
  const [key, field] = uri.path.slice(folderOf(session).length).split('/');
  if (field !== 'source' && field !== 'schema') return undefined;
  const found = session.caseForms.find(({ form }) => keyOf(form) === key);
  return found && { form: found.form, field, text: found.fields[field] ?? '' };
}

function isOfTask(session: Session, { scheme, path }: vscode.Uri): boolean {
  return scheme === caseScheme && path.startsWith(folderOf(session));
}

function folderOf({ task }: Session): string {
  return `/${encodeURIComponent(task.id)}/`;
}

function keyOf(form: string): string {
  return textHash(form).slice(0, 12);
}

function folderOfFile({ scheme, path }: vscode.Uri): string {
  return `${scheme}:${path.slice(0, path.lastIndexOf('/'))}`;
}

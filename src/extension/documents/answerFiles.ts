import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Side } from '../../core/task/side.ts';
import { textHash } from '../../core/text/hash.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import { Listeners } from '../../sessions/desk/listeners.ts';
import type { AnswerSource } from '../../sessions/panelSession.ts';
import { answerScheme } from '../commands/manifest.ts';
import type { InspectionDesk } from '../inspection/inspectionDesk.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import { AnswerFolder } from '../../sessions/review/answerFolder.ts';
import { closeTabs } from './tabs.ts';

/**
 * The answers as documents. Problems, the Test Explorer and anchors lead to virtual documents of the open task. When the
 * person opens the answers as files or in the diff editor, they become read-only files on disk until the task is left: the
 * person's own language extensions can do more with files.
 */
export class AnswerFiles implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #folder: AnswerFolder;
  readonly #report: Report;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #written: Listeners<void>;
  readonly #disposables: vscode.Disposable[];

  constructor(storage: string, desk: ReviewDesk, inspection: InspectionDesk, report: Report) {
    this.#desk = desk;
    this.#folder = new AnswerFolder(join(storage, 'answers'));
    this.#report = report;
    this.#written = new Listeners(report);
    this.#disposables = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(answerScheme, this),
      desk.onDidChangeState(({ task }) => {
        if (task) this.#follow();
      }),
      desk.onDidLeave((session) => inBackground(this.#leave(session), report)),
      inspection.onDidLeave((session) => inBackground(this.#leave(session), report)),
    ];
    inBackground(this.#sweep(), report);
  }

  /** The answers were written to disk: `uri` returns file URIs from now on. */
  get onDidWrite(): Listeners<void>['add'] {
    return this.#written.add;
  }

  /** The URI of a file of an answer: on disk if the answers were opened as files, else virtual. */
  uri(session: AnswerSource, side: Side, path: string): vscode.Uri {
    const written = this.#folder.path(session, side, path);
    if (written !== undefined) return vscode.Uri.file(written);
    return vscode.Uri.file(join(this.#virtualFolder(session), side, path)).with({ scheme: answerScheme });
  }

  /** The side and path of one of these files; `undefined` for any other. */
  locate(session: AnswerSource, uri: vscode.Uri): { side: Side; path: string } | undefined {
    if (uri.scheme === 'file') return this.#folder.locate(session, uri.fsPath);
    if (uri.scheme !== answerScheme) return undefined;
    for (const { side, shownFiles } of session.answers) {
      const file = shownFiles.find(({ path }) => this.#virtualPath(session, side, path) === uri.path);
      if (file !== undefined) return { side, path: file.path };
    }
    return undefined;
  }

  /** Writes the files of all answers, as shown, unless they are there. Call it only for what the person opens. */
  async write(session: AnswerSource): Promise<void> {
    if (await this.#folder.write(session)) this.#written.fire();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const { session } = this.#desk;
    const place = session && this.locate(session, uri);
    const answer = session?.answers.find(({ side }) => side === place?.side);
    const file = answer?.shownFiles.find(({ path }) => path === place?.path);
    if (file !== undefined) return file.text;
    throw new Error('The task of this answer is not open. Open the task from the Tiebreak queue');
  }

  /** Removes the files of this window; called when the extension ends. */
  removeAll(): Promise<void> {
    return this.#folder.removeAll();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#written.clear();
  }

  /** Updates open documents: an answer may be read in another way now. */
  #follow(): void {
    const { session } = this.#desk;
    if (session === undefined) return;
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === answerScheme) this.#changed.fire(uri);
    if (this.#folder.isOpened(session)) inBackground(this.write(session), this.#report);
  }

  /** Closes the tabs before it removes their files. */
  async #leave(session: AnswerSource): Promise<void> {
    const folder = this.#folder.folder(session);
    const virtual = this.#virtualFolder(session);
    await closeTabs(({ scheme, fsPath }) => {
      const own = scheme === answerScheme ? virtual : scheme === 'file' ? folder : undefined;
      return own !== undefined && fsPath.startsWith(join(own, '/'));
    });
    await this.#folder.remove(session);
  }

  /** Removes the files that earlier windows left on disk, and the restored tabs that show them. */
  async #sweep(): Promise<void> {
    const root = join(this.#folder.root, '/');
    await closeTabs(
      ({ scheme, fsPath }) => [answerScheme, 'file'].includes(scheme) && fsPath.startsWith(root),
    );
    await this.#folder.sweep();
  }

  #virtualPath(session: AnswerSource, side: Side, path: string): string {
    return vscode.Uri.file(join(this.#virtualFolder(session), side, path)).path;
  }

  /** The name includes the order: a reviewer sees the answers in the evaluator's order, which may differ from their own. */
  #virtualFolder(session: AnswerSource): string {
    const shown = session.answers.map(({ answerId }) => answerId);
    return join(this.#folder.root, textHash([session.task.id, ...shown].join('\n')).slice(0, 12));
  }
}

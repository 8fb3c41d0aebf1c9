import * as vscode from 'vscode';
import type { Side } from '../../core/task/side.ts';
import type { AnswerSource } from '../../sessions/panelSession.ts';
import type { AnswerFiles } from './answerFiles.ts';

/** Opens A and B in the native diff editor, or in the multi-file diff editor if there are several files. */
export async function openNativeDiff(
  session: AnswerSource,
  files: AnswerFiles,
  only?: string,
): Promise<void> {
  await files.write(session);
  session.addStep?.('editor', 'difference');
  const wanted = session.diff.filter((pair) => only === undefined || pair.a === only || pair.b === only);
  const title = `A ↔ B · ${session.title}`;
  const uri = (side: Side, path: string | undefined) =>
    path === undefined ? undefined : files.uri(session, side, path);
  const [first] = wanted;
  if (wanted.length === 1 && first?.a !== undefined && first.b !== undefined) {
    await vscode.commands.executeCommand('vscode.diff', uri('A', first.a), uri('B', first.b), title);
    return;
  }
  const resources = wanted.map((pair) => [
    uri('A', pair.a) ?? uri('B', pair.b),
    uri('A', pair.a),
    uri('B', pair.b),
  ]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}

/** Opens one file of an answer beside the panel, at a line. */
export async function openAnswerFile(
  session: AnswerSource,
  files: AnswerFiles,
  place: { side: Side; file: string; line?: number | undefined },
): Promise<void> {
  await files.write(session);
  session.addStep?.('editor', `${place.side}/${place.file}`);
  const line = Math.max((place.line ?? 1) - 1, 0);
  await vscode.window.showTextDocument(files.uri(session, place.side, place.file), {
    viewColumn: vscode.ViewColumn.Beside,
    selection: new vscode.Range(line, 0, line, 0),
  });
}

/** Opens every file of both answers, A's before B's. */
export async function openAnswerFiles(session: AnswerSource, files: AnswerFiles): Promise<void> {
  await files.write(session);
  for (const { side, shownFiles } of session.answers) {
    for (const file of shownFiles) {
      session.addStep?.('editor', `${side}/${file.path}`);
      await vscode.window.showTextDocument(files.uri(session, side, file.path), {
        preview: false,
        viewColumn: side === 'A' ? vscode.ViewColumn.One : vscode.ViewColumn.Two,
      });
    }
  }
}

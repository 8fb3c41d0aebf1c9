import * as vscode from 'vscode';

const scheme = 'tiebreak-report';

/** Reports as read-only Markdown documents. They exist as long as the window. */
export class Reports implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #provider: vscode.Disposable;

  constructor() {
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path }) =>
        this.#texts.get(path) ??
        'This report belonged to an earlier window. Run the command again to recreate it.\n',
    });
  }

  dispose(): void {
    this.#provider.dispose();
  }

  /** Stores a report under a title. Returns a function that opens it as a preview, from which the text can be copied. */
  keep(title: string, text: string): () => Promise<void> {
    const time = new Date().toLocaleTimeString('en-GB').replaceAll(':', '.');
    const uri = vscode.Uri.from({ scheme, path: `/${title} ${time}.md` });
    this.#texts.set(uri.path, text);
    return async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: false });
    };
  }
}

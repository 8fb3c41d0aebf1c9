import type { Page } from 'playwright-core';

/* In a browser the editor keeps the state of a window in IndexedDB, and saves it when it is idle. */

/** The saved state of a window. */
interface Kept {
  /** The editors of all groups, as the editor serializes them: each with an `id` and a `value` in JSON. */
  readonly tabs: readonly { readonly id: string; readonly value: string }[];
  /** The state that Tiebreak saves for the workspace, as JSON. */
  readonly tiebreak: string;
}

/** Whether the window has saved the tabs that it shows, and a state of Tiebreak that matches `tiebreak`. */
export async function isKept(page: Page, tiebreak: RegExp): Promise<boolean> {
  const kept = await readKept(page);
  if (kept === undefined || !tiebreak.test(kept.tiebreak)) return false;
  const shown = await page
    .locator('.editor-group-container .tab')
    .evaluateAll((tabs) => tabs.map((tab) => tab.ariaLabel ?? ''));
  const names = kept.tabs.map(({ value }) => nameOf(value)).filter((name) => name !== undefined);
  const isShown = (name: string) => shown.some((label) => label.includes(name));
  return kept.tabs.length === shown.length && names.every(isShown);
}

/** The name that a tab shows: the title of a webview, or the name of a file; undefined for the editor's own pages. */
function nameOf(value: string): string | undefined {
  const { title, resourceJSON } = JSON.parse(value || '{}') as {
    title?: string;
    resourceJSON?: { path: string };
  };
  return title ?? resourceJSON?.path.split('/').at(-1);
}

function readKept(page: Page): Promise<Kept | undefined> {
  return page.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
      });
    // The name ends with the hash of the workspace; other databases hold what all workspaces share.
    const ofWorkspace = /^vscode-web-state-db-(?!global)/;
    const names = (await indexedDB.databases()).map((database) => database.name ?? '');
    const name = names.find((candidate) => ofWorkspace.test(candidate));
    if (name === undefined) return;
    const database = await result(indexedDB.open(name));
    try {
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      const read = async (key: string) => ((await result(items.get(key))) as string | undefined) ?? '';
      const [editors, tiebreak] = await Promise.all([
        read('memento/workbench.parts.editor'),
        read('tiebreak.tiebreak'),
      ]);
      const tabs: Kept['tabs'][number][] = [];
      interface Grid {
        type: 'leaf' | 'branch';
        data: Grid[] | { editors: Kept['tabs'] };
      }
      const visit = ({ data }: Grid): void => {
        if (Array.isArray(data)) data.forEach(visit);
        else tabs.push(...data.editors);
      };
      const part = JSON.parse(editors || '{}') as Record<string, { serializedGrid?: { root: Grid } }>;
      const grid = part['editorpart.state']?.serializedGrid;
      if (grid !== undefined) visit(grid.root);
      return { tabs, tiebreak };
    } finally {
      database.close();
    }
  });
}

import * as vscode from 'vscode';

/** A list, flat or in groups, a page at a time: the workbench cannot take a hundred thousand rows. */
export abstract class ListTree<Row> implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listed = new vscode.EventEmitter<void>();
  /** Fires when the rows were read again. */
  readonly onDidList = this.#listed.event;
  readonly #subscription: vscode.Disposable;
  readonly #pageSize: number;
  /** By group, or by `undefined` for the top of the tree: the number of entries to show, and the rows that were read. */
  readonly #shown = new Map<Row | undefined, number>();
  readonly #rows = new Map<Row | undefined, readonly Row[]>();

  /** `onDidChange` fires when the rows must be read again. */
  constructor(onDidChange: vscode.Event<void>, pageSize: number) {
    this.#subscription = onDidChange(() => this.#changed.fire());
    this.#pageSize = pageSize;
  }

  abstract getTreeItem(row: Row): vscode.TreeItem;

  /** The rows of the first `count` entries, at the top or in a group. A group is the same object each time. */
  protected abstract read(count: number, group: Row | undefined): Promise<Row[]>;

  /** The id of the entry in a row, if it has one. */
  protected abstract idOf(row: Row): string | undefined;

  async getChildren(group?: Row): Promise<Row[]> {
    const rows = await this.read(this.#shown.get(group) ?? this.#pageSize, group);
    if (group === undefined) this.#forgetAllBut(rows);
    this.#rows.set(group, rows);
    this.#listed.fire();
    return rows;
  }

  /** The group of a row, if it is in one. The workbench asks before it reveals a row. */
  getParent(row: Row): Row | undefined {
    return [...this.#rows].find(([, rows]) => rows.includes(row))?.[0];
  }

  /** The row of an entry, if it is listed. */
  rowOf(id: string): Row | undefined {
    return [...this.#rows.values()].flat().find((row) => this.idOf(row) === id);
  }

  /** Shows another page at the top or in a group. */
  showMore(group?: Row): void {
    this.#shown.set(group, (this.#shown.get(group) ?? this.#pageSize) + this.#pageSize);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#listed.dispose();
    this.#changed.dispose();
  }

  /** Forgets the rows of groups that are not at the top any more. */
  #forgetAllBut(groups: readonly Row[]): void {
    for (const group of this.#rows.keys()) {
      if (group !== undefined && !groups.includes(group)) this.#rows.delete(group);
    }
  }
}

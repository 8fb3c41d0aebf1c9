import type { Disposable, Event, TreeView } from 'vscode';
import { inBackground, type Report } from '../../sessions/background.ts';

/** The open work, and its row in a list. */
interface Open<Node> {
  readonly id: string;
  readonly row: Node;
}

/**
 * Selects the row of the open work in a list, once for each opening, so that a person can select other rows afterwards. The
 * focus does not move, and a hidden list is not opened.
 */
export class OpenRow<Node> implements Disposable {
  readonly #view: Pick<TreeView<Node>, 'visible' | 'reveal'>;
  readonly #find: () => Open<Node> | undefined;
  readonly #report: Report;
  readonly #subscriptions: readonly { dispose(): void }[];
  #selected: string | undefined;

  /** `find` returns the open work, if the list shows it. It is called after each of the events. */
  constructor(
    view: Pick<TreeView<Node>, 'visible' | 'reveal' | 'onDidChangeVisibility'>,
    find: () => Open<Node> | undefined,
    events: readonly Event<unknown>[],
    report: Report,
  ) {
    this.#view = view;
    this.#find = find;
    this.#report = report;
    const select = (): void => this.#select();
    this.#subscriptions = [view.onDidChangeVisibility(select), ...events.map((event) => event(select))];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #select(): void {
    if (!this.#view.visible) return;
    const open = this.#find();
    if (open === undefined || open.id === this.#selected) return;
    this.#selected = open.id;
    inBackground(this.#view.reveal(open.row, { select: true, focus: false }), this.#report);
  }
}

/** The open work with its row, if the list has one. */
export function openRowIn<Node>(
  id: string | undefined,
  rowOf: (id: string) => Node | undefined,
): Open<Node> | undefined {
  const row = id === undefined ? undefined : rowOf(id);
  return id === undefined || row === undefined ? undefined : { id, row };
}

import type { StateMessage } from '../protocol/panel/messages.ts';
import type { PanelState } from '../protocol/panel/state.ts';
import { stateChanges } from '../protocol/panel/stateChanges.ts';

/**
 * Sends a page its state: once as a whole, then only changes. Keeps a copy of the sent state, so that the message for a
 * keystroke or a result is as small as the change.
 */
export class StateSender {
  readonly #send: (message: StateMessage) => void;
  /** The state of the page; `undefined` until it has a state, and while another state is being prepared. */
  #sent: PanelState | undefined;
  /** Increases with each whole state. */
  #version = 0;

  constructor(send: (message: StateMessage) => void) {
    this.#send = send;
  }

  /** Another state is being prepared. It will include changes made until then, so these are not sent separately. */
  prepare(): void {
    this.#sent = undefined;
  }

  /** Sends everything, for another task or a page that was reloaded. The colours of the same task's code stay. */
  whole(state: PanelState): void {
    const { task, highlight } = this.#sent ?? {};
    const isSameTask = task?.id === state.task?.id;
    this.#version += 1;
    this.#sent = isSameTask && highlight !== undefined ? { highlight, ...state } : state;
    this.#send({ kind: 'whole', version: this.#version, state: this.#sent });
  }

  /**
   * Sends the changes that the sections make. A notice is always sent, because the page may have dismissed the same notice
   * before.
   */
  change({ notice, ...sections }: PanelState): void {
    if (this.#sent !== undefined) this.#sendChanges(this.#sent, sections);
    if (notice !== undefined) this.#send({ kind: 'notice', notice });
  }

  #sendChanges(sent: PanelState, sections: PanelState): void {
    const state = { ...sent, ...sections };
    if (state.task?.id !== sent.task?.id) return this.whole(state);
    const changes = stateChanges(sent, sections);
    if (changes === undefined) return;
    this.#sent = state;
    this.#send({ kind: 'changes', of: this.#version, taskId: sent.task?.id ?? null, changes });
  }
}

import type * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import { untrustedWorkspace } from '../../core/run/untrusted.ts';

const key = 'tiebreak.unsandboxed';

/** The conditions under which consent is possible. */
interface WorkspaceState {
  readonly trusted: boolean;
  /** Whether a folder or workspace is open: consent applies to it alone. */
  readonly workspace: boolean;
}

/**
 * The person's consent to run answers without a sandbox. It applies to one workspace, can be withdrawn at any time, and has
 * no effect in an untrusted workspace.
 */
export class Consent {
  readonly #state: vscode.Memento;
  readonly #workspace: () => WorkspaceState;

  constructor(state: vscode.Memento, workspace: () => WorkspaceState) {
    this.#state = state;
    this.#workspace = workspace;
  }

  /** Read before each run. */
  get given(): boolean {
    const { trusted, workspace } = this.#workspace();
    return trusted && workspace && this.#state.get(key) === true;
  }

  /** Throws if nobody can consent here: `untrusted-workspace`, `no-workspace`. */
  check(): void {
    const { trusted, workspace } = this.#workspace();
    if (!workspace) {
      throw tiebreakError('no-workspace', {
        what: 'Consent to run without a sandbox applies to one workspace, and none is open',
        remedy: 'Open a folder, then allow it there',
      });
    }
    if (!trusted) {
      throw tiebreakError('untrusted-workspace', untrustedWorkspace);
    }
  }

  async give(): Promise<void> {
    this.check();
    await this.#state.update(key, true);
  }

  async takeBack(): Promise<void> {
    await this.#state.update(key, undefined);
  }
}

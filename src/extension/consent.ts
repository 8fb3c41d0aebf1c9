import type * as vscode from 'vscode';
import { tiebreakError } from '../core/errors.ts';

const key = 'tiebreak.unsandboxed';

/** What decides whether consent is possible, as it is now. */
interface Place {
  readonly trusted: boolean;
  /** A folder or workspace is open: consent is for it and for nothing else. */
  readonly workspace: boolean;
}

/**
 * The person's consent to run answers without a sandbox: for one workspace, to be taken back at any time, and without
 * effect where the workspace is not trusted.
 */
export class Consent {
  readonly #state: vscode.Memento;
  readonly #place: () => Place;

  constructor(state: vscode.Memento, place: () => Place) {
    this.#state = state;
    this.#place = place;
  }

  /** Asked before each run. */
  get given(): boolean {
    const { trusted, workspace } = this.#place();
    return trusted && workspace && this.#state.get(key) === true;
  }

  /** Throws where nobody can consent: `untrusted-workspace`, `no-workspace`. */
  check(): void {
    const { trusted, workspace } = this.#place();
    if (!workspace) {
      throw tiebreakError('no-workspace', {
        what: 'Consent to run without a sandbox is for one workspace, and none is open',
        mend: 'Open a folder first',
      });
    }
    if (!trusted) {
      throw tiebreakError('untrusted-workspace', {
        what: 'Nothing is run in a workspace that is not trusted, with or without a sandbox',
        mend: 'Trust the workspace first (command “Workspaces: Manage Workspace Trust”)',
      });
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

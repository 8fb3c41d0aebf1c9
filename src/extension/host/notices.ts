import * as vscode from 'vscode';
import { messageOf, TiebreakError } from '../../core/errors.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import { noticeText } from './noticeText.ts';

/** A button of a notification, and what it does. */
export interface Button {
  readonly title: string;
  press(): unknown;
}

/** Notifications and the log. No caller waits until the person closes a notification. */
export class Notices {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  info(text: string, ...buttons: readonly Button[]): void {
    this.#await(vscode.window.showInformationMessage(noticeText(text), ...titles(buttons)), buttons);
  }

  warning(text: string, ...buttons: readonly Button[]): void {
    this.#await(vscode.window.showWarningMessage(noticeText(text), ...titles(buttons)), buttons);
  }

  /**
   * Shows an error with its remedy and a button that opens the log. An error that only says that there is nothing to act on
   * is shown as information.
   */
  readonly error: Report = (error) => {
    if (error instanceof TiebreakError && error.code.startsWith('no-')) return this.info(error.message);
    this.log(error);
    const button = { title: 'Show Log', press: () => this.#log.show() };
    this.#await(vscode.window.showErrorMessage(noticeText(messageOf(error)), button.title), [button]);
  };

  /** Writes an error only to the log: for optional work that the person did not request. */
  readonly log: Report = (error) => this.#log.error(error instanceof Error ? error : String(error));

  #await(picking: Thenable<string | undefined>, buttons: readonly Button[]): void {
    const pressing = picking.then((picked) => {
      const button = buttons.find(({ title }) => title === picked);
      if (button !== undefined) inBackground(Promise.resolve(button.press()), this.error);
    });
    inBackground(pressing, this.log);
  }
}

function titles(buttons: readonly Button[]): string[] {
  return buttons.map(({ title }) => title);
}

import type * as vscode from 'vscode';

/** Disposes of an object when the extension ends. Returns the object. */
export type Keep = <Kept extends vscode.Disposable>(kept: Kept) => Kept;

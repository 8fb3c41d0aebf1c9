import type { SourceFile } from '../../../core/task/task.ts';
import { programText } from '../../programText.ts';

const wrapper = programText(import.meta.url, './wrapper.go');

/**
 * The test files that call a function of the package in `folder`; `target` is an expression for the function.
 */
export function callFiles(folder: string, packageName: string, target: string): SourceFile[] {
  const text = wrapper.replace(/^package main$/m, `package ${packageName}`);
  const named = `package ${packageName}\n\nvar tiebreakTarget any = ${target}\n`;
  return [
    { path: `${folder}/tiebreak_call_test.go`, text },
    { path: `${folder}/tiebreak_target_test.go`, text: named },
  ];
}

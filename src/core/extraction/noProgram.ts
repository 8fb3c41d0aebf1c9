import { languageTitle } from '../code/languages.ts';
import type { Rejection } from './types.ts';

/** The rejection of an answer without code in the task's language. */
export function noProgram(language: string): readonly [Rejection] {
  return [{ path: '', reason: `the answer contains no ${languageTitle(language) || 'code'}` }];
}

/** The rejection of a blank answer. */
export const emptyAnswer: readonly [Rejection] = [{ path: '', reason: 'the answer is empty' }];

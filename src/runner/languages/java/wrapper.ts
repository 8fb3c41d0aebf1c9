import type { SourceFile } from '../../../core/task/task.ts';
import { programText } from '../../programText.ts';

/** The class whose `main` calls a method. Arguments: the method's name and the answer's classes. */
export const callClass = 'TiebreakCall';

/** The class that runs an answer's tests with JUnit. Arguments: the classes that contain tests. */
export const testsClass = 'TiebreakTests';

/** The class that runs a test that is a program of its own. */
export const plainClass = 'TiebreakPlain';

type WrapperClass = typeof callClass | typeof testsClass | typeof plainClass;

const channel = programText(import.meta.url, './wrapper/TiebreakChannel.java');
const texts: Readonly<Record<WrapperClass, string>> = {
  TiebreakCall: programText(import.meta.url, './wrapper/TiebreakCall.java'),
  TiebreakTests: programText(import.meta.url, './wrapper/TiebreakTests.java'),
  TiebreakPlain: programText(import.meta.url, './wrapper/TiebreakPlain.java'),
};

/** The sources of one of the classes. */
export function wrapperSources(name: WrapperClass): SourceFile[] {
  return [
    { path: 'TiebreakChannel.java', text: channel },
    { path: `${name}.java`, text: texts[name] },
  ];
}

import type { SourceFile } from '../task/task.ts';

/** A piece of an answer's text. Joined in order, the pieces' `raw` is the text, byte for byte. */
export interface Segment {
  readonly kind: 'prose' | 'code' | 'thinking';
  /** The whole piece, including fences and marks. */
  readonly raw: string;
  /** A code segment's content without its fences; for other segments `raw` without a fence around the whole answer. */
  readonly text: string;
  /** The language named on the fence, in lower case; empty without a language. */
  readonly language: string;
  /** The file name the answer gives the block (info string, heading or first comment). */
  readonly path?: string;
}

/** A hunk that fits nowhere, and the most similar place in the file. */
export interface RejectedHunk {
  /** 1-based number of the hunk; `count` is the number of hunks of the file. */
  readonly number: number;
  readonly count: number;
  /** Line of the file, from 1, at which `found` begins. */
  readonly line: number;
  /** The lines that the hunk keeps or removes, as in the diff. */
  readonly expected: readonly string[];
  /** As many lines of the file, or fewer at its end. */
  readonly found: readonly string[];
}

/** Why an answer is not run: a part of its diff did not apply, or the answer has no program. */
export interface Rejection {
  /** The file, as named in the diff or the task; empty if the answer has no program. */
  readonly path: string;
  /** Why, as a clause: "hunk 2 of 3 does not apply", "the answer contains no Python". */
  readonly reason: string;
  readonly hunk?: RejectedHunk;
}

/** One way to read an answer as files. */
export interface Reading {
  /**
   * Stable for the same text: `named`, `block:2`, `needed`, `joined`, `completed`, `continuation`, `bare`, `trimmed`, `inline`, `whole`, `diff`.
   */
  readonly id: string;
  /** The label in the picker: "block 2 of 3 · python · defines chunk". */
  readonly label: string;
  /** The main file is the first. */
  readonly files: readonly SourceFile[];
  /** Files of the task that a diff deletes or renames. */
  readonly removed?: readonly string[];
  /** Why the answer is not run: parts of its diff do not apply, or the files are not a program in the task's language. */
  readonly rejections?: readonly Rejection[];
}

/** The result of reading an answer: its pieces, every reading, and the chosen reading. */
export interface Extraction {
  readonly segments: readonly Segment[];
  /** Best first; at least one unless the text is blank. */
  readonly readings: readonly Reading[];
  /** Problems to show, such as a diff hunk that does not apply or an ambiguous choice; each a sentence. */
  readonly problems: readonly string[];
}

/** What is known about the task apart from the answer's text. */
export interface ExtractOptions {
  /** The task's language. */
  readonly language: string;
  /** The function, class or file that cases start from. */
  readonly entry?: string | undefined;
  readonly prompt?: string | undefined;
  /** The task's own files, which a diff changes. */
  readonly files?: readonly SourceFile[] | undefined;
  /** File name for a block without a name: `main.py`. */
  readonly mainFile: string;
}

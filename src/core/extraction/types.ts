import type { SourceFile } from '../task.ts';

/** A piece of an answer's text. Joined in order, the pieces' `raw` is the text, byte for byte. */
export interface Segment {
  readonly kind: 'prose' | 'code';
  /** All of it, fences included. */
  readonly raw: string;
  /** A code segment's content without its fences; the same as `raw` for prose. */
  readonly text: string;
  /** The language named on the fence, lower case; empty where none is. */
  readonly language: string;
  /** The file name the answer gives the block (info string, heading or first comment). */
  readonly path?: string;
}

/** A hunk that fits nowhere, and the place of the file that comes nearest. */
export interface RejectedHunk {
  /** Which hunk of the file, from 1, and of how many. */
  readonly number: number;
  readonly count: number;
  /** Line of the file, from 1, at which `found` begins. */
  readonly line: number;
  /** The lines that the hunk keeps or takes away, as the diff has them. */
  readonly expected: readonly string[];
  /** As many lines of the file, or fewer at its end. */
  readonly found: readonly string[];
}

/** A part of a diff that was not applied. */
export interface Rejection {
  /** The file it concerns, as the diff names it or as the task does. */
  readonly path: string;
  /** Why, as a clause: "hunk 2 of 3 does not apply". */
  readonly reason: string;
  readonly hunk?: RejectedHunk;
}

/** One way to read an answer as files. */
export interface Reading {
  /**
   * Stable for the same text: `named`, `block:2`, `joined`, `continuation`, `trimmed`, `inline`, `whole`, `diff`.
   */
  readonly id: string;
  /** What a person reads on the chooser: "block 2 of 3 · python · defines chunk". */
  readonly label: string;
  /** The first is where the program starts. */
  readonly files: readonly SourceFile[];
  /** Files of the task that a diff deletes or renames. */
  readonly removed?: readonly string[];
  /** What of a diff does not apply. With one of them the answer is not run: its files are not what it meant. */
  readonly rejections?: readonly Rejection[];
}

/** What an answer's text holds: its pieces, every reading of it, and the one chosen. */
export interface Extraction {
  readonly segments: readonly Segment[];
  /** Best first; at least one unless the text is blank. */
  readonly readings: readonly Reading[];
  /** What went wrong, such as a diff hunk that does not apply; shown to the person. */
  readonly problems: readonly string[];
}

/** What is known of the task beside the answer's text. */
export interface ExtractOptions {
  /** The task's language. */
  readonly language: string;
  /** The function, class or file that cases start from. */
  readonly entry?: string | undefined;
  readonly prompt?: string | undefined;
  /** The task's own files, which a diff changes. */
  readonly files?: readonly SourceFile[] | undefined;
  /** Name of the file a nameless block becomes: `main.py`. */
  readonly mainFile: string;
}

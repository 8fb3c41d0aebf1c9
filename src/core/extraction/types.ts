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

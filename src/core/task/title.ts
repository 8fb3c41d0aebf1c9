import { visibleLine } from '../text/visible.ts';

/** A task's title, or else the first line of its prompt that says something, at most 80 characters. */
export function taskTitle(task: { readonly title?: string | undefined; readonly prompt: string }): string {
  return visibleLine(task.title ?? titleFrom(task.prompt));
}

function titleFrom(prompt: string): string {
  const lines = prompt
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.find((line) => !preamble.test(line))?.replace(marker, '');
  return clipped(telling ?? lines[0] ?? 'Untitled task', 80);
}

/** Text above the code of a prompt that does not describe the task. */
const preamble =
  /^(?:#\s*(?:include|define|pragma)\b|#!|(?:import|using|package)\s+[\w.:*{}"',][\w.:*{}"', ]*;?$|from\s+\S+\s+import\b|```|~~~|[/#*\-"'=]+$)/;

/** The mark of a comment or of a heading before its words. */
const marker = /^(?:\/\/+|#+|--|\/\*+)\s*/;

/** The text, cut to at most `most` characters; a cut text ends with an ellipsis. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

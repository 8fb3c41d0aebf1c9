/** A task's title: its own, else the first line of its prompt, at most 80 characters. */
export function taskTitle(task: { readonly title?: string | undefined; readonly prompt: string }): string {
  return task.title ?? titleFrom(task.prompt);
}

function titleFrom(prompt: string): string {
  const line =
    prompt
      .split('\n')
      .find((candidate) => candidate.trim() !== '')
      ?.trim() ?? 'Untitled task';
  return clipped(line, 80);
}

/** A text in so many characters, with an ellipsis where it is cut. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

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
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd()}…`;
}

/** The greatest length of a path in a task, in UTF-16 code units. */
export const longestPath = 512;

/** Whether a path is a relative POSIX path that stays inside its folder and outside `.git`: task files may be hostile. */
export function isRelativePath(path: string): boolean {
  if (path.length > longestPath || path.startsWith('/') || /^[A-Za-z]:/.test(path)) return false;
  if (path.includes('\\') || path.includes('\0')) return false;
  return path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()));
}

import { relativePathSchema, type SourceFile } from '../core/task.ts';
import { ownFolder } from './languages/shared.ts';

/**
 * Why an answer's files cannot be laid out in a folder, or `undefined` when they can. The names come from an answer and
 * are hostile until looked at, also where a schema has looked before.
 */
export function layoutProblem(files: readonly SourceFile[]): string | undefined {
  const paths = new Set(files.map((file) => file.path));
  for (const path of paths) {
    if (!relativePathSchema.safeParse(path).success)
      return `the file name ${JSON.stringify(path)} leaves the folder`;
    if (path === ownFolder || path.startsWith(`${ownFolder}/`))
      return `the folder "${ownFolder}" is the runner's own`;
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (paths.has(path.slice(0, slash))) return `"${path.slice(0, slash)}" is a file and a folder`;
    }
  }
  return undefined;
}

import { relativePathSchema, type SourceFile } from '../core/task/task.ts';
import { ownFolder } from './languages/shared/shared.ts';

/**
 * Why an answer's files cannot be written to a folder, or `undefined` if they can. The names come from an
 * answer, so they are hostile until checked here, even if a schema has checked them before.
 */
export function layoutProblem(files: readonly SourceFile[]): string | undefined {
  const paths = new Set(files.map((file) => file.path));
  for (const path of paths) {
    if (!relativePathSchema.safeParse(path).success)
      return `the file name ${JSON.stringify(path)} leaves the folder`;
    if (path === ownFolder || path.startsWith(`${ownFolder}/`))
      return `the folder "${ownFolder}" is reserved for the runner`;
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (paths.has(path.slice(0, slash))) return `"${path.slice(0, slash)}" is both a file and a folder`;
    }
  }
  return undefined;
}

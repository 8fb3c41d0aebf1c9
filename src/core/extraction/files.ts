import { canonicalLanguage } from '../code/languages.ts';
import type { SourceFile } from '../task/task.ts';
import { entryName, type Block } from './blocks.ts';
import { endsLike } from './patches.ts';
import { safePath } from './paths.ts';
import type { ExtractOptions } from './types.ts';

/** The name for a file without a name: `mainFile`, unless the language derives the name from the content. */
export function mainFileName(text: string, { language, mainFile }: ExtractOptions): string {
  const canonical = canonicalLanguage(language);
  if (canonical === 'java') return javaFileName(text) ?? mainFile;
  if (
    canonical === 'go' &&
    /\bfunc\s+(?:Test|Benchmark|Fuzz|Example)\w*\s*\(/.test(text) &&
    !mainFile.endsWith('_test.go')
  ) {
    return mainFile.replace(/\.go$/, '_test.go');
  }
  return mainFile;
}

/** A Java file is named after its public class, or else after its first class. */
function javaFileName(text: string): string | undefined {
  const code = text.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
  const type = String.raw`(?:final\s+|abstract\s+|sealed\s+|strictfp\s+)*(?:class|interface|enum|record|@interface)\s+(\w+)`;
  const name =
    new RegExp(String.raw`(?:^|\n)[ \t]*public\s+${type}`).exec(code)?.[1] ??
    new RegExp(String.raw`(?:^|\n)[ \t]*${type}`).exec(code)?.[1];
  return name === undefined ? undefined : `${name}.java`;
}

/**
 * The named blocks as files, the main file first. A block without a name joins them if only it defines the entry. Of two
 * blocks with the same name the later counts. A single file gets the default name if the task has no files.
 */
export function namedFiles(
  blocks: readonly Block[],
  best: Block,
  options: ExtractOptions,
): { files: SourceFile[]; problems: string[] } {
  const problems: string[] = [];
  const named = blocks.filter((block) => block.segment.path !== undefined && !block.isDiff);
  const files = new Map<string, string>();
  for (const block of named) {
    const path = placedPath(block, options, problems);
    if (files.has(path) && files.get(path) !== block.segment.text) {
      problems.push(`The answer gives ${path} more than once; the last one is used.`);
    }
    files.set(path, block.segment.text);
  }
  if (named.length > 0 && best.segment.path === undefined && best.usable && best.wanted > 0) {
    files.set(mainFileName(best.segment.text, options), best.segment.text);
  }
  const list = [...files].map(([path, text]) => ({ path, text }));
  const [only] = list;
  if (
    list.length === 1 &&
    only !== undefined &&
    (options.files ?? []).length === 0 &&
    only.path !== options.entry
  ) {
    return { files: [{ path: mainFileName(only.text, options), text: only.text }], problems };
  }
  return { files: mainFirst(list, blocks, options), problems };
}

/** The path of a named block: the task's file that its name refers to, or else its own name, made safe. */
function placedPath(block: Block, { files = [] }: ExtractOptions, problems: string[]): string {
  const { path, problem } = safePath(block.segment.path!, block.language);
  if (problem !== undefined) problems.push(problem);
  const similar = files.filter((file) => endsLike(file.path, path));
  return files.some((file) => file.path === path) || similar.length !== 1 ? path : similar[0]!.path;
}

/** Puts the main file first: the entry, the file that defines the entry, or the default main file. */
function mainFirst(
  files: readonly SourceFile[],
  blocks: readonly Block[],
  options: ExtractOptions,
): SourceFile[] {
  const { entry, mainFile } = options;
  const definers = blocks.filter((block) => entry !== undefined && block.names.has(entryName(entry)));
  const isMain = (file: SourceFile): boolean => definers.some((block) => block.segment.text === file.text);
  const main =
    files.find((file) => file.path === entry) ??
    files.find(isMain) ??
    files.find((file) => file.path === mainFile) ??
    files.find((file) => /^(?:.*\/)?(?:main|index|app)\.\w+$/i.test(file.path));
  return main === undefined ? [...files] : [main, ...files.filter((file) => file !== main)];
}

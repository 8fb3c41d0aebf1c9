import { canonicalLanguage } from '../languages.ts';
import type { SourceFile } from '../task.ts';
import { entryName, type Block } from './blocks.ts';
import { endsLike } from './patches.ts';
import { safePath } from './paths.ts';
import type { ExtractOptions } from './types.ts';

/** The name a nameless file gets: `mainFile`, unless the language ties the name to the content. */
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

/** A Java file bears the name of its public class; without one, of its first. */
function javaFileName(text: string): string | undefined {
  const code = text.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
  const type = String.raw`(?:final\s+|abstract\s+|sealed\s+|strictfp\s+)*(?:class|interface|enum|record|@interface)\s+(\w+)`;
  const name =
    new RegExp(String.raw`(?:^|\n)[ \t]*public\s+${type}`).exec(code)?.[1] ??
    new RegExp(String.raw`(?:^|\n)[ \t]*${type}`).exec(code)?.[1];
  return name === undefined ? undefined : `${name}.java`;
}

/**
 * The named blocks as files, the one to start from first. A nameless block joins them when it alone defines the
 * entry. Of two with one name the later holds. A single file of a task without files goes by the usual name.
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

/** Where a named block goes: to the task's file that its name means, else to its own name made safe. */
function placedPath(block: Block, { files = [] }: ExtractOptions, problems: string[]): string {
  const { path, problem } = safePath(block.segment.path!, block.language);
  if (problem !== undefined) problems.push(problem);
  const similar = files.filter((file) => endsLike(file.path, path));
  return files.some((file) => file.path === path) || similar.length !== 1 ? path : similar[0]!.path;
}

/** Puts the file that a program starts from first: the entry, the one that defines it, or the usual main file. */
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

import type { SourceFile } from '../task/task.ts';

/** Whether a text has edits in another format than a diff: `apply_patch`, or SEARCH/REPLACE blocks as written by Aider. */
export function isEditText(text: string): boolean {
  return /^\*\*\* Begin Patch\s*$/m.test(text) || searchMark.test(text);
}

/** The hunk header of a new file. */
const newFile = '@@ -0,0 +1 @@';
const searchMark = /^<{5,9} ?SEARCH\b/m;
const middleMark = /^={5,9}[ \t]*\r?$/;
const replaceMark = /^>{5,9} ?REPLACE\b/;

/**
 * Converts a text's edits to a unified diff without line numbers; returns a text without such edits unchanged. A
 * SEARCH/REPLACE block applies to the file named on the line above it, inside or before its fence, or else to the task's
 * only file.
 */
export function asUnifiedDiff(text: string, files: readonly SourceFile[]): string {
  if (/^\*\*\* Begin Patch\s*$/m.test(text)) return fromApplyPatch(text);
  return searchMark.test(text) ? fromSearchBlocks(text, files) : text;
}

function fromApplyPatch(text: string): string {
  const out: string[] = [];
  let isInside = false;
  let hasHunk = false;
  for (const line of text.split('\n')) {
    const header =
      /^\*\*\* (Begin Patch|End Patch|Update File|Add File|Delete File|Move to|End of File)(?::(.*)|\s*)$/.exec(
        line,
      );
    if (header !== null) {
      const [, what, rest = ''] = header;
      const path = rest.trim();
      isInside = what !== 'End Patch';
      hasHunk = what === 'Add File';
      if (what === 'Update File') out.push(`--- a/${path}`, `+++ b/${path}`);
      if (what === 'Add File') out.push('--- /dev/null', `+++ b/${path}`, newFile);
      if (what === 'Delete File')
        out.push(
          `diff --git a/${path} b/${path}`,
          'deleted file mode 100644',
          `--- a/${path}`,
          '+++ /dev/null',
        );
      if (what === 'Move to') moveTo(out, path);
    } else if (isInside && line.startsWith('@@')) {
      out.push('@@');
      hasHunk = true;
    } else if (isInside) {
      if (!hasHunk && line.trim() !== '') out.push('@@');
      hasHunk ||= line.trim() !== '';
      out.push(line);
    }
  }
  return `${out.join('\n')}\n`;
}

/** Adds git's rename headers to the patch of a file. */
function moveTo(out: string[], path: string): void {
  const from = out.at(-2)?.replace(/^--- a\//, '') ?? path;
  out.splice(
    -2,
    2,
    `diff --git a/${from} b/${path}`,
    `rename from ${from}`,
    `rename to ${path}`,
    `--- a/${from}`,
    `+++ b/${path}`,
  );
}

function fromSearchBlocks(text: string, files: readonly SourceFile[]): string {
  const out: string[] = [];
  let path: string | undefined;
  for (const { above, search, replace } of searchBlocks(text)) {
    path = nameAbove(above) ?? path ?? (files.length === 1 ? files[0]!.path : undefined);
    const name = path ?? 'a file without a name';
    const isNew = search.every((line) => line.trim() === '');
    out.push(isNew ? '--- /dev/null' : `--- a/${name}`, `+++ b/${name}`, isNew ? newFile : '@@');
    out.push(...(isNew ? [] : search).map((line) => `-${line}`), ...replace.map((line) => `+${line}`));
  }
  return `${out.join('\n')}\n`;
}

/** A SEARCH/REPLACE block in lines, and the text between it and the block before. */
interface SearchBlock {
  readonly above: string[];
  readonly search: string[];
  readonly replace: string[];
}

/** The complete blocks of a text. Reads line by line: a pattern over the whole text would read it again from each mark. */
function searchBlocks(text: string): SearchBlock[] {
  const blocks: SearchBlock[] = [];
  let block: SearchBlock = { above: [], search: [], replace: [] };
  let part: keyof SearchBlock = 'above';
  for (const line of text.split('\n')) {
    if (part === 'above' && searchMark.test(line)) part = 'search';
    else if (part === 'search' && middleMark.test(line)) part = 'replace';
    else if (part === 'replace' && replaceMark.test(line)) {
      blocks.push(block);
      block = { above: [], search: [], replace: [] };
      part = 'above';
    } else block[part].push(line);
  }
  return blocks;
}

/** The file that the last line above a block names, with or without a fence between them. */
function nameAbove(above: readonly string[]): string | undefined {
  const lines = above
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:`{3,}|~{3,})[\w+#-]*$/.test(line));
  const last = (lines.at(-1) ?? '')
    .replace(/^(?:`{3,}[\w+#-]*\s+|#+\s*|\/\/\s*|[*_`"'([]+)/, '')
    .replace(/[*_`"':)\]]+$/, '');
  return /^[\w@+.[\]$/-]+\.\w+$|^(?:\S+\/)?(?:Makefile|Dockerfile)$/.test(last) ? last : undefined;
}

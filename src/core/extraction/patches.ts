import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import type { SourceFile } from '../task.ts';
import { safePath } from './paths.ts';

/** Files as a diff leaves them, and what of it could not be applied. */
export interface PatchOutcome {
  /** Only the files that the diff changes or creates. */
  readonly files: readonly SourceFile[];
  readonly problems: readonly string[];
}

/** Whether a text is a unified diff: it has a hunk header and names the files before or after. */
export function looksLikeDiff(text: string): boolean {
  return /^@@ .*@@|^@@\s*$/m.test(text) && /^(?:\+\+\+|---|diff --git) \S/m.test(text);
}

/**
 * Applies a unified diff to `files`. Hunks are tried where their header says and then anywhere their context
 * matches; headers with wrong counts, as models write them, are put right first. A hunk that fits nowhere is left
 * out and named in `problems`. Never throws.
 */
export function applyDiff(diff: string, files: readonly SourceFile[]): PatchOutcome {
  let patches: StructuredPatch[];
  try {
    patches = parsePatch(withRightCounts(diff));
  } catch (error) {
    return {
      files: [],
      problems: [`The diff cannot be read: ${error instanceof Error ? error.message : String(error)}`],
    };
  }
  const changed = new Map<string, string>();
  const problems: string[] = [];
  for (const patch of patches) applyOne(patch, files, changed, problems);
  return { files: [...changed].map(([path, text]) => ({ path, text })), problems };
}

/** Applies the part of a diff that concerns one file. */
function applyOne(
  patch: StructuredPatch,
  files: readonly SourceFile[],
  changed: Map<string, string>,
  problems: string[],
): void {
  if (patch.hunks.length === 0) return;
  const creates = patch.oldFileName === '/dev/null';
  if (patch.newFileName === '/dev/null') {
    problems.push(`The diff deletes ${plainPath(patch.oldFileName)}, which stays as it is.`);
    return;
  }
  const named = safePath(plainPath(patch.newFileName ?? patch.oldFileName), 'text');
  if (named.problem !== undefined) problems.push(named.problem);
  const known = creates ? undefined : knownFile(patch, files);
  const path = known?.path ?? named.path;
  const text = changed.get(path) ?? known?.text ?? (creates ? '' : undefined);
  if (text === undefined) {
    problems.push(`The diff changes ${path}, which the task does not have.`);
    return;
  }
  changed.set(path, applyHunks(text, patch, path, problems));
}

/** Hunks of one file that are tried one by one; each may search the whole file. */
const hunksTried = 200;

/** The whole patch where it fits, else hunk by hunk. */
function applyHunks(text: string, patch: StructuredPatch, path: string, problems: string[]): string {
  const whole = applyPatch(text, patch);
  if (whole !== false) return whole;
  let current = text;
  if (patch.hunks.length > hunksTried) {
    problems.push(`The diff of ${path} does not apply as a whole, and has too many hunks to try one by one.`);
    return text;
  }
  patch.hunks.forEach((hunk, index) => {
    const next = applyPatch(current, { ...patch, hunks: [hunk] }, { fuzzFactor: 2 });
    if (next === false)
      problems.push(`Hunk ${index + 1} of ${patch.hunks.length} does not apply to ${path}.`);
    else current = next;
  });
  return current;
}

/** The task's file that a patch means: by its path, or by the only path that ends like it. */
function knownFile(patch: StructuredPatch, files: readonly SourceFile[]): SourceFile | undefined {
  const paths = [patch.oldFileName, patch.newFileName].map(plainPath);
  const exact = files.find((file) => paths.includes(file.path));
  if (exact !== undefined) return exact;
  const similar = files.filter((file) => paths.some((path) => endsLike(file.path, path)));
  return similar.length === 1 ? similar[0] : undefined;
}

/** Whether one path is the other with folders in front. */
export function endsLike(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

/** "a/src/x.py" → "src/x.py", as `diff --git` writes it. */
function plainPath(name: string | undefined): string {
  return (name ?? '').replace(/^[ab]\//, '').replace(/^\.\//, '');
}

const hunkHeader = /^@@(?:\s+-(\d+)(?:,\d+)?\s+\+(\d+)(?:,\d+)?)?.*$/;

/** The diff with the line counts of each hunk header counted anew, and lines outside hunks left as they are. */
function withRightCounts(diff: string): string {
  const lines = diff.replace(/\n+$/, '').split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length;) {
    const header = hunkHeader.exec(lines[at]!);
    if (header === null) {
      out.push(lines[at]!);
      at += 1;
      continue;
    }
    const end = hunkEnd(lines, at + 1);
    const body = lines.slice(at + 1, end).map(asHunkLine);
    out.push(countedHeader(header, body), ...body);
    at = end;
  }
  return `${out.join('\n')}\n`;
}

/** First line after a hunk's body: the next header of a hunk or a file, or the end. */
function hunkEnd(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!;
    const startsFile = line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true;
    if (startsFile || line.startsWith('@@') || /^(?:diff --git|Index:|index [0-9a-f]+\.\.) ?/.test(line))
      return at;
  }
  return lines.length;
}

/** Models drop the blank that stands for an unchanged line where the line is empty. */
function asHunkLine(line: string): string {
  return line === '' || line === '\r' ? ` ${line}` : line;
}

function countedHeader(header: RegExpExecArray, body: readonly string[]): string {
  const kept = body.filter((line) => line.startsWith(' ')).length;
  const removed = body.filter((line) => line.startsWith('-')).length;
  const added = body.filter((line) => line.startsWith('+')).length;
  return `@@ -${header[1] ?? '1'},${kept + removed} +${header[2] ?? '1'},${kept + added} @@`;
}

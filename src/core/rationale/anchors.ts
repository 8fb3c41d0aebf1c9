import type { Side } from '../task/side.ts';

interface Span {
  /** Offsets of the whole anchor in the text, UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A reference from a rationale to lines, a case, a hunk or a search for differences. Lines count from 1; both ends are included. */
export type Anchor = Span &
  (
    | { readonly kind: 'side'; readonly side: Side }
    | {
        readonly kind: 'lines';
        readonly side: Side;
        /** Present if the anchor names a file of the answer. */
        readonly file?: string;
        readonly from: number;
        readonly to: number;
      }
    | { readonly kind: 'file'; readonly side: Side; readonly file: string }
    | { readonly kind: 'case'; readonly id: string }
    | { readonly kind: 'hunk'; readonly hunk: number }
    /** A search for differences by its number, and one of its differences; both count from 1. */
    | { readonly kind: 'search'; readonly search: number; readonly witness?: number }
    | { readonly kind: 'prompt'; readonly from: number; readonly to: number }
  );

/** `@A`, `@B:3-9`, `@A/util.py:3-9`, `@case:…`, `@diff:2`, `@search:1.2`, `@prompt:4`, not within a word or an e-mail address. */
const sideForm = /^@([AB])(?:\/([\w.+-]+(?:\/[\w.+-]+)*))?(?::(\d+)(?:-(\d+))?)?(?![\w@])/;
const caseForm = /^@case:(?:"([^"\n]+)"|([\w][\w./-]*))/;
const hunkForm = /^@diff:(\d+)/;
const searchForm = /^@search:(\d+)(?:\.(\d+))?/;
const promptForm = /^@prompt:(\d+)(?:-(\d+))?/;

/**
 * Every anchor of a text, in order, except those inside fenced code. `caseIds` are the ids of the known cases: the end
 * of an id with spaces can be found only if the id is known.
 */
export function findAnchors(text: string, caseIds: readonly string[] = []): Anchor[] {
  const anchors: Anchor[] = [];
  const known = caseIds.toSorted((a, b) => b.length - a.length);
  for (const { index: start } of withoutFences(text).matchAll(/(?<![\w.@])@(?=[ABcdps])/g)) {
    const anchor = readAnchor(text.slice(start, start + 400), start, known);
    if (anchor !== undefined) anchors.push(anchor);
  }
  return anchors;
}

/** The anchor as text: `@A:3-9`. */
export function anchorText(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'side':
      return `@${anchor.side}`;
    case 'file':
      return `@${anchor.side}/${anchor.file}`;
    case 'lines':
      return `@${anchor.side}${anchor.file === undefined ? '' : `/${anchor.file}`}:${range(anchor)}`;
    case 'case':
      return caseAnchor(anchor.id);
    case 'hunk':
      return `@diff:${anchor.hunk}`;
    case 'search':
      return `@search:${anchor.search}${anchor.witness === undefined ? '' : `.${anchor.witness}`}`;
    case 'prompt':
      return `@prompt:${range(anchor)}`;
  }
}

/** The anchor of a case, with quotes if the end of the id would be ambiguous without them. */
export function caseAnchor(id: string): string {
  return /^\w([\w./-]*\w)?$/.test(id) ? `@case:${id}` : `@case:"${id}"`;
}

/** The text with fenced code replaced by spaces, so that offsets do not change. */
export function withoutFences(text: string): string {
  let fence: string | undefined;
  return text
    .split(/(?<=\n)/)
    .map((line) => {
      const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      const inside = fence !== undefined;
      if (fence === undefined && mark !== undefined) fence = mark;
      else if (fence !== undefined && mark?.startsWith(fence) === true) fence = undefined;
      return inside || fence !== undefined ? line.replaceAll(/[^\n]/g, ' ') : line;
    })
    .join('');
}

function readAnchor(rest: string, start: number, caseIds: readonly string[]): Anchor | undefined {
  const place = (length: number): Span => ({ start, end: start + length });
  const id = caseIds.find((candidate) => rest.startsWith(`@case:${candidate}`) && endsThere(rest, candidate));
  if (id !== undefined) return { kind: 'case', id, ...place('@case:'.length + id.length) };
  const named = caseForm.exec(rest);
  if (named !== null) {
    const bare = named[2]?.replace(/[./-]+$/, '');
    return {
      kind: 'case',
      id: named[1] ?? bare!,
      ...place(named[1] === undefined ? 6 + bare!.length : named[0].length),
    };
  }
  const hunk = hunkForm.exec(rest);
  if (hunk !== null) return { kind: 'hunk', hunk: Number(hunk[1]), ...place(hunk[0].length) };
  const search = searchForm.exec(rest);
  if (search !== null) {
    const [whole, number, witness] = search;
    const cited = witness === undefined ? {} : { witness: Number(witness) };
    return { kind: 'search', search: Number(number), ...cited, ...place(whole.length) };
  }
  const prompt = promptForm.exec(rest);
  if (prompt !== null) return { kind: 'prompt', ...lines(prompt[1]!, prompt[2]), ...place(prompt[0].length) };
  return readSide(rest, start);
}

function readSide(rest: string, start: number): Anchor | undefined {
  const match = sideForm.exec(rest);
  if (match === null) return undefined;
  const [whole, name, path, from, to] = match;
  const side = name as Side;
  // A full stop after a path ends the sentence, not the path.
  const file = from === undefined ? path?.replace(/[.+-]+$/, '') : path;
  const length = whole.length - ((path?.length ?? 0) - (file?.length ?? 0));
  const place = { start, end: start + length };
  if (from !== undefined)
    return { kind: 'lines', side, ...(file === undefined ? {} : { file }), ...lines(from, to), ...place };
  return file === undefined || file === ''
    ? { kind: 'side', side, start, end: start + 2 }
    : { kind: 'file', side, file, ...place };
}

function lines(from: string, to: string | undefined): { from: number; to: number } {
  return { from: Number(from), to: Number(to ?? from) };
}

function range({ from, to }: { from: number; to: number }): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function endsThere(rest: string, id: string): boolean {
  return !/^[\w-]/.test(rest.slice('@case:'.length + id.length));
}

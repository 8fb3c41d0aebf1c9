import type { Location, Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Anchor } from '../core/rationale/anchors.ts';
import type { LanguageContext } from '../protocol/language.ts';
import { anchorAt, fileOf } from './evidence.ts';

export function definitionAt(
  document: TextDocument,
  position: Position,
  context: LanguageContext,
): Location | null {
  const anchor = anchorAt(document.getText(), document.offsetAt(position), context);
  return (anchor && locate(anchor, context)) ?? null;
}

/**
 * The location of the lines that an anchor cites; `undefined` if the anchor cites no file or missing lines.
 */
export function locate(anchor: Anchor, context: LanguageContext): Location | undefined {
  if (anchor.kind !== 'side' && anchor.kind !== 'file' && anchor.kind !== 'lines') return undefined;
  const { side } = anchor;
  const file = fileOf(context, side, anchor.kind === 'side' ? undefined : anchor.file);
  const link = context.fileLinks.find(
    (candidate) => candidate.side === side && candidate.path === file?.path,
  );
  if (file === undefined || link === undefined) return undefined;
  if (anchor.kind !== 'lines') return { uri: link.uri, range: linesRange(1, 1, 0) };
  const to = Math.min(anchor.to, file.lines.length);
  if (anchor.from < 1 || anchor.from > to) return undefined;
  return { uri: link.uri, range: linesRange(anchor.from, to, file.lines[to - 1]!.length) };
}

/** From the start of one line to a character of another; lines count from 1. */
function linesRange(from: number, to: number, character: number): Location['range'] {
  return { start: { line: from - 1, character: 0 }, end: { line: to - 1, character } };
}

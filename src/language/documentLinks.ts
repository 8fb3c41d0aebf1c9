import type { DocumentLink } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageContext } from '../protocol/language.ts';
import { locate } from './definition.ts';
import { anchorsIn } from './evidence.ts';
import { rangeOf } from './ranges.ts';

/** A link for each anchor that cites lines or a file; a bare `@A` is easier to read without a link. */
export function linksOf(document: TextDocument, context: LanguageContext): DocumentLink[] {
  return anchorsIn(document.getText(), context).flatMap((anchor) => {
    const target = anchor.kind === 'side' ? undefined : locate(anchor, context);
    if (target === undefined) return [];
    const { start, end } = target.range;
    const lines = start.line === end.line ? `L${start.line + 1}` : `L${start.line + 1}-L${end.line + 1}`;
    return [{ range: rangeOf(document, anchor), target: `${target.uri}#${lines}` }];
  });
}

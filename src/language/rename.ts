import type { Position, Range, TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { caseAnchor } from '../core/rationale/anchors.ts';
import type { CaseEvidence, LanguageContext } from '../protocol/language.ts';
import { anchorAt, anchorsIn } from './evidence.ts';
import { rangeOf } from './ranges.ts';

/** The case that a position cites, where it may get another id: those of the task are not the evaluator's to rename. */
export function renamableAt(
  document: TextDocument,
  position: Position,
  context: LanguageContext,
): { range: Range; placeholder: string } | null {
  const anchor = anchorAt(document.getText(), document.offsetAt(position), context);
  if (anchor?.kind !== 'case' || caseNamed(anchor.id, context)?.own !== true) return null;
  return { range: rangeOf(document, anchor), placeholder: anchor.id };
}

/** Why a case cannot be called this; `undefined` where it can. */
export function idFault(id: string, context: LanguageContext): string | undefined {
  if (id.trim() === '' || id.trim() !== id) return 'An id must not be empty, nor begin or end with a space';
  if (/["\r\n]/.test(id) || id.length > 120)
    return 'An id holds no quotation mark and no line break, and at most 120 characters';
  return caseNamed(id, context) === undefined ? undefined : `There is a case “${id}” already`;
}

/** The edits that give every anchor of a case its new id. */
export function renameEdits(
  document: TextDocument,
  from: string,
  to: string,
  context: LanguageContext,
): TextEdit[] {
  return anchorsIn(document.getText(), context)
    .filter((anchor) => anchor.kind === 'case' && anchor.id === from)
    .map((anchor) => ({ range: rangeOf(document, anchor), newText: caseAnchor(to) }));
}

function caseNamed(id: string, { cases }: LanguageContext): CaseEvidence | undefined {
  return cases.find((testCase) => testCase.id === id);
}

import type { Position, Range, TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { caseAnchor } from '../core/rationale/anchors.ts';
import type { CaseEvidence, LanguageContext } from '../protocol/language.ts';
import { anchorAt, anchorsIn } from './evidence.ts';
import { rangeOf } from './ranges.ts';

/** The case that a position cites, if it can be renamed: the evaluator cannot rename cases of the task. */
export function renamableAt(
  document: TextDocument,
  position: Position,
  context: LanguageContext,
): { range: Range; placeholder: string } | null {
  const anchor = anchorAt(document.getText(), document.offsetAt(position), context);
  if (anchor?.kind !== 'case' || caseNamed(anchor.id, context)?.own !== true) return null;
  return { range: rangeOf(document, anchor), placeholder: anchor.id };
}

/** Why a case cannot have this ID; `undefined` if it can. */
export function idFault(id: string, context: LanguageContext): string | undefined {
  if (id.trim() === '' || id.trim() !== id) return 'An ID must not be empty or begin or end with a space';
  if (/["\r\n]/.test(id) || id.length > 120)
    return 'An ID must not contain quotation marks or line breaks, and has at most 120 characters';
  return caseNamed(id, context) === undefined ? undefined : `A case “${id}” already exists`;
}

/** The edits that replace a case's ID in every anchor. */
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

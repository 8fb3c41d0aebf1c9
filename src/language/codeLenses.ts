import type { CodeLens } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { splittingIn } from '../core/rationale/context.ts';
import type { Finding } from '../core/rationale/rule.ts';
import type { LanguageContext } from '../protocol/language.ts';
import { anchorsIn, countOf } from './evidence.ts';

/** The editor's own command that goes to the next problem in the document. */
const nextProblem = 'editor.action.marker.next';
/** The extension's command that runs both answers. */
export const runCommand = 'tiebreak.runBoth';

/** The lenses above the first line: how much of the evidence the text uses, and what blocks submitting. */
export function lensesOf(
  document: TextDocument,
  findings: readonly Finding[],
  context: LanguageContext,
): CodeLens[] {
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const blocking = findings.filter(({ severity }) => severity === 'E').length;
  return [
    { range: top, command: evidenceLens(document.getText(), context) },
    ...(blocking === 0
      ? []
      : [
          {
            range: top,
            command: { title: `${countOf(blocking, 'finding')} blocking`, command: nextProblem },
          },
        ]),
  ];
}

function evidenceLens(text: string, context: LanguageContext): { title: string; command: string } {
  if (context.cases.length === 0) return { title: 'no cases', command: '' };
  const ran = Object.values(context.rationale.results).some((results) => results.length > 0);
  if (!ran) return { title: 'no case was run · run both', command: runCommand };
  const splitting = splittingIn(context.rationale);
  if (splitting.length === 0) return { title: 'no case splits A and B', command: '' };
  const cited = new Set(
    anchorsIn(text, context).flatMap((anchor) => (anchor.kind === 'case' ? [anchor.id] : [])),
  );
  const used = splitting.filter((id) => cited.has(id)).length;
  return { title: `cites ${used} of ${countOf(splitting.length, 'splitting case')}`, command: '' };
}

import { InlayHintKind, type InlayHint, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageContext } from '../protocol/language.ts';
import { anchorsIn, verdictLine } from './evidence.ts';

/** The results of each cited case in a range, shown after the anchor. */
export function hintsIn(document: TextDocument, range: Range, context: LanguageContext): InlayHint[] {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return anchorsIn(document.getText(), context).flatMap((anchor) => {
    if (anchor.kind !== 'case' || anchor.end < from || anchor.end > to) return [];
    const testCase = context.cases.find(({ id }) => id === anchor.id);
    if (testCase === undefined) return [];
    return [
      {
        position: document.positionAt(anchor.end),
        label: verdictLine(testCase),
        kind: InlayHintKind.Type,
        paddingLeft: true,
        ...(testCase.title === undefined ? {} : { tooltip: testCase.title }),
      },
    ];
  });
}

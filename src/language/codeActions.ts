import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../core/rationale/rule.ts';
import { diagnosticOf } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';

/** The quick fixes of the findings that touch a range. */
export function fixesAt(findings: readonly Finding[], range: Range, document: TextDocument): CodeAction[] {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return findings
    .filter((finding) => finding.start <= end && finding.end >= start)
    .flatMap((finding) => {
      if (finding.fix === undefined) return [];
      const edits = finding.fix.edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.text }));
      const fix: CodeAction = {
        title: finding.fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(finding, document)],
        edit: { changes: { [document.uri]: edits } },
      };
      return [fix];
    });
}

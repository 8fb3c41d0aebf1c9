import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../core/rationale/rule.ts';
import { runCommand } from './codeLenses.ts';
import { diagnosticOf } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';

/** The quick fixes of the findings that touch a range. */
export function fixesAt(findings: readonly Finding[], range: Range, document: TextDocument): CodeAction[] {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return findings
    .filter((finding) => finding.start <= end && finding.end >= start)
    .flatMap((finding) => {
      const diagnostics = [diagnosticOf(finding, document)];
      if (finding.action === 'run') {
        const title = 'Run both answers now';
        const run: CodeAction = {
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          command: { title, command: runCommand },
        };
        return [run];
      }
      if (finding.fix === undefined) return [];
      const edits = finding.fix.edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.text }));
      const fix: CodeAction = {
        title: finding.fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { changes: { [document.uri]: edits } },
      };
      return [fix];
    });
}

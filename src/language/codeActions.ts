import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, FindingAction } from '../core/rationale/rule.ts';
import { runCommand } from './codeLenses.ts';
import { diagnosticOf } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';

/** Actions outside of the text, with the editor command for each. */
const elsewhere: Readonly<Record<FindingAction, { readonly title: string; readonly command: string }>> = {
  run: { title: 'Run both answers now', command: runCommand },
  preference: { title: 'Go to the preference', command: 'tiebreak.focusPreference' },
  scores: { title: 'Go to the scores', command: 'tiebreak.focusScores' },
  case: { title: 'Add a case that shows it', command: 'tiebreak.addCase' },
  differences: { title: 'Find inputs on which A and B differ', command: 'tiebreak.findDifferences' },
  cite: { title: 'Cite the lines selected in the code', command: 'tiebreak.citeLines' },
};

/** The quick fixes for the findings that touch a range. */
export function fixesAt(findings: readonly Finding[], range: Range, document: TextDocument): CodeAction[] {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return findings
    .filter((finding) => finding.start <= end && finding.end >= start)
    .flatMap((finding) => [...edit(finding, document), ...command(finding, document)]);
}

function edit(finding: Finding, document: TextDocument): CodeAction[] {
  if (finding.fix === undefined) return [];
  const { title, edits } = finding.fix;
  const changes = edits.map((each) => ({ range: rangeOf(document, each), newText: each.text }));
  return [{ ...quickFix(title, finding, document), edit: { changes: { [document.uri]: changes } } }];
}

function command(finding: Finding, document: TextDocument): CodeAction[] {
  if (finding.action === undefined) return [];
  const { title, command: id } = elsewhere[finding.action];
  return [{ ...quickFix(title, finding, document), command: { title, command: id } }];
}

function quickFix(title: string, finding: Finding, document: TextDocument): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnosticOf(finding, document)] };
}

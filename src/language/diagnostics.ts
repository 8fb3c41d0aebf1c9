import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { lintRationale } from '../core/rationale/lint.ts';
import type { Finding } from '../core/rationale/rule.ts';
import type { LanguageContext } from '../protocol/language.ts';
import { rangeOf } from './ranges.ts';

const severities = {
  E: DiagnosticSeverity.Error,
  W: DiagnosticSeverity.Warning,
  I: DiagnosticSeverity.Information,
} as const;

/** What the rules say of a rationale, in the order they say it. */
export function findingsOf(document: TextDocument, context: LanguageContext): Finding[] {
  return lintRationale(document.getText(), context.rationale);
}

export function diagnosticsOf(document: TextDocument, context: LanguageContext): Diagnostic[] {
  return findingsOf(document, context).map((finding) => diagnosticOf(finding, document));
}

/** A finding as the editor shows it, with its rule as the code. */
export function diagnosticOf(finding: Finding, document: TextDocument): Diagnostic {
  return {
    range: rangeOf(document, finding),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'Tiebreak',
    message: finding.message,
  };
}

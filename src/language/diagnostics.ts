import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../core/rationale/rule.ts';
import { rangeOf } from './ranges.ts';

const severities = {
  E: DiagnosticSeverity.Error,
  W: DiagnosticSeverity.Warning,
  I: DiagnosticSeverity.Information,
} as const;

/** A finding as an editor diagnostic, with its rule as the code. */
export function diagnosticOf(finding: Finding, document: TextDocument): Diagnostic {
  return {
    range: rangeOf(document, finding),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'Tiebreak',
    message: finding.message,
  };
}

import type { Host } from '../host/host.ts';
import type { Keep } from '../host/keep.ts';
import { IdealFiles } from '../ideal/idealFiles.ts';
import { IdealWorkspace } from '../ideal/idealWorkspace.ts';
import type { Desks } from '../panel/desks.ts';
import { AnswerFiles } from './answerFiles.ts';
import { CaseDocuments } from './caseDocuments.ts';
import { RationaleDocument } from './rationaleDocument.ts';
import { Reports } from './reports.ts';

/** The parts of the open task that can be opened as documents. */
export interface Documents {
  readonly files: AnswerFiles;
  readonly idealFiles: IdealFiles;
  readonly ideal: IdealWorkspace;
  readonly rationale: RationaleDocument;
  /** The code of unsaved cases. */
  readonly cases: CaseDocuments;
  readonly reports: Reports;
}

export function createDocuments(
  { context, notices }: Host,
  { desk, inspection }: Desks,
  keep: Keep,
): Documents {
  const storage = context.globalStorageUri.fsPath;
  const files = keep(new AnswerFiles(storage, desk, inspection, notices.log));
  const idealFiles = new IdealFiles(storage);
  const ideal = keep(new IdealWorkspace(desk, files, idealFiles, notices.log));
  const rationale = keep(new RationaleDocument(desk, notices.log));
  const cases = keep(new CaseDocuments(desk, notices.log));
  return { files, idealFiles, ideal, rationale, cases, reports: keep(new Reports()) };
}

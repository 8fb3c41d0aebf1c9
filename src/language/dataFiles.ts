import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type * as z from 'zod';
import type { Doubt } from '../core/doubt.ts';
import { readRubric, rubricSchema } from '../core/rubric.ts';
import { rubricDoubts } from '../core/rubricDoubts.ts';
import { taskSchema } from '../core/task.ts';
import { taskDoubts } from '../core/taskDoubts.ts';
import { readTaskLine } from '../core/taskfile.ts';

/** Files of tasks and rubrics. The editor's own JSON support holds them against their schemas; JSONL has no such help. */
export type DataFile = 'rubric' | 'task' | 'tasks';

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning } as const;

/** Which kind of file a document is, by its name. */
export function dataFileOf(uri: string): DataFile | undefined {
  const path = uri.split(/[?#]/)[0]!;
  if (path.endsWith('.rubric.json')) return 'rubric';
  if (path.endsWith('.task.json')) return 'task';
  return path.endsWith('.jsonl') ? 'tasks' : undefined;
}

/** What is wrong with a file that its schema does not say. */
export function dataDiagnostics(document: TextDocument, file: DataFile): Diagnostic[] {
  if (file === 'tasks') return linesDiagnostics(document);
  const text = document.getText();
  const root = parseTree(text);
  // What is no JSON is told by the editor.
  if (root === undefined || !isJson(text)) return [];
  const value = JSON.parse(text) as unknown;
  const doubts = file === 'rubric' ? rubricFileDoubts(value) : taskValueDoubts(value);
  return doubts.map((doubt) => diagnosticAt(document, root, 0, doubt));
}

/** One task a line, each held against its schema too. Most lines of a long file are left for the import to read. */
const mostLines = 2_000;

function linesDiagnostics(document: TextDocument): Diagnostic[] {
  const lines = document.getText().split('\n').slice(0, mostLines);
  if (!lines.some(isOfTasks)) return [];
  let offset = 0;
  return lines.flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    const read = readTaskLine(line, { file: document.uri, line: index + 1 });
    if (read.kind === 'problem') {
      const from = start + (read.problem.column ?? 1) - 1;
      return [
        diagnostic(document, from, start + line.trimEnd().length, {
          severity: 'error',
          message: `${read.problem.reason}. ${read.problem.mend}`,
        }),
      ];
    }
    // What an export wrote is nobody's to correct.
    if (read.kind !== 'task' || isExported(line)) return [];
    const doubts = taskDoubts(read.task);
    const root = doubts.length === 0 ? undefined : parseTree(line);
    return root === undefined ? [] : doubts.map((doubt) => diagnosticAt(document, root, start, doubt));
  });
}

/** JSONL holds logs and tables too, which are no business of ours: a file of tasks has answers in some line. */
function isOfTasks(line: string): boolean {
  return /^\s*\{.*"answers"\s*:/.test(line);
}

function isExported(line: string): boolean {
  return /^\s*\{\s*"tiebreak"\s*:/.test(line);
}

function taskValueDoubts(value: unknown): Doubt[] {
  const read = taskSchema.safeParse(value);
  return read.success ? taskDoubts(read.data) : refinements(read.error);
}

/** Doubts of either form of a rubric: the plain template has its criteria under their names. */
function rubricFileDoubts(value: unknown): Doubt[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!('rubric' in value)) {
    const read = rubricSchema.safeParse(value);
    return read.success ? rubricDoubts(read.data) : refinements(read.error);
  }
  const names = Object.keys(value.rubric ?? {});
  try {
    return rubricDoubts(readRubric(value, 'this file')).map(
      ({ path: [member, index, ...rest], ...doubt }) => ({
        ...doubt,
        path:
          member === 'criteria' && typeof index === 'number'
            ? ['rubric', names[index]!, ...rest]
            : ['rubric'],
      }),
    );
  } catch {
    // The schema says what is wrong with its shape.
    return [];
  }
}

/** What the schema's own code says, which no JSON Schema can: an id that is used twice, a scale that does not ascend. */
function refinements(error: z.ZodError): Doubt[] {
  return error.issues
    .filter(({ code }) => code === 'custom')
    .map(({ path, message }) => ({
      path: path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
      severity: 'error',
      message,
    }));
}

function diagnosticAt(
  document: TextDocument,
  root: Node,
  offset: number,
  { path, severity, message }: Doubt,
): Diagnostic {
  const node = nodeAt(root, path);
  return diagnostic(document, offset + node.offset, offset + node.offset + node.length, {
    severity,
    message,
  });
}

/** The value at a path, or the nearest around it that is written out. */
function nodeAt(root: Node, path: Doubt['path']): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

function diagnostic(
  document: TextDocument,
  start: number,
  end: number,
  { severity, message }: Pick<Doubt, 'severity' | 'message'>,
): Diagnostic {
  return {
    range: { start: document.positionAt(start), end: document.positionAt(Math.max(end, start)) },
    severity: severities[severity],
    source: 'Tiebreak',
    message,
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

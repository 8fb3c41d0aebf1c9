import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type * as z from 'zod';
import type { FileProblem } from '../core/files/fileProblem.ts';
import { holdsTasks } from '../core/files/holdsTasks.ts';
import { readRubric, rubricSchema } from '../core/task/rubric.ts';
import { rubricProblems } from '../core/files/rubricProblems.ts';
import { taskSchema } from '../core/task/task.ts';
import { taskProblems } from '../core/files/taskProblems.ts';
import { readTaskLine } from '../core/files/taskfile.ts';
import { isJson } from '../core/text/jsonText.ts';

/**
 * Files of tasks and rubrics. The editor's JSON support validates JSON files against their schemas, but not
 * JSONL files.
 */
export type DataFile = 'rubric' | 'task' | 'tasks';

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning } as const;

/** The kind of a file, by its name. */
export function dataFileOf(uri: string): DataFile | undefined {
  const path = uri.split(/[?#]/)[0]!;
  if (path.endsWith('.rubric.json')) return 'rubric';
  if (path.endsWith('.task.json')) return 'task';
  return path.endsWith('.jsonl') ? 'tasks' : undefined;
}

/** Problems in a file that its schema cannot express. */
export function dataDiagnostics(document: TextDocument, file: DataFile): Diagnostic[] {
  if (file === 'tasks') return linesDiagnostics(document);
  const text = document.getText();
  const root = parseTree(text);
  // The editor reports invalid JSON.
  if (root === undefined || !isJson(text)) return [];
  const value = JSON.parse(text) as unknown;
  const problems = file === 'rubric' ? rubricFileProblems(value) : taskValueProblems(value);
  return problems.map((problem) => diagnosticAt(document, root, 0, problem));
}

/**
 * One task per line, each also validated against its schema. In a long file, only the first lines are checked
 * here; the import reads all of them.
 */
const maxLines = 2_000;

function linesDiagnostics(document: TextDocument): Diagnostic[] {
  const lines = document.getText().split('\n').slice(0, maxLines);
  if (!lines.some(holdsTasks)) return [];
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
          message: `${read.problem.reason}. ${read.problem.remedy}`,
        }),
      ];
    }
    // An exported line is not meant to be edited.
    if (read.kind !== 'task' || isExported(line)) return [];
    const problems = taskProblems(read.task);
    const root = problems.length === 0 ? undefined : parseTree(line);
    return root === undefined ? [] : problems.map((problem) => diagnosticAt(document, root, start, problem));
  });
}

function isExported(line: string): boolean {
  return /^\s*\{\s*"tiebreak"\s*:/.test(line);
}

function taskValueProblems(value: unknown): FileProblem[] {
  const read = taskSchema.safeParse(value);
  return read.success ? taskProblems(read.data) : refinements(read.error);
}

/** Warnings about both forms of a rubric: the plain template lists its criteria by name. */
function rubricFileProblems(value: unknown): FileProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!('rubric' in value)) {
    const read = rubricSchema.safeParse(value);
    return read.success ? rubricProblems(read.data) : refinements(read.error);
  }
  const names = Object.keys(value.rubric ?? {});
  try {
    return rubricProblems(readRubric(value, 'this file')).map(
      ({ path: [member, index, ...rest], ...problem }) => ({
        ...problem,
        path:
          member === 'criteria' && typeof index === 'number'
            ? ['rubric', names[index]!, ...rest]
            : ['rubric'],
      }),
    );
  } catch {
    // The schema validation reports an invalid shape.
    return [];
  }
}

/**
 * Problems that the schema finds with code, because JSON Schema cannot express them: a duplicate ID, or a
 * scale that is not ascending.
 */
function refinements(error: z.ZodError): FileProblem[] {
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
  { path, severity, message }: FileProblem,
): Diagnostic {
  const node = nodeAt(root, path);
  return diagnostic(document, offset + node.offset, offset + node.offset + node.length, {
    severity,
    message,
  });
}

/** The node at a path, or its nearest enclosing node that exists in the text. */
function nodeAt(root: Node, path: FileProblem['path']): Node {
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
  { severity, message }: Pick<FileProblem, 'severity' | 'message'>,
): Diagnostic {
  return {
    range: { start: document.positionAt(start), end: document.positionAt(Math.max(end, start)) },
    severity: severities[severity],
    source: 'Tiebreak',
    message,
  };
}

import * as vscode from 'vscode';
import { visibleLine } from '../../core/text/visible.ts';
import type { CaseResult } from '../../core/run/run.ts';
import type { Case } from '../../core/task/task.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import { messageOf } from '../../core/errors.ts';
import type { Report } from '../../sessions/background.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import type { IdealFiles } from '../ideal/idealFiles.ts';
import type { Session } from '../../sessions/review/session.ts';
import type { RunColumn } from '../../sessions/review/taskRuns.ts';

/** The open task's cases in the Test Explorer, once for each answer and for the ideal. They run as they do in the panel. */
export class CaseExplorer implements vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #files: AnswerFiles;
  readonly #idealFiles: IdealFiles;
  readonly #report: Report;
  readonly #controller = vscode.tests.createTestController('tiebreak', 'Tiebreak cases');
  readonly #disposables: vscode.Disposable[];
  #listed = '';

  constructor(desk: ReviewDesk, files: AnswerFiles, idealFiles: IdealFiles, report: Report) {
    this.#desk = desk;
    this.#files = files;
    this.#idealFiles = idealFiles;
    this.#report = report;
    this.#controller.createRunProfile(
      'Run in the sandbox',
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    this.#disposables = [
      this.#controller,
      desk.onDidChangeSession((session) => this.#list(session)),
      files.onDidWrite(() => this.#list(desk.session)),
      desk.onDidChangeState(({ cases, task, ideal }) => {
        if (cases !== undefined || task !== undefined || ideal !== undefined) this.#list(desk.session);
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #list(session: Session | undefined): void {
    const key = session === undefined ? '' : this.#listKey(session);
    if (key === this.#listed) return;
    this.#listed = key;
    this.#controller.items.replace(
      session === undefined ? [] : columnsOf(session).map((column) => this.#columnItem(session, column)),
    );
  }

  /** Changes whenever the contents of the list change. */
  #listKey(session: Session): string {
    const columns = columnsOf(session).map((column) => [column, this.#mainUri(session, column)?.toString()]);
    return JSON.stringify([session.task.id, columns, session.cases]);
  }

  #columnItem(session: Session, column: RunColumn): vscode.TestItem {
    const label = column === 'ideal' ? 'Ideal' : `Answer ${column}`;
    const item = this.#controller.createTestItem(column, label, this.#mainUri(session, column));
    item.children.replace(
      session.cases.map((testCase) => {
        const child = this.#controller.createTestItem(
          caseItemId(column, testCase),
          visibleLine(testCase.title ?? testCase.id),
        );
        child.description = testCase.kind;
        return child;
      }),
    );
    return item;
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const session = this.#desk.session;
    if (session === undefined) return;
    const wanted = this.#wanted(request);
    const run = this.#controller.createTestRun(request);
    const cancel = token.onCancellationRequested(() => session.cancelRun());
    for (const item of wanted) run.started(item);
    try {
      await runWanted(session, wanted);
      for (const item of wanted) this.#tellResult(run, session, item);
    } catch (error) {
      this.#report(error);
      for (const item of wanted) run.errored(item, new vscode.TestMessage(messageOf(error)));
    } finally {
      cancel.dispose();
      run.end();
    }
  }

  /** The requested case items. A column stands for all its cases; no selection stands for everything. */
  #wanted(request: vscode.TestRunRequest): vscode.TestItem[] {
    const excluded = new Set(request.exclude?.map((item) => item.id));
    const roots = request.include ?? [...this.#controller.items].map(([, item]) => item);
    return roots
      .flatMap((item) => (item.children.size === 0 ? [item] : [...item.children].map(([, child]) => child)))
      .filter((item) => !excluded.has(item.id) && !excluded.has(item.parent?.id ?? ''));
  }

  #tellResult(run: vscode.TestRun, session: Session, item: vscode.TestItem): void {
    const { column, caseId } = readItemId(item.id);
    const results = column === 'ideal' ? session.ideal.runs.results : session.board.results(column);
    const result = results.find((candidate) => candidate.caseId === caseId);
    if (result === undefined || result.verdict === 'unsupported') return run.skipped(item);
    run.appendOutput(`${item.label} (${column}): ${result.verdict}\r\n`, undefined, item);
    if (result.stderr !== '') run.appendOutput(result.stderr.replaceAll(/\r?\n/g, '\r\n'), undefined, item);
    if (result.verdict === 'pass') return run.passed(item, result.wallMs);
    const message = failureMessage(result);
    const uri = this.#mainUri(session, column);
    if (uri !== undefined) message.location = new vscode.Location(uri, new vscode.Position(0, 0));
    if (result.verdict === 'fail') run.failed(item, message, result.wallMs);
    else run.errored(item, message, result.wallMs);
  }

  #mainUri(session: Session, column: RunColumn): vscode.Uri | undefined {
    if (column === 'ideal') {
      const [file] = session.ideal.files;
      return file && this.#idealFiles.uri(session, file.path);
    }
    const [main] = session.answers.find((answer) => answer.side === column)?.shownFiles ?? [];
    return main && this.#files.uri(session, column, main.path);
  }
}

function columnsOf({ answers, ideal }: Session): RunColumn[] {
  return [...answers.map(({ side }) => side), ...(ideal.begun ? ['ideal' as const] : [])];
}

/** A run replaces the one before. Columns with the same cases therefore run together, the others one after another. */
async function runWanted(session: Session, wanted: readonly vscode.TestItem[]): Promise<void> {
  const byColumn = Map.groupBy(
    wanted.map(({ id }) => readItemId(id)),
    ({ column }) => column,
  );
  const choices = [...byColumn].map(([column, items]) => ({
    column,
    caseIds: items.map(({ caseId }) => caseId),
  }));
  for (const some of Map.groupBy(choices, ({ caseIds }) => JSON.stringify(caseIds)).values())
    await session.run({ columns: some.map(({ column }) => column), caseIds: some[0]!.caseIds });
}

function failureMessage(result: CaseResult): vscode.TestMessage {
  const reason = result.reason ?? `The verdict is "${result.verdict}"`;
  if (result.expected === undefined) return new vscode.TestMessage(reason);
  return vscode.TestMessage.diff(reason, shown(result.expected), shown(result.actual ?? null));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function caseItemId(column: RunColumn, testCase: Case): string {
  return `${column}/${testCase.id}`;
}

function readItemId(id: string): { column: RunColumn; caseId: string } {
  const end = id.indexOf('/');
  return { column: id.slice(0, end) as RunColumn, caseId: id.slice(end + 1) };
}

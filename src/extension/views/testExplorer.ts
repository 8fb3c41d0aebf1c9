import * as vscode from 'vscode';
import type { Side } from '../../core/preference.ts';
import type { CaseResult } from '../../core/run.ts';
import type { Case } from '../../core/task.ts';
import type { ReviewDesk } from '../desk.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import type { Session } from '../session/session.ts';

/** The open task's cases in the Test Explorer, once for each side; they run there as they do in the panel. */
export class CaseExplorer implements vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #files: AnswerFiles;
  readonly #controller = vscode.tests.createTestController('tiebreak', 'Tiebreak cases');
  readonly #disposables: vscode.Disposable[];
  #listed = '';

  constructor(desk: ReviewDesk, files: AnswerFiles) {
    this.#desk = desk;
    this.#files = files;
    this.#controller.createRunProfile(
      'Run in the sandbox',
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    this.#disposables = [
      this.#controller,
      desk.onDidChangeSession((session) => this.#list(session)),
      desk.onDidChangeState(({ cases, task }) => {
        if (cases !== undefined || task !== undefined) this.#list(desk.session);
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #list(session: Session | undefined): void {
    const key =
      session === undefined
        ? ''
        : JSON.stringify([session.task.id, session.cases, session.answers.map((a) => a.panel.reading)]);
    if (key === this.#listed) return;
    this.#listed = key;
    this.#controller.items.replace(
      session === undefined ? [] : session.answers.map(({ side }) => this.#sideItem(session, side)),
    );
  }

  #sideItem(session: Session, side: Side): vscode.TestItem {
    const item = this.#controller.createTestItem(side, `Answer ${side}`, this.#mainUri(session, side));
    item.children.replace(
      session.cases.map((testCase) => {
        const child = this.#controller.createTestItem(
          caseItemId(side, testCase),
          testCase.title ?? testCase.id,
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
      await this.#files.write(session);
      await runWanted(session, wanted);
      for (const item of wanted) this.#report(run, session, item);
    } finally {
      cancel.dispose();
      run.end();
    }
  }

  /** The case items asked for: a side stands for all its cases, no choice for everything. */
  #wanted(request: vscode.TestRunRequest): vscode.TestItem[] {
    const excluded = new Set(request.exclude?.map((item) => item.id));
    const roots = request.include ?? [...this.#controller.items].map(([, item]) => item);
    return roots
      .flatMap((item) => (item.children.size === 0 ? [item] : [...item.children].map(([, child]) => child)))
      .filter((item) => !excluded.has(item.id) && !excluded.has(item.parent?.id ?? ''));
  }

  #report(run: vscode.TestRun, session: Session, item: vscode.TestItem): void {
    const { side, caseId } = readItemId(item.id);
    const result = session.board.results(side).find((candidate) => candidate.caseId === caseId);
    if (result === undefined || result.verdict === 'unsupported') return run.skipped(item);
    run.appendOutput(`${item.label} (${side}): ${result.verdict}\r\n`, undefined, item);
    if (result.stderr !== '') run.appendOutput(result.stderr.replaceAll(/\r?\n/g, '\r\n'), undefined, item);
    if (result.verdict === 'pass') return run.passed(item, result.wallMs);
    const message = failureMessage(result);
    const uri = this.#mainUri(session, side);
    if (uri !== undefined) message.location = new vscode.Location(uri, new vscode.Position(0, 0));
    if (result.verdict === 'fail') run.failed(item, message, result.wallMs);
    else run.errored(item, message, result.wallMs);
  }

  #mainUri(session: Session, side: Side): vscode.Uri | undefined {
    const [main] = session.answers.find((answer) => answer.side === side)?.shownFiles ?? [];
    return main === undefined ? undefined : this.#files.uri(session, side, main.path);
  }
}

async function runWanted(session: Session, wanted: readonly vscode.TestItem[]): Promise<void> {
  const bySide = Map.groupBy(
    wanted.map((item) => readItemId(item.id)),
    ({ side }) => side,
  );
  const choices = [...bySide].map(([side, items]) => ({ side, caseIds: items.map(({ caseId }) => caseId) }));
  const [first, second] = choices;
  const sameCases =
    first !== undefined && second !== undefined && first.caseIds.join() === second.caseIds.join();
  if (sameCases) return session.run({ caseIds: first.caseIds });
  for (const choice of choices) await session.run(choice);
}

function failureMessage(result: CaseResult): vscode.TestMessage {
  const reason = result.reason ?? `The verdict is "${result.verdict}"`;
  if (result.expected === undefined) return new vscode.TestMessage(reason);
  return vscode.TestMessage.diff(reason, shown(result.expected), shown(result.actual ?? null));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function caseItemId(side: Side, testCase: Case): string {
  return `${side}/${testCase.id}`;
}

function readItemId(id: string): { side: Side; caseId: string } {
  return { side: id.slice(0, 1) as Side, caseId: id.slice(2) };
}

import type { Diagnostic } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import type { Session } from '../../sessions/review/session.ts';

interface Subscription {
  dispose(): void;
}

type CheckedSession = Pick<Session, 'answers' | 'reports' | 'task'>;

/** The desk whose session the diagnostics belong to. */
interface Source<Checked extends CheckedSession> {
  readonly session: Checked | undefined;
  onDidChangeSession(listener: () => void): Subscription;
  onDidChangeState(listener: (sections: PanelState) => void): Subscription;
}

/** Where diagnostics are published: the editor's collection, and the documents of answers. */
interface Target<Uri, Checked extends CheckedSession> {
  clear(): void;
  set(uri: Uri, diagnostics: readonly Diagnostic[], side: Side): void;
  uri(session: Checked, side: Side, path: string): Uri;
  /** The documents of answers have other URIs now. */
  onDidMove(listener: () => void): Subscription;
}

/** Publishes the diagnostics of the checks on the open task, and removes them when the task is left. */
export function publishProblems<Uri, Checked extends CheckedSession>(
  source: Source<Checked>,
  target: Target<Uri, Checked>,
): readonly Subscription[] {
  // Synchronous, because after a wait the diagnostics of a task that was left could appear again.
  const publish = (): void => {
    const { session } = source;
    target.clear();
    for (const { side } of session?.answers ?? []) {
      const found = session!.reports(side).flatMap((report) => report.diagnostics);
      for (const [file, diagnostics] of Map.groupBy(found, (diagnostic) => diagnostic.file))
        target.set(target.uri(session!, side, file), diagnostics, side);
    }
  };
  return [
    source.onDidChangeSession(publish),
    source.onDidChangeState(({ checks }) => {
      if (checks !== undefined) publish();
    }),
    target.onDidMove(publish),
  ];
}

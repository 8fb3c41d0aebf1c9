import type { OpenTarget } from '../../protocol/panel/messages.ts';
import type { AnswerSource } from '../../sessions/panelSession.ts';
import { CalibrationDesk } from '../calibration/calibrationDesk.ts';
import { Dashboard } from '../dashboard/dashboard.ts';
import type { Host } from '../host/host.ts';
import type { Keep } from '../host/keep.ts';
import { settings } from '../host/settings.ts';
import { InspectionDesk } from '../inspection/inspectionDesk.ts';
import { InspectList } from '../inspection/inspectList.ts';
import { Queue } from '../queue/queue.ts';
import { ReviewDesk } from './reviewDesk.ts';

/** The desks, and the lists from which their work comes. */
export interface Desks {
  readonly queue: Queue;
  readonly desk: ReviewDesk;
  readonly inspectList: InspectList;
  readonly inspection: InspectionDesk;
  readonly dashboard: Dashboard;
}

/** `open` shows in the editor what a button of a panel requests, from these answers or else from the open task. */
export function createDesks(
  host: Host,
  open: (target: OpenTarget, answers?: AnswerSource) => Promise<void>,
  keep: Keep,
): Desks {
  const { context, evaluator, notices, rubrics, session, store, stores } = host;
  const state = context.workspaceState;
  const window = { extensionUri: context.extensionUri, notices, state };
  const queue = keep(new Queue(store, state, evaluator, notices.log));
  const calibration = new CalibrationDesk(store, evaluator);
  const desk = keep(
    new ReviewDesk({ ...window, queue, calibration, session, open: (target) => open(target) }),
  );
  const inspectList = keep(new InspectList(store, state, evaluator));
  keep(queue.onDidChange(() => inspectList.refresh()));
  const inspection = keep(
    new InspectionDesk({
      ...window,
      list: inspectList,
      session: async () => ({
        ...(await session()),
        reviewer: evaluator(),
        rationaleRubric: () => rubrics.rationale(),
        showsEvaluators: settings.showEvaluators,
      }),
      open,
      committed: () => queue.refresh(),
    }),
  );
  const dashboard = keep(new Dashboard({ ...window, database: () => stores.path(), evaluator, queue }));
  return { queue, desk, inspectList, inspection, dashboard };
}

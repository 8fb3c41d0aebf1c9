import { parentPort, workerData } from 'node:worker_threads';
import { Channel } from '../../protocol/channel.ts';
import { modelFiguresOf, quickFiguresOf, slowFiguresOf } from '../../protocol/dashboard.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import { DashboardSource, type DashboardOptions } from '../../sessions/dashboard/dashboardSource.ts';

/* The thread that computes the dashboard's figures. It reads through its own connection and writes nothing. */

/** The data that the extension host passes to the thread. */
export interface ThreadData extends DashboardOptions {
  /** The path of the database, which exists and is up to date. */
  readonly path: string;
}

const port = parentPort!;
const { path, ...options } = workerData as ThreadData;
let opened: Promise<DashboardSource> | undefined;
/** Opened on the first request, so that its caller receives a failure. */
const source = () => (opened ??= openSqliteStore(path).then((store) => new DashboardSource(store, options)));
const channel = new Channel(
  {
    post: (message) => port.postMessage(message),
    listen: (receive) => {
      port.on('message', receive);
      return () => port.off('message', receive);
    },
  },
  (error) => {
    throw error;
  },
);
channel.handle(quickFiguresOf, async ({ filter }) => (await source()).quick(filter));
channel.handle(modelFiguresOf, async ({ filter }) => (await source()).models(filter));
channel.handle(slowFiguresOf, async ({ filter }) => (await source()).slow(filter));

import { parentPort, workerData } from 'node:worker_threads';
import { Channel } from '../../protocol/channel.ts';
import { quickFiguresOf, slowFiguresOf } from '../../protocol/dashboard.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { DashboardSource, type DashboardOptions } from './dashboardSource.ts';

/* The thread that works out the dashboard's figures: it reads through a connection of its own and writes nothing. */

/** What the extension host hands the thread. */
export interface ThreadData extends DashboardOptions {
  /** The database, which is there and up to date. */
  readonly path: string;
}

const port = parentPort!;
const { path, ...options } = workerData as ThreadData;
let opened: Promise<DashboardSource> | undefined;
/** Opened when it is first asked, so that its failure has somebody to tell. */
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
channel.handle(slowFiguresOf, async ({ filter }) => (await source()).slow(filter));

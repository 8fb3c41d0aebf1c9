import { Worker } from 'node:worker_threads';
import { Channel } from '../../protocol/channel.ts';
import { figuresTimeoutMs } from '../../protocol/figures.ts';
import type { RequestType } from '../../protocol/message.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import type { ThreadData } from './dashboardThread.ts';

/** Computes figures outside the extension host, so that typing is never delayed. */
export class FiguresThread {
  readonly #worker: Worker;
  readonly #channel: Channel;
  readonly #report: Report;

  /** `script` is the bundled thread; `report` receives errors that belong to no request. */
  constructor(script: string, data: ThreadData, report: Report) {
    this.#report = report;
    this.#worker = new Worker(script, { workerData: data });
    this.#channel = new Channel(
      {
        post: (message) => this.#worker.postMessage(message),
        listen: (receive) => {
          this.#worker.on('message', receive);
          return () => this.#worker.off('message', receive);
        },
      },
      report,
    );
    this.#worker.on('error', (error) => {
      report(error);
      this.dispose();
    });
  }

  ask<Request, Reply>(type: RequestType<Request, Reply>, request: Request): Promise<Reply> {
    return this.#channel.request(type, request, figuresTimeoutMs);
  }

  dispose(): void {
    this.#channel.dispose();
    inBackground(this.#worker.terminate(), this.#report);
  }
}

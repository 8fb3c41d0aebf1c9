import { Worker } from 'node:worker_threads';
import { Channel } from '../../protocol/channel.ts';
import { figuresTimeoutMs } from '../../protocol/dashboard.ts';
import type { RequestType } from '../../protocol/message.ts';
import type { ThreadData } from './dashboardThread.ts';

/** Works figures out beside the extension host, so that nobody who types waits for them. */
export class FiguresThread {
  readonly #worker: Worker;
  readonly #channel: Channel;

  /** `script` is the bundled thread; `report` is told of errors that no request gets. */
  constructor(script: string, data: ThreadData, report: (error: Error) => void) {
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
      report(error instanceof Error ? error : new Error(String(error)));
      this.dispose();
    });
  }

  ask<Request, Reply>(type: RequestType<Request, Reply>, request: Request): Promise<Reply> {
    return this.#channel.request(type, request, figuresTimeoutMs);
  }

  dispose(): void {
    this.#channel.dispose();
    void this.#worker.terminate();
  }
}

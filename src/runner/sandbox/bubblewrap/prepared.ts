import type { SandboxJob } from '../sandbox.ts';
import type { LimitHit } from '../supervise.ts';
import { noUsage, type Launch, type SandboxProcess, type Usage, type Watch } from './firstProcess.ts';

/** A sandbox for one job, and the host's watch over it. */
export class Prepared {
  readonly launch: Launch;
  readonly sandbox: SandboxProcess;
  /** The sandbox was made ahead of its job. */
  readonly wasReady: boolean;
  #watch: Watch | undefined;
  #onLimit: LimitHit = () => undefined;

  /** Starts the sandbox. Throws if the launch has arguments that no process can have. */
  constructor(launch: Launch, job: SandboxJob, { ahead = false } = {}) {
    const { first } = launch;
    this.wasReady = ahead;
    this.launch = launch;
    this.sandbox = first.start(launch, job.talk !== undefined);
    const watch = (init: number): void =>
      void (this.#watch = first.watch?.(init, job, (end, reason) => this.#onLimit(end, reason)));
    if (first.waitsForHost) this.sandbox.onReady?.(watch);
    else if (first.watch !== undefined) this.sandbox.onInit(watch);
  }

  /** Starts the program of a job, which must have the limits and folders of the constructor's job. */
  run(job: SandboxJob, onLimit: LimitHit): void {
    this.#onLimit = onLimit;
    const records = this.launch.first.records?.(job);
    if (records !== undefined) this.sandbox.give(records);
  }

  stopWatch(): Usage {
    return this.#watch?.stop() ?? noUsage;
  }

  /** Ends a sandbox that got no job. */
  async discard(): Promise<void> {
    this.sandbox.kill();
    await this.sandbox.exited;
    this.stopWatch();
  }
}

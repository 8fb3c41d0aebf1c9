import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const program = join(import.meta.dirname, '../../../src/cli/tiebreak.ts');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A separate folder for each test, in which the command runs and keeps its database. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'tiebreak-cli-'));
  readonly database = this.path('tiebreak.db');

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the real command; `under` is a command that starts it. */
  start(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    under: readonly string[] = [],
  ): ChildProcess & { readonly stdin: null } {
    const [first, ...rest] = [...under, process.execPath, program, ...args];
    return spawn(first!, rest, {
      cwd: this.folder,
      env: { ...process.env, TIEBREAK_DB: this.database, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs the real command to its end. */
  async tiebreak(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    under: readonly string[] = [],
  ): Promise<Outcome> {
    const child = this.start(args, env, under);
    const closed = once(child, 'close') as Promise<[number | null]>;
    const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
    const [code] = await closed;
    return { code, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

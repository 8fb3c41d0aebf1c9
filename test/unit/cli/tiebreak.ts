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

/** A folder of its own for each test, where the command runs and keeps its database. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'tiebreak-cli-'));
  readonly database = this.path('tiebreak.db');

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the real command. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess & { readonly stdin: null } {
    return spawn(process.execPath, [program, ...args], {
      cwd: this.folder,
      env: { ...process.env, TIEBREAK_DB: this.database, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs the real command to its end. */
  async tiebreak(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const child = this.start(args, env);
    const closed = once(child, 'close') as Promise<[number | null]>;
    const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
    const [code] = await closed;
    return { code, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// The first process of a sandbox, by its PID on the host.

/** How long all processes of a sandbox may take to disappear. */
const vanishMs = 5000;

/** Kills the first process. The kernel then kills its whole PID namespace, and bwrap exits. */
export function killInit(init: number): void {
  if (!isAlive(init)) return;
  try {
    process.kill(init, 'SIGKILL');
  } catch {
    // The process exited by itself, or belongs to another user now: bwrap is killed in a moment.
  }
}

/** Resolves with true when no process of the sandbox is left, with false if some are left after a while. */
export async function isGone(init: number | undefined): Promise<boolean> {
  if (init === undefined) return true;
  for (const deadline = performance.now() + vanishMs; performance.now() < deadline; await sleep(2)) {
    if (!isAlive(init)) return true;
  }
  return false;
}

/**
 * Whether a sandbox's first process is alive. Its PID may have been reused, so checks that the process is
 * number 1 of its own innermost namespace. A zombie counts as dead: it holds no resources.
 */
function isAlive(init: number): boolean {
  try {
    const status = readFileSync(`/proc/${init}/status`, 'latin1');
    return /^NSpid:\s.*\s1$/m.test(status) && !/^State:\s+[ZX]/m.test(status);
  } catch {
    return false;
  }
}

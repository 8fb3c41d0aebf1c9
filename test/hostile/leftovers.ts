import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../until.ts';

/** The state of the surroundings: in the outer namespace, only this process causes changes. */
export interface Surroundings {
  /** Every process, as PID and command. */
  readonly processes: readonly string[];
  /** Every file in the writable places. */
  readonly files: readonly string[];
  /** The number of open descriptors of this process. */
  readonly descriptors: number;
}

/**
 * The places where an attack might leave something: the writable folders, and those that a sandbox is made
 * of.
 */
const places = ['/tmp', '/dev', '/home', '/run', '/var/tmp', '/'];

export function lookAround(): Surroundings {
  return {
    processes: processes(),
    files: places.flatMap((place) => filesBelow(place, place === '/' ? 0 : 8)),
    descriptors: readdirSync('/proc/self/fd').length,
  };
}

/** What was not there before. Waits briefly, because killed processes may take a moment to disappear. */
export async function leftSince(before: Surroundings): Promise<string[]> {
  let left: string[] = [];
  const isClean = () => {
    const now = lookAround();
    left = [...added(before.processes, now.processes), ...added(before.files, now.files)];
    if (now.descriptors > before.descriptors)
      left.push(`${now.descriptors - before.descriptors} descriptors`);
    return left.length === 0;
  };
  // The caller reports what is left.
  await until(isClean).catch(() => undefined);
  return left;
}

function added(before: readonly string[], now: readonly string[]): string[] {
  const known = new Set(before);
  return now.filter((one) => !known.has(one));
}

function processes(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [`process ${pid} ${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()}`];
      } catch {
        // The process exited between listing and reading.
        return [];
      }
    });
}

function filesBelow(folder: string, depth: number): string[] {
  if (folder === '/home/checkout') return [];
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const inside = depth > 0 && isFolder(path) ? filesBelow(path, depth - 1) : [];
    return [`file ${path}`, ...inside];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // This process cannot read the folder, so an attack could not write to it.
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Everything around: in the outer namespace nothing moves but what this process starts. */
export interface Surroundings {
  /** Every process, by number and command. */
  readonly processes: readonly string[];
  /** Every file of the places that somebody could write to. */
  readonly files: readonly string[];
  /** How many descriptors this process has open. */
  readonly descriptors: number;
}

/** Where an attack might leave something: what can be written to here, and what a sandbox is made of. */
const places = ['/tmp', '/dev', '/home', '/run', '/var/tmp', '/'];

export function lookAround(): Surroundings {
  return {
    processes: processes(),
    files: places.flatMap((place) => filesBelow(place, place === '/' ? 0 : 8)),
    descriptors: readdirSync('/proc/self/fd').length,
  };
}

/** What is there that was not there before. What has just been killed may take a moment to vanish. */
export async function leftSince(before: Surroundings): Promise<string[]> {
  let left: string[] = [];
  for (let tries = 0; tries < 50; tries++) {
    const now = lookAround();
    left = [...added(before.processes, now.processes), ...added(before.files, now.files)];
    if (now.descriptors > before.descriptors)
      left.push(`${now.descriptors - before.descriptors} descriptors`);
    if (left.length === 0) break;
    await sleep(20);
  }
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
        // It ended between the listing and the reading.
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
    // Not ours to read, so not ours to have written to.
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

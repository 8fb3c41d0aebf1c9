// How many differences are found between pairs of real answers that are known to differ, how soon, and how well they read.

import { existsSync, readFileSync } from 'node:fs';
import { nativeDir } from '../../scripts/lib/native.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import type { Differences, Witness } from '../../src/core/differing/record.ts';
import { placesIn, membersOf } from '../../src/core/differing/tree.ts';
import { taskSchema } from '../../src/core/task/task.ts';
import { parseJson } from '../../src/core/text/exactNumber.ts';
import { createDrivers } from '../../src/runner/driver/drivers.ts';
import { createRunner } from '../../src/runner/run.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { createToolchains } from '../../src/runner/toolchains/toolchains.ts';
import { differencesOf, findDifferences, programsOf } from '../../src/sessions/differing/findDifferences.ts';
import { median, printRow } from './table.ts';

const toolchains = createToolchains(inRoot('node_modules'));
const parts = { sandbox: createSandbox({ nativeDir }), toolchains, trusted: () => true };
const runner = createRunner(parts);
const services = { runner, drivers: createDrivers(parts, runner) };

/** The goals are the shares of pairs with a difference. */
await bench('calls', 'differ-call-public.jsonl', 27 / 28);
await bench('programs', 'differ-stdin-public.jsonl', 0.85);

async function bench(what: string, file: string, goal: number): Promise<void> {
  const path = inRoot(`../shared/data/differ/${file}`);
  if (!existsSync(path)) {
    console.log(`differences of ${what}: skipped, ${path} is missing`);
    return;
  }
  const found: Differences[] = [];
  for (const line of readFileSync(path, 'utf8').trim().split('\n')) {
    const task = taskSchema.parse(parseJson(line));
    const programs = programsOf(task, toolchains);
    found.push(differencesOf(task.id, await findDifferences(services, { task, programs })));
  }
  const share = found.filter(({ witnesses }) => witnesses.length > 0).length / found.length;
  const witnesses = found.flatMap((each) => each.witnesses);
  const firsts = found.map(({ firstMs }) => firstMs ?? Number.POSITIVE_INFINITY);
  const name = `differences of ${what}`;
  printRow({ name, measured: percent(share), goal: `>= ${percent(goal)}`, ratio: share / goal });
  printRow({
    name: `${name}: time to the first, median`,
    measured: `${median(firsts)} ms`,
    goal: '<= 1000 ms',
  });
  const rate = sum(found.map(({ pairs }) => pairs)) / (sum(found.map(({ ms }) => ms)) / 1000);
  printRow({ name: `${name}: pairs of runs a second`, measured: rate.toFixed(0), goal: '>= 700' });
  const within = witnesses.filter(({ withinBounds }) => withinBounds).length / witnesses.length;
  printRow({ name: `${name}: within bounds`, measured: percent(within), goal: '>= 80%' });
  printRow({
    name: `${name}: tokens, median`,
    measured: String(median(witnesses.map(tokensOf))),
    goal: '<= 12',
  });
}

function tokensOf({ input, args = [] }: Witness): number {
  if (input !== undefined) return input.split(/\s+/).filter(Boolean).length;
  return placesIn(args).filter(({ value }) => membersOf(value).length === 0).length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

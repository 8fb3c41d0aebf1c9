// How long every reader keeps other work of the extension host waiting for a mebibyte of the repeated marks that are the slowest
// for it, and how its time grows. An answer has the largest size that is read. Beside the time stands how many scans of a mebibyte
// take as long in the same run, since all times grow on a machine with other work.

import { tooLarge } from '../../src/core/extraction/answerSize.ts';
import { cpuMs, longestTurnMs, scanMs, type Reader } from '../fixtures/growth.ts';
import { marks, readers } from '../fixtures/readers.ts';
import { printRow } from './table.ts';

const probe = 1 << 12;
const mebibyte = 1 << 20;
const times = 4;
/** A reader that is as slow for every mark needs no longer search. */
const probingMs = 5000;
/** Less than this is noise. */
const floorMs = 30;

let slowest = { ms: 0, scans: 0, where: 'none' };
let steepest = { growth: 1, where: 'none' };
for (const [name, read] of Object.entries(readers)) {
  const unit = await slowestUnit(read);
  const where = `${name}, ${JSON.stringify(unit)}`;
  const text = repeated(unit, mebibyte);
  const turn = await best(longestTurnMs, read, name.startsWith('an answer') ? asRead(text) : text);
  if (turn > slowest.ms) slowest = { ms: turn, scans: turn / (await scanMs()), where };
  const ms = await best(cpuMs, read, text);
  if (ms < floorMs) continue;
  const growth = ms / times / (await best(cpuMs, read, repeated(unit, mebibyte / times)));
  if (growth > steepest.growth) steepest = { growth, where };
}
printRow({
  name: `1 MiB, longest turn of a reader (${slowest.where})`,
  measured: `${slowest.ms.toFixed(0)} ms, ${slowest.scans.toFixed(0)} scans`,
  goal: '≤ 200 ms',
  ratio: slowest.ms / 200,
});
printRow({
  name: `readers, worst growth (${steepest.where})`,
  measured: `${steepest.growth.toFixed(1)} ×`,
  goal: '< 3 ×',
  ratio: steepest.growth / 3,
});

/** Which repeated mark takes the reader the longest. */
async function slowestUnit(read: Reader): Promise<string> {
  let found = { unit: '', ms: -1 };
  let spent = 0;
  for (const unit of marks.flatMap((mark) => [mark, `${mark}\n`, `${mark}x`, longLine(mark)])) {
    const ms = await cpuMs(read, repeated(unit, probe));
    if (ms > found.ms) found = { unit, ms };
    spent += ms;
    if (spent > probingMs) break;
  }
  return found.unit;
}

/** Marks on a line that is so long that an answer of the largest size has not too many of them. */
function longLine(mark: string): string {
  return `${mark.replaceAll('\n', ' ').repeat(60 / mark.length)}\n`;
}

function repeated(unit: string, characters: number): string {
  return unit.repeat(characters / unit.length);
}

/** The beginning of a text that is read as an answer. */
function asRead(text: string): string {
  let beginning = text;
  while (tooLarge(beginning) !== undefined) beginning = beginning.slice(0, beginning.length * 0.9);
  return beginning;
}

/** The better of two measurements. */
async function best(measure: typeof cpuMs, read: Reader, text: string): Promise<number> {
  return Math.min(await measure(read, text), await measure(read, text));
}

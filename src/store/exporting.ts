import { open, rename, rm } from 'node:fs/promises';
import { messageOf, tiebreakError } from '../core/errors.ts';
import type { ExchangeData, Exporter, ExportReport } from '../core/exchange/exporter.ts';
import type { Store } from './store.ts';

/** Lines written at once. */
const linesPerWrite = 500;

/** All that a store holds for an export, each kind in the order in which it came in. */
export async function collectExchangeData(store: Store): Promise<ExchangeData> {
  return {
    tasks: await everyOne(store.tasks()),
    reviews: await store.reviews(),
    skips: await store.skips(),
    runs: await everyOne(store.runs()),
    ledger: await store.ledger(),
  };
}

async function everyOne<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Exports a store's content to a file, which has all of it or is left as it was. Rejects with `file-unwritable`. */
export async function exportToFile(store: Store, exporter: Exporter, path: string): Promise<ExportReport> {
  const { lines, report } = exporter.export(await collectExchangeData(store));
  const beside = `${path}.${process.pid}.part`;
  try {
    await writeLines(beside, lines);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    const facts = {
      what: `the export cannot be written (${messageOf(error)})`,
      where: path,
      mend: 'Check the folder, your rights on it and its free space, or choose another file',
    };
    throw tiebreakError('file-unwritable', facts, { cause: error });
  }
  return report;
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let start = 0; start < lines.length; start += linesPerWrite) {
      const some = lines.slice(start, start + linesPerWrite);
      await file.writeFile(some.map((line) => `${line}\n`).join(''));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

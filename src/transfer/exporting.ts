import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { messageOf, tiebreakError } from '../core/errors.ts';
import type { ColumnTypes, ExchangeData, Exporter, ExportReport } from '../core/exchange/exporter.ts';
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

/**
 * Exports to a file, which has all of it or is left as it was; a flat format to a name that ends in
 * ".parquet" as Parquet. Rejects with `file-unwritable`, and with `format-not-flat` for Parquet of any other format.
 */
export async function exportToFile(
  data: ExchangeData,
  exporter: Exporter,
  path: string,
): Promise<ExportReport> {
  const isParquet = path.toLowerCase().endsWith('.parquet');
  if (isParquet && exporter.columns === undefined) throw notFlat(exporter, path);
  const { lines, report } = exporter.export(data);
  // Others may write to the folder: a name that nobody has, and none that can be foreseen.
  const beside = `${path}.${randomUUID()}.part`;
  try {
    if (isParquet) await writeParquet(beside, lines, exporter.columns!);
    else await writeLines(beside, lines);
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

async function writeParquet(path: string, lines: readonly string[], columns: ColumnTypes): Promise<void> {
  const { parquetOf } = await import('../core/exchange/parquet.ts');
  const file = await open(path, 'wx');
  try {
    await file.writeFile(parquetOf(lines, columns));
    await file.sync();
  } finally {
    await file.close();
  }
}

function notFlat({ title }: Exporter, where: string): Error {
  return tiebreakError('format-not-flat', {
    what: `${title} cannot be written as Parquet, for its records are not flat`,
    where,
    mend: 'Give the file another ending, or choose a flat format such as "trl"',
  });
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'wx');
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

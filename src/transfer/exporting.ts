import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { messageOf, tiebreakError } from '../core/errors.ts';
import type { ColumnTypes, ExchangeData, Exporter, ExportReport } from '../core/exchange/exporter.ts';
import type { Store } from '../store/store.ts';

/** Number of lines per write. */
const linesPerWrite = 500;

/** All data of a store for an export, each kind in the order in which the store received it. */
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
 * Exports to a file atomically: on failure the file keeps its old content. If the name ends in ".parquet", writes a flat
 * format as Parquet. Rejects with `file-unwritable`, and with `format-not-flat` for Parquet of a format that is not flat.
 */
export async function exportToFile(
  data: ExchangeData,
  exporter: Exporter,
  path: string,
): Promise<ExportReport> {
  const isParquet = path.toLowerCase().endsWith('.parquet');
  if (isParquet && exporter.columns === undefined) throw notFlat(exporter, path);
  const { lines, report } = exporter.export(data);
  // Others may be able to write to the folder, so the temporary name must be unpredictable.
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
      remedy: 'Check the folder, its permissions and its free space, or choose another file',
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
    what: `${title} cannot be written as Parquet because its records are not flat`,
    where,
    remedy: 'Change the file extension, or choose a flat format such as "trl"',
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

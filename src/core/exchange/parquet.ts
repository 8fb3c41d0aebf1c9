import type { ColumnTypes } from './exporter.ts';

/**
 * The lines of a flat export as a Parquet file with those columns, in the order given. The writer is loaded when it is
 * first needed. Every line has every column.
 */
export async function parquetOf(lines: readonly string[], columns: ColumnTypes): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const rows = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const columnData = Object.entries(columns).map(([name, type]) => ({
    name,
    type,
    nullable: false,
    data: rows.map((row) => row[name]),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

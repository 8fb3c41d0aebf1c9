import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ColumnTypes } from './exporter.ts';

/**
 * The lines of a flat export as a Parquet file with those columns, in the order given. Every line has every column.
 * Import this file lazily: it loads a large library.
 */
export function parquetOf(lines: readonly string[], columns: ColumnTypes): Uint8Array {
  const rows = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const columnData = Object.entries(columns).map(([name, type]) => ({
    name,
    type,
    nullable: false,
    data: rows.map((row) => row[name]),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

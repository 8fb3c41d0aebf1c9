import type { FileHandle } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type Compressors,
  type SchemaTree,
} from 'hyparquet';
import { unreadable } from './fileSource.ts';

/** Number of rows per read. */
const rowsAtOnce = 1_000;

const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ZSTD: (bytes) => zstdDecompressSync(bytes),
};

/** The rows of a Parquet file as JSON texts, in batches. Rejects with `file-unreadable`. */
export async function* parquetRows(
  handle: FileHandle,
  path: string,
): AsyncGenerator<{ readonly rows: string[]; readonly share: number }> {
  try {
    const file = await bufferOf(handle);
    const metadata = await parquetMetadataAsync(file);
    const schema = parquetSchema(metadata);
    const count = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < count; rowStart += rowsAtOnce) {
      const rowEnd = Math.min(count, rowStart + rowsAtOnce);
      const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
      yield { rows: rows.map((row) => jsonOf(row, schema)), share: rowEnd / count };
    }
  } catch (error) {
    throw unreadable(path, error, 'Write its rows as JSONL, for example with `Dataset.to_json`');
  }
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const buffer = Buffer.alloc(end - start);
      await handle.read(buffer, 0, buffer.length, start);
      return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length);
    },
  };
}

/**
 * A row as JSON: integers of any length keep all their digits, a whole number in a column of fractions is written as
 * `2.0`, and bytes are decoded as text.
 */
function jsonOf(value: unknown, column: SchemaTree | undefined): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return numberText(value, column);
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('utf8'));
  if (value instanceof Date || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) {
    const items = itemsOf(column);
    return `[${value.map((item) => jsonOf(item, items)).join(',')}]`;
  }
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${jsonOf(member, memberOf(column, name))}`,
  );
  return `{${members.join(',')}}`;
}

function numberText(value: number, column: SchemaTree | undefined): string {
  const type = column?.element.type;
  const isFraction = type === 'DOUBLE' || type === 'FLOAT';
  if (!isFraction || !Number.isInteger(value)) return JSON.stringify(value);
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('e') ? text : `${text}.0`;
}

/** The column of a list's items: two levels below in current files, one in old ones. */
function itemsOf(column: SchemaTree | undefined): SchemaTree | undefined {
  if (column?.element.converted_type !== 'LIST') return column;
  const [group] = column.children;
  return group?.children.length === 1 ? group.children[0] : group;
}

/** The column of an object's member, or of a map's values. */
function memberOf(column: SchemaTree | undefined, name: string): SchemaTree | undefined {
  const isMap = column?.element.converted_type === 'MAP';
  const members = isMap ? column.children[0]?.children : column?.children;
  return members?.find(({ element }) => element.name === (isMap ? 'value' : name));
}

import assert from 'node:assert/strict';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { exporters } from '../../../../src/core/exchange/exporters.ts';
import { parquetOf } from '../../../../src/core/exchange/parquet.ts';
import { trlPreference } from '../../../../src/core/exchange/trl.ts';
import { trlUnpaired } from '../../../../src/core/exchange/trlUnpaired.ts';
import { allKinds, written } from './data.ts';

describe('Parquet', () => {
  for (const exporter of [trlPreference, trlUnpaired]) {
    it(`holds every row of ${exporter.title}, with the types of its columns`, async () => {
      const { lines } = exporter.export(allKinds());
      const file = bufferOf(lines, exporter.columns!);
      assert.deepEqual(await parquetReadObjects({ file }), written(exporter, allKinds()));
      const columns = parquetMetadata(file).schema.slice(1);
      assert.deepEqual(
        columns.map(({ name, type }) => [name, type === 'BYTE_ARRAY' ? 'STRING' : type]),
        Object.entries(exporter.columns!),
      );
    });
  }

  it('can be empty, and holds any text', async () => {
    const columns = { text: 'STRING' } as const;
    assert.deepEqual(await parquetReadObjects({ file: bufferOf([], columns) }), []);
    const rows = ['', 'ünï\u2028', '😀'.repeat(1000), 'a\u0000b'].map((text) => ({ text }));
    const file = bufferOf(
      rows.map((row) => JSON.stringify(row)),
      columns,
    );
    assert.deepEqual(await parquetReadObjects({ file }), rows);
  });

  it('is offered for the formats whose lines have the same columns', () => {
    for (const exporter of exporters.filter(({ columns }) => columns !== undefined)) {
      for (const line of written(exporter, allKinds()))
        assert.deepEqual(Object.keys(line as object), Object.keys(exporter.columns!), exporter.id);
    }
  });
});

function bufferOf(...args: Parameters<typeof parquetOf>): ArrayBuffer {
  const bytes = parquetOf(...args);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

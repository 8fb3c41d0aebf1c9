import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { TaskLine } from '../../../../src/core/files/taskfile.ts';
import { readFileParts } from '../../../../src/transfer/import/fileLines.ts';
import { parquetRows } from '../../../../src/transfer/import/parquetRows.ts';
import { unpackTests } from '../../../../src/transfer/import/packedTests.ts';

describe('files of tasks as they are published', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'tiebreak-files-'))));
  after(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string | Uint8Array): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  async function read(path: string): Promise<TaskLine[]> {
    const lines: TaskLine[] = [];
    for await (const { content } of readFileParts(path))
      for (const { item } of content) if (item.kind !== 'blank') lines.push(item);
    return lines;
  }

  const row = (n: number) => ({ prompt: `p${n}`, chosen: 'a', rejected: 'b' });
  const prompts = (lines: readonly TaskLine[]) =>
    lines.map((line) => line.kind === 'task' && line.task.prompt);

  it('are read packed by gzip: lines, and a list', async () => {
    const lines = Array.from({ length: 3000 }, (_, n) => JSON.stringify(row(n))).join('\n');
    assert.equal((await read(file('train.jsonl.gz', gzipSync(lines)))).length, 3000);
    const list = file('list.json.gz', gzipSync(JSON.stringify([row(1), row(2)])));
    assert.deepEqual(prompts(await read(list)), ['p1', 'p2']);
  });

  it('are read as Parquet, whole numbers with all their digits', async () => {
    const columnData = [
      { name: 'prompt', type: 'STRING' as const, data: ['p1', 'p2'] },
      { name: 'chosen', type: 'STRING' as const, data: ['a', 'a'] },
      { name: 'rejected', type: 'STRING' as const, data: ['b', 'b'] },
      { name: 'margin', type: 'INT64' as const, data: [1n, 2n] },
      { name: 'chosen_rating', type: 'DOUBLE' as const, data: [2, 2.5] },
    ];
    const lines = await read(file('rows.parquet', new Uint8Array(parquetWriteBuffer({ columnData }))));
    assert.deepEqual(prompts(lines), ['p1', 'p2']);
    const [first, second] = lines;
    assert.ok(first?.kind === 'task');
    assert.equal(
      JSON.stringify((first.task.source as { ratings: unknown }).ratings),
      '{"chosen_rating":2.0}',
    );
    assert.equal(second?.kind === 'task' && (second.task.source as { margin: number }).margin, 2);
  });

  it('are read as Parquet with numbers of the type of their column, also inside lists', async () => {
    const list = (name: string, children: number) => ({ name, num_children: children });
    const columnData = [
      { name: 'prompt', data: ['p'] },
      { name: 'chosen', data: ['a'] },
      { name: 'rejected', data: ['b'] },
      { name: 'id', data: ['x'] },
      { name: 'score_chosen', data: [[2, -0, 0.5]] },
    ];
    const schema = [
      list('root', 5),
      ...['prompt', 'chosen', 'rejected', 'id'].map((name) => ({
        name,
        type: 'BYTE_ARRAY' as const,
        converted_type: 'UTF8' as const,
        repetition_type: 'REQUIRED' as const,
      })),
      { ...list('score_chosen', 1), converted_type: 'LIST' as const, repetition_type: 'OPTIONAL' as const },
      { ...list('list', 1), repetition_type: 'REPEATED' as const },
      { name: 'element', type: 'DOUBLE' as const, repetition_type: 'OPTIONAL' as const },
    ];
    const path = file('lists.parquet', new Uint8Array(parquetWriteBuffer({ columnData, schema })));
    const handle = await open(path);
    const rows: string[] = [];
    for await (const batch of parquetRows(handle, path)) rows.push(...batch.rows);
    await handle.close();
    assert.match(rows[0] ?? '', /"score_chosen":\[2\.0,-0\.0,0\.5\]/);
  });

  for (const [name, bytes, what] of [
    ['a.zip', [0x50, 0x4b, 3, 4], /a ZIP archive\)\. Unpack it/],
    ['a.jsonl', [0x28, 0xb5, 0x2f, 0xfd], /compressed with Zstandard\)/],
    ['a.pkl', [0x80, 4, 0x95], /a Python pickle\)/],
    ['a.db', [...Buffer.from('SQLite format 3\0')], /an SQLite database\)/],
    ['a.csv', [...Buffer.from('prompt,chosen\nx,y\n')], /a table of text\)/],
    ['a.bin', [0, 1, 2, 0xff, 0x0a], /not text\)/],
  ] as const) {
    it(`are named for what they are: ${name}`, async () => {
      await assert.rejects(read(file(name, Uint8Array.from(bytes))), {
        code: 'file-unreadable',
        message: what,
      });
    });
  }

  it('are refused where what gzip packed is cut off', async () => {
    const packed = gzipSync(JSON.stringify(row(1)).repeat(1000));
    await assert.rejects(read(file('cut.jsonl.gz', packed.subarray(0, packed.length - 20))), {
      code: 'file-unreadable',
    });
  });
});

describe('packed tests', () => {
  const pickled = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([
      Buffer.from([0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x58]),
      length,
      bytes,
      Buffer.from([0x94, 0x2e]),
    ]);
  };

  it('are the text of the pickle', () => {
    const text = JSON.stringify([{ input: '1', output: 'é' }]);
    assert.equal(unpackTests(deflateSync(pickled(text)).toString('base64')), text);
  });

  it('are nothing where anything else is packed', () => {
    for (const packed of ['', 'no', deflateSync(Buffer.from('cos\nsystem\n')).toString('base64'), '!!!'])
      assert.equal(unpackTests(packed), undefined);
  });
});

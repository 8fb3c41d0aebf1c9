import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { createGunzip } from 'node:zlib';
import { messageOf, tiebreakError, type TiebreakError } from '../../core/errors.ts';

const chunkBytes = 1 << 20;
/** Number of bytes that are read to detect the type of a file. */
const headBytes = 4096;

/** A file that is open for reading, with its kind of content: lines, one JSON value, or a Parquet table. */
export interface FileSource {
  readonly kind: 'lines' | 'document' | 'parquet';
  readonly path: string;
  readonly handle: FileHandle;
  /** The bytes of the file, decompressed if the file is compressed with gzip. */
  chunks(): AsyncGenerator<Buffer>;
  /** The share of the file that was read, from 0 to 1. */
  share(): number;
}

/** File types that people may mistake for task files: first bytes, name and remedy. */
const strangers: readonly (readonly [magic: string, what: string, remedy: string])[] = [
  ['504b0304', 'a ZIP archive', 'Unpack it and import the files in it'],
  ['425a68', 'compressed with bzip2', 'Decompress it with `bunzip2` and import the result'],
  ['fd377a585a', 'compressed with xz', 'Decompress it with `unxz` and import the result'],
  ['28b52ffd', 'compressed with Zstandard', 'Decompress it with `unzstd` and import the result'],
  ['4152524f5731', 'an Arrow file', 'Write it as JSONL or Parquet, for example with `Dataset.to_json`'],
  ['53514c69746520666f726d617420', 'an SQLite database', 'Write its rows as JSONL'],
  ['25504446', 'a PDF', 'Choose a file of tasks: JSONL, JSON or Parquet'],
  ['89504e47', 'a PNG image', 'Choose a file of tasks: JSONL, JSON or Parquet'],
  ['ffd8ff', 'a JPEG image', 'Choose a file of tasks: JSONL, JSON or Parquet'],
  ['8004', 'a Python pickle', 'Write its records as JSONL: one `json.dumps(record)` per line'],
  ['d0cf11e0', 'an Office document', 'Write its rows as JSONL'],
];

/** Opens a task file. Rejects with `file-unreadable`, which names the actual file type. */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await opened(path);
  try {
    return await recognised(handle, path);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function recognised(handle: FileHandle, path: string): Promise<FileSource> {
  const { size } = await handle.stat();
  const packed = await headOf(handle);
  const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
  let read = 0;
  const raw = async function* (): AsyncGenerator<Buffer> {
    read = 0;
    const stream = handle.createReadStream({ start: 0, highWaterMark: chunkBytes, autoClose: false });
    for await (const chunk of stream) {
      read += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  };
  const chunks = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* isPacked ? unpacked(raw()) : raw();
    } catch (error) {
      throw unreadable(path, error);
    }
  };
  const head = isPacked ? await firstBytes(chunks()) : packed;
  const name = isPacked ? path.replace(/\.gz$/i, '') : path;
  const share = () => (size === 0 ? 1 : Math.min(1, read / size));
  return { kind: kindOf(head, name, path), path, handle, chunks, share };
}

async function* unpacked(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  const fed = (async () => {
    for await (const chunk of packed)
      if (!gunzip.write(chunk)) await new Promise((go) => gunzip.once('drain', go));
    gunzip.end();
  })();
  fed.catch((error: unknown) => gunzip.destroy(error as Error));
  for await (const chunk of gunzip) yield chunk as Buffer;
  await fed;
}

async function firstBytes(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  for await (const chunk of chunks) return chunk.subarray(0, headBytes);
  return Buffer.alloc(0);
}

async function headOf(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

function kindOf(head: Buffer, name: string, path: string): FileSource['kind'] {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  const start = head.subarray(0, 16).toString('hex');
  const stranger = strangers.find(([magic]) => start.startsWith(magic));
  if (stranger !== undefined) throw unreadable(path, new Error(`it is ${stranger[1]}`), stranger[2]);
  if (start.startsWith('fffe') || start.startsWith('feff'))
    throw unreadable(path, new Error('it is UTF-16 text'), 'Save the file as UTF-8');
  if (head.includes(0) && !isUtf8(head.subarray(0, head.lastIndexOf(0x0a) + 1)))
    throw unreadable(path, new Error('it is not text'), 'Choose a file of tasks: JSONL, JSON or Parquet');
  const extension = extname(name).toLowerCase();
  const text = head.toString('utf8').replace('\uFEFF', '').trimStart();
  if (['.csv', '.tsv'].includes(extension) && !/^[[{]/.test(text))
    throw unreadable(
      path,
      new Error('it is a table of text'),
      'Write each row as a JSON object on its own line',
    );
  return text.startsWith('[') || extension === '.json' ? 'document' : 'lines';
}

async function opened(path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    if ((await handle.stat()).isDirectory()) throw new Error('it is a folder');
    return handle;
  } catch (error) {
    await handle?.close();
    throw unreadable(path, error);
  }
}

export function unreadable(
  path: string,
  cause: unknown,
  remedy = 'Check the path and its permissions',
): TiebreakError {
  const what = `the file cannot be read (${messageOf(cause)})`;
  return tiebreakError('file-unreadable', { what, where: path, remedy }, { cause });
}

import { isUtf8 } from 'node:buffer';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { messageOf, tiebreakError, type TiebreakError } from '../core/errors.ts';
import { readTaskFile, readTaskLine, type TaskLine } from '../core/taskfile.ts';

const chunkBytes = 1 << 20;
/** A longer line is a file of another kind, and would fill the memory. */
const longestLine = 64 << 20;
const newline = 0x0a;

/** What a stretch of a file holds; `share` is how much of the file was read, from 0 to 1. */
export interface Stretch {
  readonly items: TaskLine[];
  /** How many lines were read so far. */
  readonly lines: number;
  readonly share: number;
}

/**
 * Reads a file of tasks a stretch at a time: one task or record a line, or one JSON list of them (the file begins
 * with "[" or its name ends in ".json"). `only` passes over the lines that do not hold that text, unread. Rejects
 * with `file-unreadable`.
 */
export async function* readStretches(path: string, only?: string): AsyncGenerator<Stretch> {
  const handle = await opened(path);
  try {
    if (await isDocument(handle, path)) {
      const items = readTaskFile(await wholeText(handle, path), path);
      yield { items, lines: items.length, share: 1 };
    } else {
      yield* lineStretches(handle, path, only);
    }
  } finally {
    await handle.close();
  }
}

async function* lineStretches(handle: FileHandle, path: string, only?: string): AsyncGenerator<Stretch> {
  const { size } = await handle.stat();
  let lines = 0;
  for await (const { pieces, bytesRead } of chunksOfLines(handle, path)) {
    const items: TaskLine[] = [];
    for (const bytes of pieces) {
      lines += 1;
      if (only === undefined || bytes?.includes(only) === true) items.push(readLine(bytes, path, lines));
    }
    yield { items, lines, share: size === 0 ? 1 : Math.min(1, bytesRead / size) };
  }
}

/** The lines of a file as they are; `undefined` for one that is too long. Rejects with `file-unreadable`. */
export async function* rawLines(path: string): AsyncGenerator<string | undefined> {
  const handle = await opened(path);
  try {
    for await (const { pieces } of chunksOfLines(handle, path))
      for (const bytes of pieces) yield bytes?.toString('utf8').replace(/\r$/, '');
  } finally {
    await handle.close();
  }
}

function readLine(bytes: Buffer | undefined, file: string, line: number): TaskLine {
  const refuse = (reason: string, mend: string): TaskLine => ({
    kind: 'problem',
    problem: { file, line, reason, mend },
  });
  if (bytes === undefined) {
    return refuse(`the line is longer than ${longestLine >> 20} MiB`, 'Write one task a line, and no more');
  }
  if (!isUtf8(bytes)) return refuse('the line is not UTF-8 text', 'Save the file as UTF-8');
  return readTaskLine(bytes.toString('utf8'), { file, line });
}

/** The lines of a file without their newlines, as many as each chunk ends; `undefined` for one that is too long. */
async function* chunksOfLines(
  handle: FileHandle,
  path: string,
): AsyncGenerator<{ pieces: (Buffer | undefined)[]; bytesRead: number }> {
  let bytesRead = 0;
  /** The beginning of the line that goes on in the next chunk, in the parts in which it came. */
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const finish = (last: Buffer): Buffer | undefined => {
    const isTooLong = begunBytes + last.length > longestLine;
    const line = isTooLong ? undefined : begun.length === 0 ? last : Buffer.concat([...begun, last]);
    begun = [];
    begunBytes = 0;
    return line;
  };
  for await (const chunk of chunksOf(handle, path)) {
    const pieces: (Buffer | undefined)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      pieces.push(finish(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    begunBytes += rest.length;
    // What cannot become a line any more is counted and let go.
    if (begunBytes > longestLine) begun = [];
    else if (rest.length > 0) begun.push(rest);
    bytesRead += chunk.length;
    yield { pieces, bytesRead };
  }
  if (begunBytes > 0) yield { pieces: [finish(Buffer.alloc(0))], bytesRead };
}

async function* chunksOf(handle: FileHandle, path: string): AsyncGenerator<Buffer> {
  try {
    const stream = handle.createReadStream({ start: 0, highWaterMark: chunkBytes, autoClose: false });
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Whether the file is one JSON value rather than one a line. */
async function isDocument(handle: FileHandle, path: string): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
  const head = buffer.subarray(0, bytesRead);
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) throw unreadable(path, new Error('it is UTF-16 text'), 'Save the file as UTF-8');
  const text = head.toString('utf8').replace('\uFEFF', '').trimStart();
  return text.startsWith('[') || extname(path).toLowerCase() === '.json';
}

async function wholeText(handle: FileHandle, path: string): Promise<string> {
  const bytes = await readFile(handle).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!isUtf8(bytes)) throw unreadable(path, new Error('it is not UTF-8 text'), 'Save the file as UTF-8');
  try {
    return bytes.toString('utf8');
  } catch (error) {
    throw unreadable(
      path,
      error,
      'Write one task a line instead of one list: such files are read piece by piece',
    );
  }
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

function unreadable(
  path: string,
  cause: unknown,
  mend = 'Check the path and your rights on it',
): TiebreakError {
  const what = `the file cannot be read (${messageOf(cause)})`;
  return tiebreakError('file-unreadable', { what, where: path, mend }, { cause });
}

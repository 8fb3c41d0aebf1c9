import { isUtf8 } from 'node:buffer';
import { readTaskLine, taskFileSteps, type TaskLine } from '../../core/files/taskfile.ts';
import { isJson } from '../../core/text/jsonText.ts';
import { openFileSource, unreadable, type FileSource } from './fileSource.ts';
import { unpackTests } from './packedTests.ts';
import { Turn } from './turn.ts';

const tools = { unpackTests };
/** Maximum line length in bytes: a file with a longer line is not a task file and would fill the memory. */
const longestLine = 64 << 20;
/** Maximum size of one JSON document in bytes: a longer text does not fit into a string. */
const longestDocument = 500 << 20;
const newline = 0x0a;
const inLines = 'Write one task per line instead of one value: a file of lines is read piece by piece';

/** A line of a file: its content, and its text without the line's end, if the file has lines of text. */
export interface FileLine {
  /** Counts from 1; for a table the number of the row. */
  readonly line: number;
  readonly text?: string;
  readonly item: TaskLine;
}

/** A part of a file; `share` is the share of the file read so far, from 0 to 1. */
export interface FilePart {
  readonly content: readonly FileLine[];
  /** Number of lines read so far. */
  readonly lines: number;
  readonly share: number;
}

/**
 * Reads a task file in parts: one task or record per line, one JSON list of them (the file begins with "[" or its name
 * ends in ".json"), or the rows of a Parquet file. The file may be compressed with gzip. `only` skips lines that do not
 * contain this text without parsing them. Rejects with `file-unreadable`.
 */
export async function* readFileParts(path: string, only?: string): AsyncGenerator<FilePart> {
  const source = await openFileSource(path);
  try {
    if (source.kind === 'document') {
      yield* documentParts(await wholeText(source), path);
    } else if (source.kind === 'parquet') {
      yield* rowParts(source);
    } else {
      yield* lineParts(source, only);
    }
  } finally {
    await source.handle.close();
  }
}

/** The lines of a JSON document. Other work of the process gets its turn between two parts, as in all of these. */
async function* documentParts(text: string, path: string): AsyncGenerator<FilePart> {
  if (text.length > longestLine && !isListOrLines(text))
    throw unreadable(path, new Error(`it is one JSON object of more than ${longestLine >> 20} MiB`), inLines);
  // The lines of text come first and without content, because an item may take several lines or share one.
  const bare = (each: string, index: number): FileLine => ({
    line: index + 1,
    text: withoutReturn(each),
    item: { kind: 'blank' },
  });
  for await (const { content } of inTurns(text.split('\n'), bare)) yield { content, lines: 0, share: 0 };
  const turn = new Turn();
  let content: FileLine[] = [];
  let lines = 0;
  for (const { share, line } of taskFileSteps(text, path, tools)) {
    if (line !== undefined) {
      content.push({ line: lineOf(line), item: line });
      lines += 1;
    }
    if (!turn.isOver) continue;
    yield { content, lines, share };
    content = [];
    await turn.next();
  }
  yield { content, lines, share: 1 };
}

function lineOf(item: TaskLine): number {
  if (item.kind === 'blank') return 0;
  return item.kind === 'problem' ? item.problem.line : item.line;
}

/** Whether a text is read in pieces: a list, or one value per line. */
function isListOrLines(text: string): boolean {
  const end = text.indexOf('\n');
  return /^\uFEFF?\s*\[/.test(text) || (end !== -1 && end < longestLine && isJson(text.slice(0, end)));
}

/** The rows of a table, each read like a line of JSON. The line number is the 1-based row number. */
async function* rowParts({ handle, path }: FileSource): AsyncGenerator<FilePart> {
  const { parquetRows } = await import('./parquetRows.ts');
  let lines = 0;
  let before = 0;
  for await (const { rows, share } of parquetRows(handle, path)) {
    const read = (row: string): FileLine => {
      lines += 1;
      return { line: lines, item: readTaskLine(row, { file: path, line: lines }, tools) };
    };
    for await (const { content, done } of inTurns(rows, read))
      yield { content, lines, share: before + (share - before) * done };
    before = share;
  }
}

async function* lineParts(source: FileSource, only?: string): AsyncGenerator<FilePart> {
  let lines = 0;
  const read = (bytes: Buffer | undefined): FileLine | undefined => {
    lines += 1;
    const isWanted = only === undefined || bytes?.includes(only) === true;
    return isWanted ? readLine(bytes, source.path, lines) : undefined;
  };
  for await (const pieces of chunksOfLines(source)) {
    const parts: FileLine[][] = [];
    for await (const { content } of inTurns(pieces, read)) parts.push(content);
    yield { content: parts.flat(), lines, share: source.share() };
  }
}

/**
 * Reads pieces of a file, with a pause for other work of the process whenever they take long. `done` is the share of the pieces that
 * was read so far, from 0 to 1.
 */
async function* inTurns<Piece>(
  pieces: readonly Piece[],
  read: (piece: Piece, index: number) => FileLine | undefined,
): AsyncGenerator<{ content: FileLine[]; done: number }> {
  const turn = new Turn();
  let content: FileLine[] = [];
  for (const [index, piece] of pieces.entries()) {
    const line = read(piece, index);
    if (line !== undefined) content.push(line);
    if (!turn.isOver) continue;
    yield { content, done: (index + 1) / pieces.length };
    content = [];
    await turn.next();
  }
  yield { content, done: 1 };
}

function readLine(bytes: Buffer | undefined, file: string, line: number): FileLine {
  const refuse = (reason: string, remedy: string): TaskLine => ({
    kind: 'problem',
    problem: { file, line, reason, remedy },
  });
  if (bytes === undefined) {
    const reason = `the line is longer than ${longestLine >> 20} MiB`;
    return { line, item: refuse(reason, 'Write one task per line') };
  }
  const text = withoutReturn(bytes.toString('utf8'));
  if (!isUtf8(bytes))
    return { line, text, item: refuse('the line is not UTF-8 text', 'Save the file as UTF-8') };
  return { line, text, item: readTaskLine(text, { file, line }, tools) };
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** The lines of a file without newlines, chunk by chunk; `undefined` for a line that is too long. */
async function* chunksOfLines(source: FileSource): AsyncGenerator<(Buffer | undefined)[]> {
  /** The beginning of a line that continues in the next chunk, as a list of parts. */
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const finish = (last: Buffer): Buffer | undefined => {
    const isTooLong = begunBytes + last.length > longestLine;
    const line = isTooLong ? undefined : begun.length === 0 ? last : Buffer.concat([...begun, last]);
    begun = [];
    begunBytes = 0;
    return line;
  };
  for await (const chunk of source.chunks()) {
    const pieces: (Buffer | undefined)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      pieces.push(finish(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    begunBytes += rest.length;
    // Drop a line that is already too long; only its length is still needed.
    if (begunBytes > longestLine) begun = [];
    else if (rest.length > 0) begun.push(rest);
    yield pieces;
  }
  if (begunBytes > 0) yield [finish(Buffer.alloc(0))];
}

async function wholeText(source: FileSource): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestDocument) {
      throw unreadable(
        source.path,
        new Error(`it is one JSON value of more than ${longestDocument >> 20} MiB`),
        inLines,
      );
    }
  }
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes))
    throw unreadable(source.path, new Error('it is not UTF-8 text'), 'Save the file as UTF-8');
  return bytes.toString('utf8');
}

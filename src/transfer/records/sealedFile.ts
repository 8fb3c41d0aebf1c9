import { readRecord } from '../core/exchange/record.ts';
import { Sealer } from '../core/exchange/seal.ts';
import { rawLines } from './fileLines.ts';

/** A record of the version that has a last line; older ones have none to be held against. */
const sealedRecord = /^\s*\{\s*"tiebreak"\s*:\s*2\b/;
const seal = /"kind"\s*:\s*"end"/;
/** Records that are final: a file may not lose one without saying so. */
const finalRecord = /"kind"\s*:\s*"(review|inspection|settlement|gold|ideal)"/;

/** Lines of an export that were read and not yet closed. */
interface Stretch {
  readonly sealer: Sealer;
  readonly lines: number[];
  holdsFinal: boolean;
}

/** A line of a file that is not what it was when the file was written. */
export interface LineFault {
  readonly line: number;
  readonly reason: string;
}

/**
 * Holds each export in a file (several may follow one another) against its last line: the first line that was changed,
 * moved, added or lost. Rejects with `file-unreadable`.
 */
export async function sealFault(path: string): Promise<LineFault | undefined> {
  let stretch = emptyStretch();
  let line = 0;
  for await (const text of rawLines(path)) {
    line += 1;
    if (text === undefined || !sealedRecord.test(text)) continue;
    if (seal.test(text.slice(0, 60))) {
      const fault = faultOf(stretch, text, line);
      if (fault !== undefined) return fault;
      stretch = emptyStretch();
    } else {
      stretch.sealer.add(text);
      stretch.lines.push(line);
      stretch.holdsFinal ||= finalRecord.test(text.slice(0, 60));
    }
  }
  if (!stretch.holdsFinal) return undefined;
  return { line: stretch.lines.at(-1)!, reason: 'what follows it is missing: the file was cut' };
}

function faultOf({ sealer, lines }: Stretch, text: string, line: number): LineFault | undefined {
  const record = readSeal(text);
  if (record === undefined) return { line, reason: 'the last line of the export was changed' };
  const fault = sealer.fault(record);
  return fault && { line: lines[fault.at] ?? line, reason: fault.reason };
}

function readSeal(text: string) {
  try {
    const record = readRecord(JSON.parse(text) as unknown);
    return 'kind' in record && record.kind === 'end' ? record : undefined;
  } catch {
    return undefined;
  }
}

function emptyStretch(): Stretch {
  return { sealer: new Sealer(), lines: [], holdsFinal: false };
}

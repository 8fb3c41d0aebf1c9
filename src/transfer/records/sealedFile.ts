import { readRecord } from '../../core/exchange/record.ts';
import { Sealer } from '../../core/exchange/seal.ts';
import { parseJson } from '../../core/text/exactNumber.ts';

/** A record of the version that has a seal; older versions have no seal to check. */
const sealedRecord = /^\s*\{\s*"tiebreak"\s*:\s*2\b/;
const seal = /"kind"\s*:\s*"end"/;
/** Final records: losing a final record must be detected. */
const finalRecord = /"kind"\s*:\s*"(review|inspection|settlement|gold|ideal)"/;

/** Lines of an export that were read before its seal. */
interface Stretch {
  readonly sealer: Sealer;
  readonly lines: number[];
  holdsFinal: boolean;
}

/** A line that differs from the line as exported. */
export interface LineFault {
  readonly line: number;
  readonly reason: string;
}

/** Checks each export in a file (a file may contain several) against its seal, as the lines are read. */
export class SealCheck {
  #stretch = emptyStretch();
  #fault: LineFault | undefined;

  /** Takes the next line; lines of other formats are ignored. */
  add(text: string, line: number): void {
    if (this.#fault !== undefined || !sealedRecord.test(text)) return;
    const stretch = this.#stretch;
    if (seal.test(text.slice(0, 60))) {
      this.#fault = faultOf(stretch, text, line);
      this.#stretch = emptyStretch();
    } else {
      stretch.sealer.add(text);
      stretch.lines.push(line);
      stretch.holdsFinal ||= finalRecord.test(text.slice(0, 60));
    }
  }

  /** After the last line: the first line that was changed, moved, added or lost. */
  get fault(): LineFault | undefined {
    const { lines, holdsFinal } = this.#stretch;
    if (this.#fault !== undefined || !holdsFinal) return this.#fault;
    return { line: lines.at(-1)!, reason: 'the lines after it are missing: the file was truncated' };
  }
}

function faultOf({ sealer, lines }: Stretch, text: string, line: number): LineFault | undefined {
  const record = readSeal(text);
  if (record === undefined) return { line, reason: 'the last line of the export was changed' };
  const fault = sealer.fault(record);
  return fault && { line: lines[fault.at] ?? line, reason: fault.reason };
}

function readSeal(text: string) {
  try {
    const record = readRecord(parseJson(text));
    return 'kind' in record && record.kind === 'end' ? record : undefined;
  } catch {
    return undefined;
  }
}

function emptyStretch(): Stretch {
  return { sealer: new Sealer(), lines: [], holdsFinal: false };
}

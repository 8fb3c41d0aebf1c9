import { textHash } from '../text/hash.ts';
import type { ExchangeRecord } from './record.ts';

type Seal = Extract<ExchangeRecord, { kind: 'end' }>;

/** Hexadecimal digits that the seal keeps of each line's hash, to name the line that does not match. */
const markDigits = 8;

/** The seal of an export: the number of records, a mark for each, and one hash of all records. */
export function sealOf(lines: readonly string[]): Seal {
  const sealer = new Sealer();
  for (const line of lines) sealer.add(line);
  return sealer.seal();
}

/** Computes a seal line by line, as the lines are read from a file. */
export class Sealer {
  readonly #marks: string[] = [];
  #hash = textHash('');

  add(line: string): void {
    const hash = textHash(line);
    this.#marks.push(hash.slice(0, markDigits));
    this.#hash = textHash(this.#hash + hash);
  }

  get count(): number {
    return this.#marks.length;
  }

  seal(): Seal {
    return { kind: 'end', records: this.count, marks: this.#marks.join(''), hash: this.#hash };
  }

  /** The 0-based index of the first record that does not match the seal, with the reason; `undefined` if all match. */
  fault(expected: Pick<Seal, 'records' | 'marks' | 'hash'>): { at: number; reason: string } | undefined {
    if (expected.hash === this.#hash && expected.records === this.count) return undefined;
    const marks = expected.marks.match(new RegExp(`.{${markDigits}}`, 'g')) ?? [];
    const at = this.#marks.findIndex((mark, index) => mark !== marks[index]);
    if (at === -1) {
      const missing = marks.length - this.count;
      const behind = `${missing} after it ${missing === 1 ? 'is' : 'are'} missing`;
      const reason = missing > 0 ? behind : 'the last line of the file was changed';
      return { at: Math.max(0, this.count - 1), reason };
    }
    return { at, reason: this.#reason(at, marks) };
  }

  #reason(at: number, marks: readonly string[]): string {
    const mark = this.#marks[at]!;
    if (!marks.includes(mark)) {
      return marks.length < this.count ? 'it was added to the file' : 'its line was changed';
    }
    return this.#marks.includes(marks[at]!)
      ? 'it is not at its original position'
      : 'the record before it is missing';
  }
}

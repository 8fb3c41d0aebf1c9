import { chainLink, type ChainLink, type ChainNoun } from '../../core/records/chain.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { ExchangeRecord } from '../../core/exchange/record.ts';
import type { LineProblem } from '../../core/files/taskfile.ts';
import type { FileLine } from '../import/fileLines.ts';
import { SealCheck, type LineFault } from './sealedFile.ts';

/** A final record of a file, with its recorded hash. */
export interface Found {
  readonly record: Extract<ExchangeRecord, { hash: string }> & { kind: ChainNoun };
  readonly link: ChainLink;
  readonly line: number;
}

/** An invalid record; line 0 means a record of the database. */
export interface Fault {
  readonly line: number;
  readonly record: string;
  readonly reason: string;
}

/** The final records of a file. */
export interface FileRecords {
  /** By id, in the order of the file. A record that occurs twice counts once. */
  readonly found: ReadonlyMap<string, Found>;
  /** Lines that should contain a final record but cannot be read. */
  readonly problems: readonly LineProblem[];
  /** The first line that does not match the seal of its export. */
  readonly sealFault: LineFault | undefined;
}

/** Text that every line with a final record contains, and few other lines contain. */
const hashField = '"hash"';

/** Collects the final records of a file as its lines are read. */
export class FinalRecordCollector implements FileRecords {
  readonly found = new Map<string, Found>();
  readonly problems: LineProblem[] = [];
  readonly #path: string;
  readonly #seal = new SealCheck();

  constructor(path: string) {
    this.#path = path;
  }

  get sealFault(): LineFault | undefined {
    return this.#seal.fault;
  }

  /** Throws `exchange-tampered` if two records have the same id but different content. */
  add({ line, text, item }: FileLine): void {
    if (text !== undefined) this.#seal.add(text, line);
    if (item.kind === 'problem' && text?.includes(hashField) !== false) this.problems.push(item.problem);
    if (item.kind !== 'record' || !('hash' in item.record) || item.record.kind === 'end') return;
    const { record } = item;
    const link = chainLink(record.kind === 'review' ? record.review : record.record);
    const known = this.found.get(link.id);
    if (known !== undefined && known.record.hash !== record.hash) {
      const reason = `line ${known.line} has the same id but different content`;
      throw tampered(this.#path, { line, record: `${record.kind} ${link.id}`, reason });
    }
    if (known === undefined) this.found.set(link.id, { record, link, line });
  }
}

/** The error that refuses a whole file because of one record. */
export function tampered(path: string, { line, record, reason }: Fault): Error {
  return tiebreakError('exchange-tampered', {
    what: `the file is refused because ${record} is invalid: ${reason}`,
    ...(line === 0 ? { where: 'the database' } : { where: path, line }),
    remedy: 'Export the file again where the reviews were made, and do not edit it',
  });
}

import { ledgerLink, reviewLink, type ChainLink, type ChainNoun } from '../core/chain.ts';
import { tiebreakError } from '../core/errors.ts';
import type { ExchangeRecord } from '../core/exchange/record.ts';
import type { LineProblem } from '../core/taskfile.ts';
import { readStretches } from './fileLines.ts';

/** A final record of a file, with the hash that stands beside it. */
export interface Found {
  readonly record: Extract<ExchangeRecord, { hash: string }> & { kind: ChainNoun };
  readonly link: ChainLink;
  readonly line: number;
}

/** A record that does not hold; line 0 stands for one of the database. */
export interface Fault {
  readonly line: number;
  readonly record: string;
  readonly reason: string;
}

/** What a file holds of final records. */
export interface FileRecords {
  /** By id, in the order of the file. A record that stands twice is taken once. */
  readonly found: ReadonlyMap<string, Found>;
  /** Lines that should hold one and cannot be read. */
  readonly problems: readonly LineProblem[];
}

/** What each line of a final record holds, and hardly any other. */
const hashField = '"hash"';

/** Rejects with `exchange-tampered` where one id stands for two contents, and with `file-unreadable`. */
export async function recordsOfFile(path: string): Promise<FileRecords> {
  const found = new Map<string, Found>();
  const problems: LineProblem[] = [];
  for await (const { items } of readStretches(path, hashField)) {
    for (const item of items) {
      if (item.kind === 'problem') problems.push(item.problem);
      if (item.kind !== 'record' || !('hash' in item.record) || item.record.kind === 'end') continue;
      const { record, line } = item;
      const link = record.kind === 'review' ? reviewLink(record.review) : ledgerLink(record.record);
      const known = found.get(link.id);
      if (known !== undefined && known.record.hash !== record.hash) {
        const reason = `it stands in line ${known.line} with other content`;
        throw tampered(path, { line, record: `${record.kind} ${link.id}`, reason });
      }
      found.set(link.id, known ?? { record, link, line });
    }
  }
  return { found, problems };
}

/** The refusal of a whole file for one of its records. */
export function tampered(path: string, { line, record, reason }: Fault): Error {
  return tiebreakError('exchange-tampered', {
    what: `the file is refused, for ${record} does not hold: ${reason}`,
    ...(line === 0 ? { where: 'the database' } : { where: path, line }),
    mend: 'Export the file again from where the reviews were made, and leave its lines as they are',
  });
}

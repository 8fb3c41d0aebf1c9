import { reviewHash, verifyChain, type ChainFault } from '../core/chain.ts';
import { tiebreakError } from '../core/errors.ts';
import { canonicalJson } from '../core/canonicalJson.ts';
import type { Review, UnchainedReview } from '../core/review.ts';
import type { Judged } from '../core/statistics/judged.ts';
import { DamagedRow } from './errors.ts';
import { integerOf, textOf, valueOf, type Database } from './database.ts';
import type { RecordImportCounts, ReviewFilter, Store } from './store.ts';
import { dropWork } from './work.ts';

/**
 * The part of the store that keeps reviews. They are only ever added. `chains` holds, for each evaluator, how many
 * records there are and the last one submitted here, so that a record taken from the end is missed too. Imported
 * records keep their own links and never become the head, and where one follows the head there is none any more: a
 * restored copy and its original do not fork.
 */
export function reviewMethods(db: Database): Pick<Store, 'submit' | 'reviews' | 'judged' | 'importReviews'> {
  return {
    submit: (review) => db.write(() => submit(db, review)),
    reviews: (filter = {}) => db.read(() => reviewsOf(db, filter)),
    importReviews: (reviews) => db.write(() => importAll(db, reviews)),
    judged: (filter = {}) => db.read(() => judgedOf(db, filter)),
  };
}

function submit(db: Database, unchained: UnchainedReview): Review {
  const known = storedReview(db, unchained.id);
  if (known !== undefined) return sameAgain(known, unchained);
  const head = db.get('SELECT head_hash FROM chains WHERE evaluator = :evaluator', {
    evaluator: unchained.evaluator,
  });
  const review = plain<Review>({
    ...unchained,
    prevHash: head === undefined ? '' : textOf(head, 'head_hash'),
  });
  const hash = insert(db, review);
  db.run('UPDATE chains SET head_id = :id, head_hash = :hash WHERE evaluator = :evaluator', {
    id: review.id,
    hash,
    evaluator: review.evaluator,
  });
  dropWork(db, review.taskId, review.evaluator);
  return review;
}

/** A submit that was acknowledged and is repeated, for instance after a crash: the stored record answers it. */
function sameAgain(known: Review, unchained: UnchainedReview): Review {
  if (isSame(known, { ...unchained, prevHash: known.prevHash })) return known;
  throw tiebreakError('store-conflict', {
    what: 'a review with this id and other content is submitted already',
    where: `review ${known.id}`,
    mend: 'Submit the change as a new review that revises it',
  });
}

function importAll(db: Database, reviews: readonly Review[]): RecordImportCounts {
  let added = 0;
  let unchanged = 0;
  const refused: string[] = [];
  for (const review of reviews) {
    const known = storedReview(db, review.id);
    if (known === undefined) {
      insert(db, plain(review));
      leaveChain(db, review);
      added += 1;
    } else if (isSame(known, review)) {
      unchanged += 1;
    } else {
      refused.push(review.id);
    }
  }
  return { added, unchanged, refused };
}

/** Where a record from elsewhere follows the last one made here, what is made here from now on is a chain of its own. */
function leaveChain(db: Database, { evaluator, prevHash }: Review): void {
  const isHead = "evaluator = :evaluator AND head_hash <> '' AND head_hash = :prevHash";
  db.run(`UPDATE chains SET head_id = NULL, head_hash = '' WHERE ${isHead}`, { evaluator, prevHash });
}

/** Adds a record and counts it; returns its hash. */
function insert(db: Database, review: Review): string {
  const hash = reviewHash(review);
  const { id, evaluator, taskId } = review;
  db.run(
    `INSERT INTO reviews (id, evaluator, task_id, hash, json) VALUES (:id, :evaluator, :taskId, :hash, :json)`,
    { id, evaluator, taskId, hash, json: JSON.stringify(review) },
  );
  db.run(
    `INSERT INTO chains (evaluator, records) VALUES (:evaluator, 1)
     ON CONFLICT (evaluator) DO UPDATE SET records = records + 1`,
    { evaluator },
  );
  return hash;
}

function storedReview(db: Database, id: string): Review | undefined {
  const row = db.get('SELECT json FROM reviews WHERE id = :id', { id });
  return row && reviewOf(row);
}

function reviewsOf(db: Database, filter: ReviewFilter): Review[] {
  const { where, parameters } = condition(filter);
  const limit = filter.latest === undefined ? '' : 'LIMIT :latest';
  const select = `SELECT json FROM reviews WHERE ${where} ORDER BY seq DESC ${limit}`;
  return db
    .all(select, { ...parameters, ...(filter.latest !== undefined && { latest: filter.latest }) })
    .map(reviewOf)
    .toReversed();
}

/** From the narrow table beside the reviews: a dashboard reads all of them. */
function judgedOf(db: Database, filter: ReviewFilter): Judged[] {
  const { where, parameters } = condition(filter);
  const select = `SELECT json FROM review_facts WHERE ${where} ORDER BY seq`;
  return db.all(select, parameters).map((row) => valueOf(row) as Judged);
}

function condition({ taskId, evaluator, id }: ReviewFilter): {
  where: string;
  parameters: Record<string, string>;
} {
  const parts = ['TRUE'];
  if (taskId !== undefined) parts.push('task_id = :taskId');
  if (evaluator !== undefined) parts.push('evaluator = :evaluator');
  if (id !== undefined) parts.push('seq = (SELECT seq FROM reviews WHERE id = :id)');
  const parameters = {
    ...(taskId !== undefined && { taskId }),
    ...(evaluator !== undefined && { evaluator }),
    ...(id !== undefined && { id }),
  };
  return { where: parts.join(' AND '), parameters };
}

/** The review of a row. Throws DamagedRow for JSON that can be no review. */
function reviewOf(row: Parameters<typeof valueOf>[0]): Review {
  const value = valueOf(row);
  const isReview =
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
  if (!isReview) throw new DamagedRow('column "json" holds no review');
  return value as Review;
}

/** Exactly what will be read back: JSON leaves out members that are `undefined`. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function isSame(known: Review, other: Review): boolean {
  return canonicalJson(known) === canonicalJson(plain(other));
}

/** Walks every chain of reviews; for use inside `read`. */
export function verifyReviews(db: Database): ChainFault | undefined {
  const rows = db.all('SELECT hash, json FROM reviews ORDER BY seq');
  const reviews = rows.map(reviewOf);
  const recorded = new Map(reviews.map((review, index) => [review.id, textOf(rows[index]!, 'hash')]));
  return verifyChain(reviews, recorded) ?? missingRecords(db);
}

/** Records that are gone without leaving a broken link: the last of a chain has no successor that misses it. */
function missingRecords(db: Database): ChainFault | undefined {
  const row = db.get(`
    SELECT chains.records, count(reviews.id) AS present, ifnull(max(reviews.id), '') AS last,
      ifnull(head_id, '') AS head, ifnull(max(reviews.id = head_id), 0) AS has_head
    FROM chains LEFT JOIN reviews USING (evaluator)
    GROUP BY evaluator HAVING present <> chains.records OR (head <> '' AND NOT has_head) LIMIT 1`);
  if (row === undefined) return undefined;
  const missing = integerOf(row, 'records') - integerOf(row, 'present');
  const recordId = textOf(row, integerOf(row, 'has_head') === 1 ? 'last' : 'head');
  const reason = `${missing} of the evaluator's reviews are missing from the end of the chain`;
  return { kind: 'review', recordId, index: integerOf(row, 'records'), reason };
}

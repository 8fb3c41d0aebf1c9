import type { ChainFault } from '../../core/records/chain.ts';
import type { Review, UnchainedReview } from '../../core/review/review.ts';
import type { Judged } from '../../core/statistics/judged.ts';
import { valueOf, type Database } from './database.ts';
import {
  addRecord,
  importRecord,
  recordOf,
  verifyRecords,
  type Counting,
  type RecordTables,
} from './finalRecords.ts';
import type { ReviewFilter, Store } from '../store.ts';
import { dropWork } from './work.ts';

/** The store's methods for reviews. */
export function reviewMethods(db: Database): Pick<Store, 'submit' | 'reviews' | 'judged'> {
  return {
    submit: (review) => db.write(() => submit(db, review)),
    reviews: (filter = {}) => db.read(() => reviewsOf(db, filter)),
    judged: (filter = {}) => db.read(() => judgedOf(db, filter)),
  };
}

/** Walks every chain of reviews; for use inside `read`. */
export function verifyReviews(db: Database): ChainFault | undefined {
  return verifyRecords(db, tables);
}

const tables: RecordTables<Review> = {
  kind: 'review',
  records: 'reviews',
  chains: 'chains',
  author: 'evaluator',
  ofKind: {},
  insert(db, review, hash) {
    const { id, evaluator, taskId } = review;
    db.run(
      `INSERT INTO reviews (id, evaluator, task_id, hash, json) VALUES (:id, :evaluator, :taskId, :hash, :json)`,
      { id, evaluator, taskId, hash, json: JSON.stringify(review) },
    );
  },
};

function submit(db: Database, unchained: UnchainedReview): Review {
  const { record, isNew } = addRecord(db, tables, unchained);
  // If the review was already submitted, an existing draft belongs to a later revision: keep it.
  if (isNew) dropWork(db, record.taskId, record.evaluator);
  return record;
}

/** Adds an imported review; for use inside a write. */
export function importReview(db: Database, review: Review, counts: Counting): void {
  importRecord(db, tables, review, counts);
}

function reviewsOf(db: Database, filter: ReviewFilter): Review[] {
  const { where, parameters } = condition(filter);
  const limit = filter.latest === undefined ? '' : 'LIMIT :latest';
  const select = `SELECT json FROM reviews WHERE ${where} ORDER BY seq DESC ${limit}`;
  return db
    .all(select, { ...parameters, ...(filter.latest !== undefined && { latest: filter.latest }) })
    .map((row) => recordOf(row) as Review)
    .toReversed();
}

/** Reads `review_facts`, whose rows are small, because a dashboard reads all reviews. */
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

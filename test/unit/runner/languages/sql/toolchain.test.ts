import assert from 'node:assert/strict';
import { ExactNumber } from '../../../../../src/core/text/exactNumber.ts';
import type { Json } from '../../../../../src/core/text/json.ts';
import { needsSandbox, needsToolchain, request, resultOf, createTestRunner } from '../../harness.ts';

const schema = `
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born DATE);
INSERT INTO people VALUES (1, 'Ada; the "first"', '1815-12-10'), (2, 'Grace', NULL);
`;

/** PostgreSQL takes seconds of processor time to start, which may be minutes on a busy machine. */
const limits = { cpuMs: 60_000, wallMs: 300_000 };

const rows = (expected: Json[][], ordered = false) =>
  ({ kind: 'sql', schema, rows: expected, ordered, limits }) as const;

for (const language of ['sql', 'postgresql']) {
  describe(`answers in ${language}`, function () {
    before(needsSandbox());
    before(needsToolchain(language));

    it('give rows, in any order unless order counts', async () => {
      const answer = 'SELECT id, name, born FROM people ORDER BY id DESC; -- newest first';
      const newest: Json[][] = [
        [2, 'Grace', null],
        [1, 'Ada; the "first"', '1815-12-10'],
      ];
      const first = await resultOf(language, answer, rows(newest, true));
      assert.equal(first.verdict, 'pass', `${first.reason} ${JSON.stringify(first.actual)}`);
      assert.equal((await resultOf(language, answer, rows(newest.toReversed()))).verdict, 'pass');
      const wrong = await resultOf(language, answer, rows(newest.toReversed(), true));
      assert.deepEqual([wrong.verdict, wrong.actual], ['fail', newest]);
    });

    it('may have several statements, of which the last with rows counts', async () => {
      const answer =
        "CREATE TABLE seen (name TEXT); INSERT INTO seen SELECT name FROM people WHERE name LIKE '%;%'; SELECT count(*) FROM seen; DROP TABLE seen;";
      const { verdict, reason } = await resultOf(language, answer, rows([[1]]));
      assert.equal(verdict, 'pass', reason);
    });

    it('are seen through the query of the case', async () => {
      const answer = "UPDATE people SET name = 'Ada' WHERE id = 1;";
      const facts = { ...rows([['Ada'], ['Grace']]), query: 'SELECT name FROM people' };
      assert.equal((await resultOf(language, answer, facts)).verdict, 'pass');
    });

    it('are errors if the SQL is wrong or returns no rows; wrong tables are nobody’s fault', async () => {
      const unknown = await resultOf(language, 'SELECT nothing FROM people', rows([]));
      assert.equal(unknown.verdict, 'error');
      assert.match(unknown.reason ?? '', /nothing/);
      assert.match(
        (await resultOf(language, '-- nothing', rows([]))).reason ?? '',
        /no query that returns rows/,
      );
      const broken = await resultOf(language, 'SELECT 1', { ...rows([[1]]), schema: 'CREATE TABEL t (n)' });
      assert.equal(broken.verdict, 'unsupported');
      assert.match(broken.reason ?? '', /tables of the case could not be created/);
    });
  });
}

describe('dialects', function () {
  before(needsSandbox());

  it('of SQLite: triggers, whose bodies hold semicolons, and whole numbers beyond a double', async () => {
    const answer =
      'CREATE TRIGGER up AFTER INSERT ON people BEGIN UPDATE people SET name = upper(name); SELECT CASE WHEN 1 THEN 2 END; END; ' +
      "INSERT INTO people VALUES (3, 'x', NULL); SELECT name, 9007199254740994 FROM people WHERE id = 3";
    const result = await resultOf('sql', answer, rows([['X', 2 ** 53 + 2]]));
    assert.equal(result.verdict, 'pass', `${result.reason} ${JSON.stringify(result.actual)}`);
  });

  it('of SQLite: whole numbers are exact, and fractions may be rounded', async () => {
    const big = new ExactNumber('1152921504606846976');
    for (const [value, verdict] of [
      ['1152921504606846976', 'pass'],
      ['1152921504606846977', 'fail'],
      ['1152921504606846976.0', 'pass'],
    ] as const) {
      const result = await resultOf('sql', `SELECT 'X', ${value}`, rows([['X', big]]));
      assert.equal(result.verdict, verdict, `${value}: ${result.reason} ${JSON.stringify(result.actual)}`);
    }
  });

  describe('of PostgreSQL', () => {
    before(needsToolchain('postgresql'));

    it('has what SQLite lacks', async () => {
      const answer =
        "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2 * n; END; $$; SELECT DISTINCT ON (1) twice(id), born::date - 1, ARRAY[1, 2], 1.5::numeric, '{\"a\": 1}'::jsonb FROM people WHERE name ILIKE 'ada%'";
      const result = await resultOf('postgresql', answer, rows([[2, '1815-12-09', [1, 2], 1.5, { a: 1 }]]));
      assert.equal(result.verdict, 'pass', `${result.reason} ${JSON.stringify(result.actual)}`);
    });
  });

  it('of MySQL do not run; the message gives the remedy', async () => {
    const { runner } = createTestRunner();
    await assert.rejects(runner.run(request('mysql', 'SELECT 1', [rows([[1]])])), (error: Error) => {
      assert.match(error.message, /MySQL/);
      assert.match(error.message, /postgresql/);
      return true;
    });
  });
});

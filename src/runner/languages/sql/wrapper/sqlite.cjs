// Runs an answer in SQLite, in memory, inside Node.js, and sends the rows of its last result.

const { readFileSync } = require('node:fs');
const { encode, fail, readCase, send, show, statements } = require('./statements.cjs');

const { main, schema, query } = readCase();
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
function run(script) {
  let last;
  for (const text of statements(script)) {
    const statement = database.prepare(text);
    if (statement.columns().length === 0) {
      statement.run();
      continue;
    }
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    last = statement.all().map((row) => row.map(encode));
  }
  return last;
}
try {
  database.exec(schema);
} catch (error) {
  fail('load', error);
}
let rows;
try {
  rows = run(readFileSync(main, 'utf8'));
  if (query !== null) rows = run(query);
} catch (error) {
  fail('call', error);
}
show(rows);
send({ stage: 'done', value: rows ?? null });

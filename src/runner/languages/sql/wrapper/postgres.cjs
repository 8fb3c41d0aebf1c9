// Runs an answer in PostgreSQL compiled to WebAssembly, and sends the rows of its last result.

const { readFileSync } = require('node:fs');
const { encode, fail, readCase, send, show, statements } = require('./statements.cjs');

const { main, library, schema, query } = readCase();
const { PGlite, types } = require(library);
const number = (text) =>
  encode(Number.isSafeInteger(Number(text)) || /[.eE]/.test(text) ? Number(text) : BigInt(text));
const parsers = {
  [types.INT8]: number,
  [types.NUMERIC]: (text) => ({ $: 'number', v: text }),
  [types.DATE]: String,
  [types.TIMESTAMP]: String,
  [types.TIMESTAMPTZ]: String,
};
(async () => {
  const database = await PGlite.create();
  async function run(script) {
    let last;
    for (const text of statements(script)) {
      const result = await database.query(text, [], { rowMode: 'array', parsers });
      if (result.fields.length > 0) last = result.rows.map((row) => row.map(encode));
    }
    return last;
  }
  try {
    await database.exec(schema);
  } catch (error) {
    fail('load', error);
  }
  let rows;
  try {
    rows = await run(readFileSync(main, 'utf8'));
    if (query !== null) rows = await run(query);
  } catch (error) {
    fail('call', error);
  }
  show(rows);
  send({ stage: 'done', value: rows ?? null });
  process.exit(0);
})().catch((error) => fail('load', error));

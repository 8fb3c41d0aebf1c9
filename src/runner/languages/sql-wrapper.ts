// Programs of Node.js that run an answer's statements inside the sandbox. They send the rows of the last result as a value.

/** Splits a script into statements: texts, comments, quoted names and the bodies of triggers hold semicolons that end none. */
export const splitting = String.raw`
const { readFileSync, unlinkSync, writeSync } = require('node:fs');
function statements(script) {
  const parts = [];
  let part = '', depth = 0, trigger = false;
  const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|${'`'}[^${'`'}]*${'`'}|\[[^\]\n]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|;|\b\w+\b|[\s\S]/g;
  for (const [found] of script.matchAll(token)) {
    const word = found.toUpperCase();
    if (word === 'TRIGGER' && /^\s*CREATE\b/i.test(bare(part))) trigger = true;
    if (trigger && (word === 'BEGIN' || word === 'CASE')) depth++;
    if (trigger && word === 'END' && depth > 0) depth--;
    if (found === ';' && depth === 0) {
      parts.push(part);
      part = '';
      trigger = false;
    } else part += found;
  }
  return [...parts, part].filter((each) => bare(each).trim() !== '');
}
function bare(text) {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
}
function send(frame) {
  let bytes = Buffer.from(JSON.stringify(frame) + '\n');
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(3, bytes));
}
function encode(value) {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : { $: 'number', v: String(value) };
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', v: String(value) };
  return value === undefined ? null : value;
}
function fail(stage, error) {
  process.stderr.write(String(error?.message ?? error) + '\n');
  send({ stage, names: [String(error?.code ?? error?.name ?? 'error')], message: String(error?.message ?? error) });
  process.exit(1);
}
function show(rows) {
  for (const row of rows ?? []) process.stdout.write(row.map((cell) => (cell === null ? '' : typeof cell === 'object' ? cell.v ?? JSON.stringify(cell) : String(cell))).join('|') + '\n');
}
`;

/** What a case adds to the answer: what makes the tables, and a query that takes the place of the answer's last one. */
export interface SqlCase {
  readonly schema: string;
  readonly query: string | undefined;
}

const caseOf = (main: string, { schema, query }: SqlCase): string =>
  `const main = ${JSON.stringify(main)}, schema = ${JSON.stringify(schema)}, query = ${JSON.stringify(query ?? null)};\n`;

/** Runs in SQLite, in memory, inside Node.js. */
export function sqliteProgram(main: string, testCase: SqlCase): string {
  return `${splitting}${caseOf(main, testCase)}${String.raw`
unlinkSync(__filename);
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
`}`;
}

/** Runs in PostgreSQL compiled to WebAssembly; \`library\` is the folder of the package. */
export function postgresProgram(main: string, library: string, testCase: SqlCase): string {
  return `${splitting}${caseOf(main, testCase)}${String.raw`
unlinkSync(__filename);
const { PGlite, types } = require(${JSON.stringify(`${library}/dist/index.cjs`)});
const number = (text) => encode(Number.isSafeInteger(Number(text)) || /[.eE]/.test(text) ? Number(text) : BigInt(text));
const parsers = { [types.INT8]: number, [types.NUMERIC]: (text) => Number(text), [types.DATE]: String, [types.TIMESTAMP]: String, [types.TIMESTAMPTZ]: String };
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
`}`;
}

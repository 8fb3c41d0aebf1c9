// Shared by the engine programs, which run the statements of an SQL answer inside the sandbox. Values that
// JSON lacks have the form that outcome/value.ts reads.

const { readFileSync, writeSync } = require('node:fs');

/**
 * Splits a script into statements. Semicolons in texts, comments, quoted names and trigger bodies do not end
 * a statement.
 */
function statements(script) {
  const parts = [];
  let part = '',
    depth = 0,
    trigger = false;
  const token =
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]\n]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|;|\b\w+\b|[\s\S]/g;
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
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : { $: 'number', v: String(value) };
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'number') return value === undefined ? null : value;
  if (!Number.isFinite(value)) return { $: 'number', v: String(value) };
  // JSON.stringify invents the last digits of a number beyond 2^53, so it is written as a fraction.
  const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded ? { $: 'number', v: value.toExponential() } : value;
}
function fail(stage, error) {
  process.stderr.write(String(error?.message ?? error) + '\n');
  send({
    stage,
    names: [String(error?.code ?? error?.name ?? 'error')],
    message: String(error?.message ?? error),
  });
  process.exit(1);
}
function show(rows) {
  for (const row of rows ?? [])
    process.stdout.write(
      row
        .map((cell) =>
          cell === null ? '' : typeof cell === 'object' ? (cell.v ?? JSON.stringify(cell)) : String(cell),
        )
        .join('|') + '\n',
    );
}

/**
 * A case's additions to the answer: the statements that create the tables, and a query that replaces the
 * answer's last query.
 */
function readCase() {
  return JSON.parse(readFileSync('.tiebreak/case.json', 'utf8'));
}

module.exports = { encode, fail, readCase, send, show, statements };

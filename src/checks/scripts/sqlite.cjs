// Parses the statements of SQL files and binds their names to tables. Statements that return rows are only
// prepared; others run, so that later statements see their effects.

const { readFileSync } = require('node:fs');
const { statements } = require('./statements.cjs');

const { schema, paths } = JSON.parse(readFileSync('.tiebreak/check.json', 'utf8'));
const { DatabaseSync } = require('node:sqlite');
const found = [];
for (const file of paths) {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  try {
    database.exec(schema);
  } catch {}
  const script = readFileSync(file, 'utf8');
  let from = 0;
  for (const text of statements(script)) {
    const start = script.indexOf(text, from);
    from = start + text.length;
    try {
      const statement = database.prepare(text);
      if (statement.columns().length === 0) statement.run();
    } catch (error) {
      const message = String(error.message);
      if (/constraint failed|cannot start a transaction|no transaction is active/.test(message)) continue;
      found.push({ file, message, ...place(script, start, text, message) });
    }
  }
}
process.stdout.write(JSON.stringify(found));
// SQLite names the text at its error. Of a dotted name, the last part is at that place.
function place(script, start, text, message) {
  const name = /near "([^"]+)"|no such [\w ]+: (\S+)|has no column named (\S+)/
    .exec(message)
    ?.slice(1)
    .find(Boolean);
  const lead = text.length - text.trimStart().length;
  const at = name === undefined ? -1 : blanked(text).indexOf(name);
  const before = script.slice(0, start + (at < 0 ? lead : at)).split('\n');
  return { line: before.length, ...(at < 0 ? {} : { column: before.at(-1).length + 1 }) };
}
// Blanks comments, so that positions stay the same.
function blanked(text) {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
}

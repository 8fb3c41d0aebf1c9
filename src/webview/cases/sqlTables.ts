/** A statement that creates a table, up to its semicolon; within a text there can be other words around it. */
const creation = /\bcreate\s+(?:temp\s+|temporary\s+)?table\b[^;]*;?/gi;

/** A line that lists a table's columns, such as `Item(id, name)` or `- Item (id INT, name TEXT)`. */
const listing = /^[ \t]*(?:[-*][ \t]+)?[`"]?(\w+)[`"]?[ \t]*\(([^()\n]*)\)[.;,]?[ \t]*$/gm;

/**
 * The tables of an SQL task's prompt as statements that create them, each ended by a semicolon. A prompt without statements
 * often lists the columns of each table on a line.
 */
export function tablesIn(text: string): string {
  const created = creationsIn(text);
  return created === '' ? listedIn(text) : created;
}

function listedIn(text: string): string {
  return Array.from(text.matchAll(listing), ([, table, list]) => {
    const columns = list!.split(',').map((column) => /^[`"]?(\w+)[`"]?(?:\s+(\w+))?$/.exec(column.trim()));
    if (columns.includes(null)) return [];
    const named = columns.map(
      (column) => `"${column![1]}"${column![2] === undefined ? '' : ` ${column![2]}`}`,
    );
    return [`CREATE TABLE "${table}" (${named.join(', ')});`];
  })
    .flat()
    .join('\n');
}

function creationsIn(text: string): string {
  return Array.from(text.matchAll(creation), ([statement]) => statement.trim().replace(/;?$/, ';'))
    .filter((statement) => statement.includes('('))
    .join('\n');
}

/** The tables of a schema with other rows: leaves out the statements that fill tables. */
export function withRows(schema: string, statements: string): string {
  if (statements.trim() === '') return schema;
  if (creationsIn(statements) !== '') return statements;
  const kept = splitStatements(schema).filter((statement) => !/^\s*(?:insert|replace)\b/i.test(statement));
  return [...kept.map((statement) => statement.trim()), statements.trim()].join('\n');
}

/** SQL cut after each semicolon outside of texts, names and comments. */
function splitStatements(sql: string): string[] {
  const parts = /'(?:[^']|'')*'?|"[^"]*"?|--[^\n]*|\/\*[^]*?(?:\*\/|$)|;|[^'";/-]+|[/-]/g;
  const statements = [''];
  for (const [part] of sql.matchAll(parts)) {
    statements[statements.length - 1] += part;
    if (part === ';') statements.push('');
  }
  return statements.filter((statement) => statement.trim() !== '');
}

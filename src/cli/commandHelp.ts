/** The help of one command: shown by `tiebreak NAME --help`, and written to docs/command-line.md. */
export interface CommandHelp {
  /** What follows the name of the command in its usage line. */
  readonly usage: string;
  readonly description: readonly string[];
  /** What the command chooses from, such as the formats of an export. */
  readonly choices?: { readonly title: string; readonly rows: readonly HelpRow[] };
  readonly options: readonly HelpRow[];
  /** The exit statuses 0 and 1; the others are the same for all commands. */
  readonly exitStatus: readonly HelpRow[];
}

/** A term and its meaning, such as an option and what it does. */
export type HelpRow = readonly [term: string, meaning: string];

const width = 80;
const longestTerm = 20;

/** The help as text for a terminal, 80 columns wide. */
export function helpText(name: string, help: CommandHelp): string {
  const { usage, description, choices, options, exitStatus } = help;
  const usageLine = `Usage: tiebreak ${name} `;
  const sections = [
    `${usageLine}${wrapped(usage, usageLine.length).join(`\n${' '.repeat(usageLine.length)}`)}`,
    ...description.map((paragraph) => wrapped(paragraph, 0).join('\n')),
    ...(choices === undefined ? [] : [section(choices.title, choices.rows)]),
    section('Options', options),
    section('Exit status', exitStatus),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A titled list of terms and their meanings, in two columns. */
export function section(title: string, rows: readonly HelpRow[]): string {
  const terms = rows.map(([term]) => term.length).filter((length) => length <= longestTerm);
  const indent = Math.max(...terms, 1) + 4;
  const lines = rows.flatMap(([term, meaning]) => {
    const [first = '', ...more] = wrapped(meaning, indent);
    const rest = more.map((line) => `${' '.repeat(indent)}${line}`);
    return term.length <= longestTerm
      ? [`  ${term.padEnd(indent - 2)}${first}`, ...rest]
      : [`  ${term}`, `${' '.repeat(indent)}${first}`, ...rest];
  });
  return [`${title}:`, ...lines].join('\n');
}

/** The text in lines that leave room for an indent. An argument in brackets stays in one line. */
function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.match(/\[[^\]]*\]\S*|\S+/g) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

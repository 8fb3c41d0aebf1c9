/** A section of a report: its heading, empty for the introduction, and its lines. */
export type ReportSection = readonly [heading: string, lines: readonly string[]];

/** A report as a Markdown document; sections without lines are left out. */
export function markdownDocument(title: string, sections: readonly ReportSection[]): string {
  const parts = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) =>
      heading === ''
        ? lines.join('\n\n')
        : `## ${heading}\n\n${lines.map((line) => `- ${line.replaceAll(/\s+/g, ' ')}`).join('\n')}`,
    );
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`;
}

/** The text in a code span with enough backticks that the text cannot close it. */
export function codeSpan(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

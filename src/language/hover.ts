import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { languageOfPath } from '../core/code/languages.ts';
import type { Side } from '../core/task/side.ts';
import type { Anchor } from '../core/rationale/anchors.ts';
import type { LanguageContext } from '../protocol/language.ts';
import { caseMarkdown } from './caseMarkdown.ts';
import { anchorAt, countOf, fileOf, filesOf, promptLines } from './evidence.ts';
import { codeSpan, fenced, numbered } from './markdown.ts';
import { rangeOf } from './ranges.ts';

type LinesAnchor = Extract<Anchor, { kind: 'lines' }>;

export function hoverAt(document: TextDocument, position: Position, context: LanguageContext): Hover | null {
  const text = document.getText();
  const anchor = anchorAt(text, document.offsetAt(position), context);
  const value = anchor && describeAnchor(anchor, context);
  if (anchor === undefined || value === undefined) return null;
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, anchor) };
}

/**
 * The evidence that an anchor refers to, as Markdown: the code, the case with its results, or the lines of
 * the prompt.
 */
export function describeAnchor(anchor: Anchor, context: LanguageContext): string | undefined {
  switch (anchor.kind) {
    case 'side':
      return describeSide(anchor.side, context);
    case 'file':
      return describeLines({ ...anchor, kind: 'lines', from: 1, to: Number.POSITIVE_INFINITY }, context);
    case 'lines':
      return describeLines(anchor, context);
    case 'case': {
      const testCase = context.cases.find(({ id }) => id === anchor.id);
      return testCase === undefined ? `There is no case ${codeSpan(anchor.id)}.` : caseMarkdown(testCase);
    }
    case 'prompt':
      return describePrompt(anchor, context);
    case 'search':
      return describeSearch(anchor, context);
    case 'hunk':
      return `Hunk ${anchor.hunk} of ${context.rationale.hunks} in the difference of A and B.`;
  }
}

function describeSide(side: Side, context: LanguageContext): string {
  const files = filesOf(context, side).map(
    ({ path, lines }) => `${codeSpan(path)}, ${countOf(lines.length, 'line')}`,
  );
  const results = context.cases.flatMap(({ results: { [side]: result } }) =>
    result === undefined ? [] : [result],
  );
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  const cases =
    results.length === 0
      ? 'No case was run.'
      : `Passes ${passed} of ${countOf(results.length, 'case')} that were run.`;
  return [`**Answer ${side}**`, ...files, cases].join('\n\n');
}

/** The cited lines that exist, with their numbers and syntax colours. */
function describeLines({ side, file: path, from, to }: LinesAnchor, context: LanguageContext): string {
  const file = fileOf(context, side, path);
  if (file === undefined)
    return path === undefined ? `No file was read from ${side}.` : `${side} has no file ${codeSpan(path)}.`;
  const last = Math.min(to, file.lines.length);
  const heading = `**${side}** ${codeSpan(file.path)}`;
  if (from < 1 || from > last) return `${heading} has ${countOf(file.lines.length, 'line')}.`;
  const place = from === last ? `line ${from}` : `lines ${from}–${last}`;
  const code = numbered(file.lines.slice(from - 1, last), from);
  return `${heading}, ${place}\n\n${fenced(code, languageOfPath(file.path) ?? context.language)}`;
}

function describeSearch(
  { search: number, witness }: Extract<Anchor, { kind: 'search' }>,
  { rationale: { searches } }: LanguageContext,
): string {
  const search = searches.find((each) => each.number === number);
  if (search === undefined) return `There is no search ${number} of the answers as they are read now.`;
  const heading = `**Search ${number} for differences**`;
  if (witness === undefined) return `${heading}\n\n${codeSpan(search.text)}`;
  const text = search.witnesses[witness - 1]?.text;
  return text === undefined
    ? `${heading} found ${countOf(search.witnesses.length, 'difference')}.`
    : `${heading}, difference ${witness}\n\n${codeSpan(text)}`;
}

function describePrompt({ from, to }: { from: number; to: number }, context: LanguageContext): string {
  const lines = promptLines(context);
  if (from < 1 || from > lines.length) return `The prompt has ${countOf(lines.length, 'line')}.`;
  return `**Prompt**\n\n${fenced(numbered(lines.slice(from - 1, to), from), 'markdown')}`;
}

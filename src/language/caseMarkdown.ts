import { sides, type Side } from '../core/task/side.ts';
import type { CaseEvidence, ShownResult } from '../protocol/language.ts';
import { verdictLine } from './evidence.ts';
import { codeSpan, excerpt, fenced } from './markdown.ts';

/** A case and its results on both sides, as Markdown. */
export function caseMarkdown(testCase: CaseEvidence): string {
  const { id, title, input, expected, results } = testCase;
  const heading = `**Case** ${codeSpan(id)}${title === undefined ? '' : ` ${codeSpan(title)}`}: ${verdictLine(testCase)}`;
  const blocks = [
    heading,
    ...labelled('Input', input),
    ...labelled('Expected', expected),
    ...sides.flatMap((side) => resultBlocks(side, results[side])),
  ];
  return blocks.join('\n\n');
}

function resultBlocks(side: Side, result: ShownResult | undefined): string[] {
  if (result === undefined) return [];
  const { verdict, reason, actual, stderr } = result;
  const heading = `**${side}** ${verdict}${reason === undefined ? '' : `: ${codeSpan(reason)}`}`;
  const errors = verdict === 'pass' ? undefined : stderr;
  return [heading, ...labelled('Actual', actual), ...labelled('Standard error', errors)];
}

function labelled(label: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [`${label}\n${fenced(excerpt(text))}`];
}

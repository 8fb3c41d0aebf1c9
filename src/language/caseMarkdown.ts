import { sides, type Side } from '../core/preference.ts';
import type { CaseEvidence, Outcome } from '../protocol/language.ts';
import { verdictLine } from './evidence.ts';
import { codeSpan, excerpt, fenced } from './markdown.ts';

/** A case and how it ended on both sides, as Markdown. */
export function caseMarkdown(testCase: CaseEvidence): string {
  const { id, title, input, expected, outcomes } = testCase;
  const heading = `**Case** ${codeSpan(id)}${title === undefined ? '' : ` ${codeSpan(title)}`}: ${verdictLine(testCase)}`;
  const blocks = [
    heading,
    ...labelled('Input', input),
    ...labelled('Expected', expected),
    ...sides.flatMap((side) => outcomeBlocks(side, outcomes[side])),
  ];
  return blocks.join('\n\n');
}

function outcomeBlocks(side: Side, outcome: Outcome | undefined): string[] {
  if (outcome === undefined) return [];
  const { verdict, reason, actual, stderr } = outcome;
  const heading = `**${side}** ${verdict}${reason === undefined ? '' : `: ${codeSpan(reason)}`}`;
  const errors = verdict === 'pass' ? undefined : stderr;
  return [heading, ...labelled('Actual', actual), ...labelled('Standard error', errors)];
}

function labelled(label: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [`${label}\n${fenced(excerpt(text))}`];
}

import type { Anchor } from '../anchors.ts';
import { anchorText, caseAnchor } from '../anchors.ts';
import type { RationaleContext, ShownFile } from '../context.ts';
import type { Fix, Rationale, Rule, RuleFinding } from '../rule.ts';
import { foundText } from '../../differing/searchWords.ts';
import { nearest } from '../nearest.ts';

/** An anchor without a target: its line, file or case does not exist, or the quotation is not in the answer. */
export const deadAnchor: Rule = {
  id: 'R06',
  name: 'dead anchor',
  severity: 'E',
  check(rationale) {
    return rationale.anchors.flatMap((anchor) => [
      ...deadTarget(anchor, rationale.context),
      ...absentQuotation(anchor, rationale),
    ]);
  },
};

function deadTarget(anchor: Anchor, context: RationaleContext): RuleFinding[] {
  switch (anchor.kind) {
    case 'side':
      return context.answers.some(({ side }) => side === anchor.side)
        ? []
        : [dead(anchor, `There is no answer ${anchor.side}`)];
    case 'file':
    case 'lines':
      return deadLines(anchor, context);
    case 'case':
      return deadCase(anchor, context);
    case 'hunk':
      return anchor.hunk >= 1 && anchor.hunk <= context.hunks
        ? []
        : [dead(anchor, `The diff has ${count(context.hunks, 'hunk')}`)];
    case 'search':
      return deadSearch(anchor, context);
    case 'prompt': {
      const length = context.prompt.trimEnd().split('\n').length;
      return inRange(anchor, length) ? [] : [dead(anchor, `The prompt has ${count(length, 'line')}`)];
    }
  }
}

function deadLines(
  anchor: Extract<Anchor, { kind: 'lines' | 'file' }>,
  context: RationaleContext,
): RuleFinding[] {
  const files = context.answers.find(({ side }) => side === anchor.side)?.files ?? [];
  const file = anchor.file === undefined ? files[0] : files.find(({ path }) => path === anchor.file);
  if (file === undefined) return [unknownFile(anchor, files)];
  if (anchor.kind === 'file' || inRange(anchor, file.lines.length)) return [];
  // The nearest existing lines: as many as were cited, or as many as the file has.
  const to = Math.max(Math.min(anchor.to, file.lines.length), 1);
  const from = Math.min(Math.max(anchor.from, 1), to);
  const message = `${anchor.side}${files.length > 1 ? `/${file.path}` : ''} has ${count(file.lines.length, 'line')}`;
  return [dead(anchor, message, replacement(anchor, anchorText({ ...anchor, from, to })))];
}

function unknownFile(
  anchor: Extract<Anchor, { kind: 'lines' | 'file' }>,
  files: readonly ShownFile[],
): RuleFinding {
  const path =
    nearest(
      anchor.file ?? '',
      files.map((file) => file.path),
    ) ?? files[0]?.path;
  const message =
    files.length === 0
      ? `No file was read from ${anchor.side}`
      : `${anchor.side} has no file “${anchor.file}”`;
  return dead(
    anchor,
    message,
    path === undefined ? undefined : replacement(anchor, anchorText({ ...anchor, file: path })),
  );
}

function deadCase(anchor: Extract<Anchor, { kind: 'case' }>, context: RationaleContext): RuleFinding[] {
  const ids = context.cases.map(({ id }) => id);
  if (ids.includes(anchor.id)) return [];
  const id = nearest(anchor.id, ids);
  return [
    dead(
      anchor,
      `There is no case “${anchor.id}”`,
      id === undefined ? undefined : replacement(anchor, caseAnchor(id)),
    ),
  ];
}

function deadSearch(
  anchor: Extract<Anchor, { kind: 'search' }>,
  { searches }: RationaleContext,
): RuleFinding[] {
  const search = searches.find(({ number }) => number === anchor.search);
  if (search === undefined)
    return [dead(anchor, `There is no search ${anchor.search} of the answers as they are read now`)];
  const { witness = 1 } = anchor;
  return anchor.witness === undefined || (witness >= 1 && witness <= search.witnesses.length)
    ? []
    : [dead(anchor, `Search ${anchor.search} found ${foundText(search.witnesses.length)}`)];
}

/** A quotation right after the lines that it quotes. */
const behindLines = /^[ :(]{0,2}(?:`([^`\n]+)`|"([^"\n]+)"|“([^”\n]+)”)/;
/** Code that the text attributes to an answer. */
const behindSide = /^ (?:also )?(?:writes|declares|defines|contains|says|reads) `([^`\n]+)`/;
/** Words before an input, a result or the expected code: text that the answer need not contain. */
const isNoQuotation =
  /^\)?,?\s*(?:→|->|=>|⇒|!?==|(?:gives?|gave|returns?|returned|yields?|prints?|raises?|throws?|would|should|could|might|is (?:expected|wanted|missing|due|needed|all|my|what)|was expected|as one)\b)/;
/** The output of a run. */
const isOutcome = /\b(?:expected|got|actual|but was)\b|[!=]==? *(?:-?\d|NaN|null|None|undefined|true|false)/i;

/**
 * Finds text that is quoted right after an anchor but is missing at that place. Ignores single words: they may be a
 * value or an exception's name.
 */
function absentQuotation(anchor: Anchor, { text, context }: Rationale): RuleFinding[] {
  if (anchor.kind !== 'lines' && anchor.kind !== 'side') return [];
  const match = (anchor.kind === 'lines' ? behindLines : behindSide).exec(text.slice(anchor.end));
  const quotation = match?.[1] ?? match?.[2] ?? match?.[3];
  if (match === null || quotation === undefined || !/\w\W+\w/.test(quotation)) return [];
  if (isNoQuotation.test(text.slice(anchor.end + match[0].length))) return [];
  const answer = context.answers.find(({ side }) => side === anchor.side);
  const pieces = quotation
    .split(/…|\.{3}/)
    .map(squeezed)
    .filter((piece) => piece !== '');
  const whole = squeezed(
    [answer?.text ?? '', ...(answer?.files ?? []).flatMap(({ lines }) => lines)].join('\n'),
  );
  if (pieces.every((piece) => whole.includes(piece)) || isOutcome.test(quotation)) return [];
  const start = anchor.end + match[0].indexOf(quotation);
  return [
    {
      start,
      end: start + quotation.length,
      message: `“${quotation}” is not in ${anchor.side}. Quote the text exactly`,
    },
  ];
}

function dead(anchor: Anchor, why: string, fix?: Fix): RuleFinding {
  const message = `“${anchorText(anchor)}” has no target. ${why}. Cite an existing line, file, case or search`;
  return { start: anchor.start, end: anchor.end, message, ...(fix === undefined ? {} : { fix }) };
}

function replacement(anchor: Anchor, text: string): Fix {
  return { title: `Replace with “${text}”`, edits: [{ start: anchor.start, end: anchor.end, text }] };
}

function inRange({ from, to }: { from: number; to: number }, length: number): boolean {
  return from >= 1 && from <= to && to <= length;
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

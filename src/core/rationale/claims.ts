import type { Side } from '../task/side.ts';
import type { Anchor } from './anchors.ts';
import {
  adverb,
  claimSubjectForms,
  denialForms,
  exceptionForms,
  hedgeForms,
  isSubject,
  objectForms,
  sidesIn,
  subjectIn,
  verbForms,
  wordForms,
  type ClauseMarks,
  type Mark,
} from './claimForms.ts';
import type { Sentence } from './sentences.ts';

/** A claim such as "@A fails @case:t3": the outcome of a case on one side. Offsets are in the whole text. */
export interface Claim {
  readonly side: Side;
  readonly caseId: string;
  readonly passes: boolean;
  /** From the first to the last word of the claim. */
  readonly start: number;
  readonly end: number;
  /** The verb with its negation: "does not pass". */
  readonly verb: { readonly start: number; readonly end: number };
}

/** Whether a sentence is a condition, a suggestion or somebody else's statement. */
export function isHedged(sentence: string): boolean {
  const text = withoutCases(sentence);
  return hedgeForms.some(({ form }) => form.test(text));
}

/** The claims of a sentence about cases that it cites, by subject and verb. */
export function claimsIn(sentence: Sentence, anchors: readonly Anchor[]): Claim[] {
  if (!anchors.some(({ kind }) => kind === 'case')) return [];
  if (exceptionForms.some(({ form }) => form.test(sentence.text))) return [];
  const clauses = clausesOf(marksOf(sentence, anchors));
  return clauses.flatMap((clause, at) => {
    const [first, last] = [clause[0]!, clause.at(-1)!];
    // The last clause includes the question mark that may end the sentence.
    const end = at === clauses.length - 1 ? sentence.end : last.end;
    const text = sentence.text.slice(first.start - sentence.start, end - sentence.start);
    return isHedged(text) ? [] : readClause(clause);
  });
}

/** A clause with one verb: its subject before it, its cases after it; or a case first and then who passes it. */
function readClause(clause: readonly Mark[]): Claim[] {
  const verbs = clause.filter(({ kind }) => kind === 'verb');
  const verb = verbs[0];
  if (verb === undefined || verbs.length > 1) return [];
  const at = clause.indexOf(verb);
  const [before, after] = [clause.slice(0, at), clause.slice(at + 1)];
  // "@case:t1 passes on both, @case:t2 only on @B": the second case has no verb of its own.
  const headed = before.filter(({ kind }) => kind === 'case');
  const cases = headed.length > 0 ? headed : objectsIn(after);
  // "@B fails neither @case:t1 nor @case:t2."
  if (after.some(({ kind }) => kind === 'neither')) return [];
  if (cases.length === 0 || clause.filter(({ kind }) => kind === 'side').length > 2) return [];
  const subject = subjectOf({ before, after });
  if (subject === undefined) return [];
  const passes = subject.negates ? !verb.passes! : verb.passes!;
  const [first, last] = [clause[0]!, clause.at(-1)!];
  return subject.sides.flatMap((side) =>
    cases.map(({ caseId }) => ({
      side,
      caseId: caseId!,
      passes,
      start: first.start,
      end: last.end,
      verb: { start: subject.negates ? subject.start : verb.start, end: verb.end },
    })),
  );
}

/**
 * The cases that a verb is about: a list right after the verb ("fails @case:t1 and @case:t2"), or after a few words
 * and a preposition ("fails with a traceback on @case:t1").
 */
function objectsIn(after: readonly Mark[]): Mark[] {
  const first = after.findIndex(({ kind }) => kind === 'case');
  const between = after.slice(0, Math.max(first, 0));
  if (first < 0 || !objectForms.some(({ form }) => form(between))) return [];
  const rest = after.slice(first);
  const end = rest.findIndex(({ kind, text }) => kind !== 'case' && kind !== 'join' && !adverb.test(text));
  return rest.slice(0, end === -1 ? rest.length : end).filter(({ kind }) => kind === 'case');
}

interface Subject {
  readonly sides: readonly Side[];
  readonly negates: boolean;
  readonly start: number;
}

/** "@A", "both", "neither", "@A and @B" before the verb, or the side after the verb if a case comes before the verb. */
function subjectOf(clause: ClauseMarks): Subject | undefined {
  const verdict = claimSubjectForms.find(({ form }) => form(clause))?.verdict;
  const { before, after } = clause;
  const own = before[subjectIn(before)];
  const place = after[1];
  switch (verdict) {
    case 'both':
    case 'neither':
      return own && { sides: ['A', 'B'], negates: verdict === 'neither', start: own.start };
    case 'neither named': {
      const start = before.find(({ kind }) => kind === 'neither')?.start;
      return start === undefined ? undefined : { sides: sidesIn(before), negates: true, start };
    }
    case 'pair':
      return own && { sides: sidesIn(before).slice(-2), negates: false, start: own.start };
    case 'named':
      return own && { sides: sidesIn([own]), negates: false, start: own.start };
    case 'place of both':
      return place && { sides: ['A', 'B'], negates: false, start: place.start };
    case 'place':
    case 'pair of places': {
      const last = verdict === 'place' ? 2 : 4;
      return place && { sides: sidesIn(after.slice(1, last)), negates: false, start: place.start };
    }
    case 'none':
    case undefined:
      return undefined;
  }
}

/** Clauses end at semicolons, at words such as "but" and "while", and at a comma or "and" that another verb follows. */
function clausesOf(marks: readonly Mark[]): Mark[][] {
  const clauses: Mark[][] = [[]];
  marks.forEach((mark, at) => {
    const current = clauses.at(-1)!;
    const lead = mark.kind === 'join' ? leadOfVerb(marks, at) : undefined;
    // "@case:t3: @A passes": the case before the colon is a heading for the next clauses.
    const isHeading = mark.text === ':' && current.some(({ kind }) => kind === 'case');
    if (mark.kind === 'break' && !isHeading) clauses.push([]);
    else if (lead !== undefined && current.some(({ kind }) => kind === 'verb'))
      clauses.push(inherited(current, mark, lead.some(isSubject)));
    else if (mark.kind !== 'break') current.push(mark);
  });
  return clauses.filter((clause) => clause.length > 0);
}

/** The marks between a comma or "and" and the verb of the next clause; `undefined` if no verb follows soon. */
function leadOfVerb(marks: readonly Mark[], at: number): readonly Mark[] | undefined {
  const next = marks.slice(at + 1, at + 5);
  const verb = next.findIndex(({ kind }) => kind === 'verb');
  const lead = next.slice(0, Math.max(verb, 0));
  const isLead = lead.every((mark) => isSubject(mark) || (mark.kind === 'word' && adverb.test(mark.text)));
  return verb >= 0 && isLead ? lead : undefined;
}

/**
 * The marks that the next clause inherits: the cases before the first verb ("@case:t3: @A passes, @B fails"), or the
 * subject if the next clause has no subject ("@A passes @case:t1 and fails @case:t2").
 */
function inherited(clause: readonly Mark[], { end }: Mark, hasSubject: boolean): Mark[] {
  const before = clause.slice(
    0,
    clause.findIndex(({ kind }) => kind === 'verb'),
  );
  const cases = before.filter(({ kind }) => kind === 'case');
  const subject = hasSubject ? [] : before.filter(({ kind }) => kind !== 'case');
  return [...cases, ...subject].map((mark) => ({ ...mark, start: end, end }));
}

function marksOf({ text, start: offset }: Sentence, anchors: readonly Anchor[]): Mark[] {
  const marks: Mark[] = [];
  const byStart = new Map(anchors.map((anchor) => [anchor.start, anchor]));
  let at = 0;
  while (at < text.length) {
    const anchor = byStart.get(offset + at);
    const mark = anchor === undefined ? readMark(text, at) : markOf(anchor, offset);
    if (mark === undefined) at += 1;
    else {
      marks.push({ ...mark, start: offset + mark.start, end: offset + mark.end });
      at = mark.end;
    }
  }
  return marks;
}

function markOf(anchor: Anchor, offset: number): Mark {
  const place = { start: anchor.start - offset, end: anchor.end - offset, text: '' };
  if (anchor.kind === 'case') return { kind: 'case', caseId: anchor.id, ...place };
  if (anchor.kind === 'side') return { kind: 'side', side: anchor.side, ...place };
  return { kind: 'word', ...place, text: 'it' };
}

function readMark(text: string, at: number): Mark | undefined {
  const rest = text.slice(at, at + 60);
  const place = (length: number) => ({ text: rest.slice(0, length), start: at, end: at + length });
  if (/^[\p{L}\d]/u.test(rest) && /[\p{L}\d]/u.test(text[at - 1] ?? '')) return undefined;
  const verb = readVerb(rest);
  if (verb !== undefined) return { kind: 'verb', passes: verb.passes, ...place(verb.length) };
  const code = /^`[^`\n]*`/.exec(text.slice(at, at + 400));
  if (code !== null) return { kind: 'word', text: 'code', start: at, end: at + code[0].length };
  if (/^[;:()—–]/.test(rest)) return { kind: 'break', ...place(1) };
  if (rest[0] === ',') return { kind: 'join', ...place(1) };
  const word = /^[\p{L}][\p{L}'’-]*/u.exec(rest)?.[0];
  return word === undefined ? undefined : wordMark(word, rest, place(word.length));
}

/** The verb at the start of a text, with the words before it that deny it. */
function readVerb(rest: string): { readonly passes: boolean; readonly length: number } | undefined {
  const denials = denialForms.flatMap(({ form }) => form.exec(rest)?.[0].length ?? []);
  for (const lead of [0, ...denials]) {
    for (const { form, verdict } of verbForms) {
      const verb = form.exec(rest.slice(lead))?.[0].trimEnd();
      if (verb === undefined) continue;
      const length = lead + verb.length;
      if (!/^[\p{L}-]/u.test(rest.slice(length)))
        return { passes: (verdict === 'passes') !== denials.length > 0, length };
    }
  }
  return undefined;
}

function wordMark(word: string, rest: string, place: Pick<Mark, 'text' | 'start' | 'end'>): Mark {
  const kind = wordForms.find(({ form }) => form({ word, rest }))?.verdict ?? 'word';
  return kind === 'side' && (word === 'A' || word === 'B')
    ? { kind, side: word, ...place }
    : { kind, ...place };
}

/** Removes case ids, which may contain words such as "without". */
function withoutCases(text: string): string {
  return text.replaceAll(/@case:(?:"[^"\n]*"|[\w./-]+)/g, '');
}

import type { Side } from '../preference.ts';
import type { Anchor } from './anchors.ts';
import type { Sentence } from './sentences.ts';

/** "@A fails @case:t3": what a sentence says of a case on one side. Offsets are those of the whole text. */
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

/** A word of a clause that matters to a claim; a case keeps its id. */
interface Mark {
  readonly kind:
    'side' | 'both' | 'neither' | 'verb' | 'case' | 'break' | 'join' | 'open' | 'close' | 'place' | 'word';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly side?: Side;
  readonly caseId?: string;
  readonly passes?: boolean;
}

/** Words that make a claim conditional, a wish or somebody else's: nothing is claimed then. */
const hedged =
  /\b(?:would|could|might|may|should|must|(?<!even )if|unless|until|supposed|claims?|expect(?:s|ed)?|seems?|appears?|almost|nearly|without|before|once|after|as long as|because of|apart from|except(?:ing)?|with the exception|save for|other than|besides|(?:cases?|tests?|checks?|all|everything) but|respectively|earlier|first run|previous(?:ly)?|used to|ought|want(?:s|ed)?|likely|probably|perhaps|maybe|whether|how|why|only because|try|tries|tried)\b|\?/i;

/** "All cases but @case:t1 pass": what is said goes for those that are not named. */
const allBut =
  /\b(?:all|every|each|no)\b[^.,;]{0,20}? (?:cases?|tests?|checks?|ones?) (?:but|except|save|bar)\b/i;

const verbForm =
  /^(?:(?:(?:does|do|did|would|can|could)(?: not|n['’]t)|cannot|never) (?:even |actually |really )?)?(?:pass(?:es|ed|ing)?|succeed(?:s|ed)?|satisf(?:y|ies|ied)|fail(?:s|ed|ing)?|crash(?:es|ed)? (?=on\b|in\b|at\b|for\b|with\b|@)|times out|timed out)|^(?:is|are|was|were|turns?|turned|stays?|remains?)(?: not|n['’]t)? (?:green|red)\b/i;

/** Between a subject and its verb only these may stand. */
const adverb =
  /^(?:also|even|actually|only|just|correctly|clearly|simply|still|both|again|cleanly|silently|badly|all|then|alone|too|and|already|easily|on|in|at|for|with|of|the|case|cases|test|tests|it|,|however|instead|answers|sides|solutions|versions|queries|programs|them|was|were|is|are|got|has|have|had|does|do|did|outright|completely)$/i;

/** Whether something makes what a sentence says a condition, a wish or somebody else's word. */
export function isHedged(sentence: string): boolean {
  return hedged.test(withoutCases(sentence));
}

/** The claims of a sentence about cases that it cites, by subject and verb. */
export function claimsIn(sentence: Sentence, anchors: readonly Anchor[]): Claim[] {
  if (!anchors.some(({ kind }) => kind === 'case') || allBut.test(sentence.text)) return [];
  return clausesOf(marksOf(sentence, anchors)).flatMap((clause) => {
    const [first, last] = [clause[0]!, clause.at(-1)!];
    const text = sentence.text.slice(first.start - sentence.start, last.end - sentence.start);
    return hedged.test(withoutCases(text)) ? [] : readClause(clause);
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
  // "Both pass on @B" speaks of two cases, not of two sides.
  const isOfCases = before.at(-1)?.kind === 'both' && after[0]?.kind === 'place' && after[1]?.kind === 'side';
  const subject = isOfCases
    ? { sides: [after[1]!.side!], negates: false, start: after[1]!.start }
    : (subjectOf(before) ?? placeOf(before, after));
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
 * The cases that a verb is about: a list right behind it ("fails @case:t1 and @case:t2"), or behind a preposition
 * after a few words ("fails with a traceback on @case:t1").
 */
function objectsIn(after: readonly Mark[]): Mark[] {
  const first = after.findIndex(({ kind }) => kind === 'case');
  const between = after.slice(0, Math.max(first, 0));
  const isNear = between.every(({ kind, text }) => kind !== 'side' && (kind !== 'word' || adverb.test(text)));
  // To fail with an error may be what the case asks for.
  const isAsked = between.some(({ text }) => /(?:Error|Exception)$/.test(text));
  const isPlace =
    between.at(-1)?.kind === 'place' && between.length <= 6 && between[0]?.kind === 'place' && !isAsked;
  if (first < 0 || !(isNear || isPlace)) return [];
  const rest = after.slice(first);
  const end = rest.findIndex(({ kind, text }) => kind !== 'case' && kind !== 'join' && !adverb.test(text));
  return rest.slice(0, end === -1 ? rest.length : end).filter(({ kind }) => kind === 'case');
}

interface Subject {
  readonly sides: readonly Side[];
  readonly negates: boolean;
  readonly start: number;
}

/** "@A", "both", "neither", "@A and @B" right before the verb. */
function subjectOf(before: readonly Mark[]): Subject | undefined {
  const own = before.findLastIndex(({ kind }) => kind === 'side' || kind === 'both' || kind === 'neither');
  if (own < 0) return undefined;
  if (before.slice(own + 1).some(({ kind, text }) => kind !== 'word' || !adverb.test(text))) return undefined;
  const mark = before[own]!;
  const sides = before.filter(({ kind }) => kind === 'side').map(({ side }) => side!);
  if (mark.kind === 'neither') return { sides: ['A', 'B'], negates: true, start: mark.start };
  const named = before.find(({ kind }) => kind === 'neither' || kind === 'both');
  if (named?.kind === 'neither' && sides.length > 1) return { sides, negates: true, start: named.start };
  if (mark.kind === 'both') return { sides: ['A', 'B'], negates: false, start: mark.start };
  // "unlike @A, @B passes" and "compared with @A" speak of the last one only.
  const isPair =
    before[own - 1]?.kind === 'join' && before[own - 1]?.text !== ',' && before[own - 2]?.kind === 'side';
  if (!isPair && /^(?:of|by|from|than|with|for|to|unlike|in|on)$/i.test(before[own - 1]?.text ?? ''))
    return undefined;
  return { sides: isPair ? sides.slice(-2) : [mark.side!], negates: false, start: mark.start };
}

/** "@case:t3 fails for @A", "@case:t3 passes on both": the side stands behind the verb. */
function placeOf(before: readonly Mark[], after: readonly Mark[]): Subject | undefined {
  const subject = before.findLast(({ kind }) => kind !== 'word');
  const [preposition, side, ...rest] = after;
  if (subject?.kind !== 'case' || preposition?.kind !== 'place') return undefined;
  // "Neither @case:t1 nor @case:t2 passes on @A", "none of @case:t1 …".
  if (before.some(({ kind, text }) => kind === 'neither' || /^(?:none|no|not|only)$/i.test(text)))
    return undefined;
  if (before.slice(before.indexOf(subject) + 1).some(({ text }) => !adverb.test(text))) return undefined;
  if (side?.kind === 'both') return { sides: ['A', 'B'], negates: false, start: side.start };
  if (side?.kind !== 'side') return undefined;
  const pair = rest[0]?.kind === 'join' && rest[1]?.kind === 'side' ? [rest[1].side!] : [];
  return { sides: [side.side!, ...pair], negates: false, start: side.start };
}

/** Clauses end at semicolons, at "but", "while" and the like, and where after a comma or "and" another verb follows. */
function clausesOf(marks: readonly Mark[]): Mark[][] {
  const clauses: Mark[][] = [[]];
  marks.forEach((mark, at) => {
    const current = clauses.at(-1)!;
    const lead = mark.kind === 'join' ? leadOfVerb(marks, at) : undefined;
    // "@case:t3: @A passes": the colon heads what follows.
    const isHeading = mark.text === ':' && current.some(({ kind }) => kind === 'case');
    if (mark.kind === 'break' && !isHeading) clauses.push([]);
    else if (lead !== undefined && current.some(({ kind }) => kind === 'verb'))
      clauses.push(inherited(current, mark, lead.some(isSubject)));
    else if (mark.kind !== 'break') current.push(mark);
  });
  return clauses.filter((clause) => clause.length > 0);
}

/** What stands between a comma or "and" and the verb of the next clause; `undefined` where no verb follows soon. */
function leadOfVerb(marks: readonly Mark[], at: number): readonly Mark[] | undefined {
  const next = marks.slice(at + 1, at + 5);
  const verb = next.findIndex(({ kind }) => kind === 'verb');
  const lead = next.slice(0, Math.max(verb, 0));
  const isLead = lead.every((mark) => isSubject(mark) || (mark.kind === 'word' && adverb.test(mark.text)));
  return verb >= 0 && isLead ? lead : undefined;
}

function isSubject({ kind }: Mark): boolean {
  return kind === 'side' || kind === 'both' || kind === 'neither';
}

/**
 * What the next clause takes over: the cases named before the first verb ("@case:t3: @A passes, @B fails"), or the
 * subject where it has none of its own ("@A passes @case:t1 and fails @case:t2").
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
  const verb = verbForm.exec(rest)?.[0].trimEnd();
  if (verb !== undefined && !/^[\p{L}-]/u.test(rest.slice(verb.length))) {
    const isDenied = /^(?:does|do|did|would|can|could|never)|\b(?:not|\w+n['’]t) (?:green|red)$/i.test(verb);
    return {
      kind: 'verb',
      passes: /(?:pass\w*|succeed\w*|satisf\w+|green)$/i.test(verb) !== isDenied,
      ...place(verb.length),
    };
  }
  const code = /^`[^`\n]*`/.exec(text.slice(at, at + 400));
  if (code !== null) return { kind: 'word', text: 'code', start: at, end: at + code[0].length };
  if (/^[;:()—–]/.test(rest)) return { kind: 'break', ...place(1) };
  if (rest[0] === ',') return { kind: 'join', ...place(1) };
  const word = /^[\p{L}][\p{L}'’-]*/u.exec(rest)?.[0];
  return word === undefined ? undefined : wordMark(word, rest, place(word.length));
}

function wordMark(word: string, rest: string, place: Pick<Mark, 'text' | 'start' | 'end'>): Mark {
  if (word === 'A' || word === 'B')
    return isName(rest) ? { kind: 'side', side: word, ...place } : { kind: 'word', ...place };
  switch (word.toLowerCase()) {
    case 'both':
      return { kind: 'both', ...place };
    case 'neither':
      return { kind: 'neither', ...place };
    case 'but':
    case 'while':
    case 'whereas':
    case 'although':
    case 'though':
    case 'because':
    case 'since':
    case 'so':
    case 'which':
    case 'where':
      return { kind: 'break', ...place };
    case 'and':
    case 'nor':
    case 'or':
      return { kind: 'join', ...place };
    case 'for':
    case 'on':
    case 'in':
    case 'with':
    case 'under':
    case 'by':
      return { kind: 'place', ...place };
    default:
      return { kind: 'word', ...place };
  }
}

/** A capital A before a noun is the article. */
function isName(rest: string): boolean {
  return rest.startsWith('B') || /^A (?:and|fails|passes|failed|passed|does|also|only)\b/.test(rest);
}

/** A case's id may hold words such as "without". */
function withoutCases(text: string): string {
  return text.replaceAll(/@case:(?:"[^"\n]*"|[\w./-]+)/g, '');
}

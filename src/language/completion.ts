import {
  CompletionItemKind,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { preferenceStatement, type ShownPreference } from '../core/task/preference.ts';
import { sides, type Side } from '../core/task/side.ts';
import { caseAnchor, findAnchors } from '../core/rationale/anchors.ts';
import type { ShownFile } from '../core/rationale/context.ts';
import type { CaseEvidence, LanguageContext } from '../protocol/language.ts';
import { caseMarkdown } from './caseMarkdown.ts';
import { countOf, fileOf, filesOf, promptLines, verdictLine } from './evidence.ts';
import { codeSpan } from './markdown.ts';
import { rangeOf } from './ranges.ts';

/** One completion at a position. Offsets are in UTF-16 code units. */
interface Suggestion {
  readonly label: string;
  readonly kind:
    | 'side'
    | 'line'
    | 'file'
    | 'case'
    | 'prompt'
    | 'hunk'
    | 'search'
    | 'statement'
    | 'diagnostic'
    | 'criterion';
  /** Shown next to the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation?: string;
  /** The text that replaces `[start, end)`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A completion without its position. */
type Idea = Omit<Suggestion, 'start' | 'end' | 'text'> & { readonly text?: string };

/** Typing one of these characters opens the suggestions. */
export const triggerCharacters = ['@', ':', '/', '-'];

const kinds = {
  side: CompletionItemKind.Reference,
  line: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  case: CompletionItemKind.Event,
  prompt: CompletionItemKind.Text,
  hunk: CompletionItemKind.Reference,
  search: CompletionItemKind.Reference,
  statement: CompletionItemKind.Snippet,
  diagnostic: CompletionItemKind.Event,
  criterion: CompletionItemKind.Property,
} as const satisfies Record<Suggestion['kind'], CompletionItemKind>;

/** The most diagnostics offered for one answer. */
const maxDiagnostics = 50;
/** The most lines offered for one file; typing digits narrows down a longer file. */
const maxLines = 500;
/** The most characters of a line of code shown next to its number. */
const longestDetail = 100;

/**
 * Matches the parts of an anchor before and after the cursor. A case's ID may be quoted and contain spaces.
 */
const started = /(?:^|[^\w@.])(@case:"[^"\n]*|@[^\s@"]*)$/;
const rest = /^[\w-]*(?:[./:]+[\w-]+)*/;
const restOfQuoted = /^(?:[^"\n]{0,120}")?/;

export function completionAt(
  document: TextDocument,
  position: Position,
  context: LanguageContext,
): CompletionList {
  const { suggestions, complete } = suggest(document.getText(), document.offsetAt(position), context);
  return {
    isIncomplete: !complete,
    items: suggestions.map((suggestion, index) => completionItem(suggestion, index, document)),
  };
}

/**
 * The completions at an offset: anchors after an `@`, and statements of the preference at the start of the
 * rationale. `complete` is false if more typing would give other suggestions.
 */
export function suggest(
  text: string,
  offset: number,
  context: LanguageContext,
): { suggestions: Suggestion[]; complete: boolean } {
  const before = text.slice(0, offset);
  const anchor = started.exec(before)?.[1];
  const statements = statementsAt(before, context);
  if (anchor === undefined)
    return { suggestions: [...statements, ...criteriaAt(before, context)], complete: true };
  const { ideas, complete } = anchorIdeas(anchor, context);
  const start = offset - anchor.length;
  const after = (anchor.startsWith('@case:"') ? restOfQuoted : rest).exec(text.slice(offset, offset + 200));
  const end = offset + (after?.[0].length ?? 0);
  const anchors = ideas.map((idea) => ({ ...idea, text: idea.text ?? idea.label, start, end }));
  return { suggestions: [...statements, ...anchors], complete };
}

/** The preference as a sentence to continue, if the text before the cursor is empty. */
function statementsAt(before: string, { rationale: { shown } }: LanguageContext): Suggestion[] {
  const begun = before.trimStart();
  const start = before.length - begun.length;
  const choices: ShownPreference[] = [-3, -2, -1, 0, 1, 2, 3, 'both-bad'];
  return choices
    .toSorted((a, b) => Number(b === shown) - Number(a === shown))
    .map((choice) => ({ choice, statement: preferenceStatement(choice) }))
    .filter(({ statement }) => statement.toLowerCase().startsWith(begun.toLowerCase()))
    .map(({ choice, statement }) => ({
      label: `${statement} because`,
      kind: 'statement',
      detail: detailOf(choice, shown),
      text: `${statement} because `,
      start,
      end: before.length,
    }));
}

function detailOf(choice: ShownPreference, shown: ShownPreference | null): string {
  if (shown === null) return 'no preference chosen yet';
  return choice === shown ? 'the chosen preference' : 'not the chosen preference';
}

/** Criteria whose name begins with the word before the cursor, with their scores. */
function criteriaAt(before: string, { rationale: { rubric, scores } }: LanguageContext): Suggestion[] {
  const word = /(?<![\w@:/.])\p{L}{2,40}$/u.exec(before)?.[0];
  if (word === undefined) return [];
  return rubric.criteria
    .filter(({ title }) => title.toLowerCase().startsWith(word.toLowerCase()))
    .map(({ id, title, description }) => ({
      label: title.toLowerCase(),
      kind: 'criterion',
      detail: sides.map((side) => `${side} ${scores[side]?.[id] ?? '–'}`).join(', '),
      documentation: codeSpan(description),
      text: title.toLowerCase(),
      start: before.length - word.length,
      end: before.length,
    }));
}

/** The completions of an anchor that begins like this. */
function anchorIdeas(anchor: string, context: LanguageContext): { ideas: Idea[]; complete: boolean } {
  const lines = /^@([AB])(?:\/([^:]*))?:(\d*)(?:-(\d*))?$/.exec(anchor);
  if (lines !== null) {
    const [, side, path, from = '', to] = lines;
    const file = fileOf(context, side as Side, path);
    const prefix = `@${side}${path === undefined ? '' : `/${path}`}:`;
    return to === undefined
      ? lineIdeas(prefix, file, { digits: from, first: 1 })
      : lineIdeas(`${prefix}${from}-`, file, { digits: to, first: Number(from) + 1 });
  }
  if (/^@[AB]\//.test(anchor)) return { ideas: fileIdeas(anchor[1] as Side, context), complete: true };
  if (anchor.startsWith('@prompt:')) return { ideas: promptIdeas(context), complete: true };
  if (anchor.startsWith('@diff:')) return { ideas: hunkIdeas(context), complete: true };
  if (anchor.startsWith('@search:')) return { ideas: searchIdeas(context), complete: true };
  return { ideas: firstIdeas(context), complete: true };
}

/** The cases that one answer passes and the other does not, then the rest: the order of the panel's list. */
function splittingFirst(cases: readonly CaseEvidence[]): CaseEvidence[] {
  return cases.toSorted((a, b) => Number(splits(b)) - Number(splits(a)));
}

function splits({ results }: CaseEvidence): boolean {
  const [a, b] = sides.map((side) => results[side]?.verdict);
  return a !== undefined && b !== undefined && (a === 'pass') !== (b === 'pass');
}

/** The completions of a bare `@`, with the most frequently cited first. */
function firstIdeas(context: LanguageContext): Idea[] {
  const shown = context.rationale.answers.map(({ side }) => side);
  return [
    ...shown.map((side): Idea => ({ label: `@${side}`, kind: 'side', detail: `answer ${side}` })),
    ...splittingFirst(context.cases)
      .map(caseIdea)
      .filter((idea) => isAnchor(idea, context)),
    ...searchIdeas(context),
    ...shown.flatMap((side) => (filesOf(context, side).length > 1 ? fileIdeas(side, context) : [])),
    ...shown.flatMap((side) => diagnosticIdeas(side, context)),
  ];
}

/** Non-empty lines of code whose number begins with the typed digits. */
function lineIdeas(
  prefix: string,
  file: ShownFile | undefined,
  { digits, first }: { digits: string; first: number },
): { ideas: Idea[]; complete: boolean } {
  const fitting = (file?.lines ?? [])
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line, number }) => line !== '' && number >= first && String(number).startsWith(digits));
  const ideas = fitting
    .slice(0, maxLines)
    .map(({ line, number }): Idea => ({ label: `${prefix}${number}`, kind: 'line', detail: brief(line) }));
  return { ideas, complete: ideas.length === fitting.length };
}

function fileIdeas(side: Side, context: LanguageContext): Idea[] {
  return filesOf(context, side)
    .map(({ path, lines }): Idea => ({
      label: `@${side}/${path}`,
      kind: 'file',
      detail: countOf(lines.length, 'line'),
    }))
    .filter((idea) => isAnchor(idea, context));
}

/** The findings of the checks on an answer: the line, followed by the tool and its code. */
function diagnosticIdeas(side: Side, context: LanguageContext): Idea[] {
  const isOne = filesOf(context, side).length === 1;
  return (context.rationale.diagnostics[side] ?? []).slice(0, maxDiagnostics).map((diagnostic) => {
    const { file, range, source, code, message, severity } = diagnostic;
    const anchor = `@${side}${isOne ? '' : `/${file}`}:${range.startLine}`;
    return {
      label: `${anchor} ${code}`,
      kind: 'diagnostic',
      detail: brief(`${severity}: ${message.replaceAll(/\s+/g, ' ')}`),
      text: `${anchor} (${source}: ${code})`,
    };
  });
}

function promptIdeas(context: LanguageContext): Idea[] {
  return promptLines(context)
    .map((line, index): Idea => ({
      label: `@prompt:${index + 1}`,
      kind: 'prompt',
      detail: brief(line.trim()),
    }))
    .filter(({ detail }) => detail !== '');
}

/** The searches for differences, the latest first, each with its differences. */
function searchIdeas({ rationale: { searches } }: LanguageContext): Idea[] {
  return searches.toReversed().flatMap(({ number, text, witnesses }): Idea[] => [
    { label: `@search:${number}`, kind: 'search', detail: text },
    ...witnesses.map((witness, index): Idea => ({
      label: `@search:${number}.${index + 1}`,
      kind: 'search',
      detail: witness.text,
    })),
  ]);
}

function hunkIdeas({ rationale: { hunks } }: LanguageContext): Idea[] {
  return Array.from({ length: hunks }, (_, index) => ({
    label: `@diff:${index + 1}`,
    kind: 'hunk',
    detail: `hunk ${index + 1} of ${hunks}`,
  }));
}

/** Whether a label parses as one anchor: for example, a path with a space cannot be cited. */
function isAnchor({ label }: Idea, { cases }: LanguageContext): boolean {
  const [anchor] = findAnchors(
    label,
    cases.map(({ id }) => id),
  );
  return anchor?.start === 0 && anchor.end === label.length && anchor.kind !== 'side';
}

function brief(line: string): string {
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}

function caseIdea(testCase: CaseEvidence): Idea {
  return {
    label: caseAnchor(testCase.id),
    kind: 'case',
    detail: [verdictLine(testCase), testCase.title].filter((part) => part !== undefined).join(' · '),
    documentation: caseMarkdown(testCase),
  };
}

function completionItem(suggestion: Suggestion, index: number, document: TextDocument): CompletionItem {
  const { label, kind, detail, documentation, text } = suggestion;
  return {
    label,
    kind: kinds[kind],
    detail,
    labelDetails: { description: detail },
    // Keeps the order of the list: lines by number, cases as in the matrix.
    sortText: String(index).padStart(6, '0'),
    ...(documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    textEdit: { range: rangeOf(document, suggestion), newText: text },
  };
}

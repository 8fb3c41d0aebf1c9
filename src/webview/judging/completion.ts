import type { Side } from '../../core/preference.ts';
import { caseAnchor } from '../../core/rationale/anchors.ts';
import type { PanelCases, PanelTask } from '../../protocol/webview.ts';

/** Something a rationale can cite, and what it is. */
export interface Proposal {
  readonly text: string;
  readonly detail: string;
}

const mostProposals = 8;

/** The word at the cursor if it begins a citation: `@`, `@B:1`, `@case:"an i`. */
export function citationAt(text: string, cursor: number): string | undefined {
  return /(?:^|[\s(“"])(@(?:case:"[^"\n]*|[^\s@]*))$/.exec(text.slice(0, cursor))?.[1];
}

/** Whether a word is a citation as it stands, so that Enter may mean a new line. */
export function isWhole(word: string): boolean {
  return /^@[AB](?:\/[^\s:]+)?(?::\d+(?:-\d+)?)?$/.test(word);
}

/** What begins like the word, best first: the lines just selected, the sides, the cases that split, then the rest. */
export function proposalsFor(
  word: string,
  task: Pick<PanelTask, 'answers'>,
  cases: PanelCases | null | undefined,
  selected: string | undefined,
): Proposal[] {
  const begins = word.toLowerCase();
  const fits = ({ text }: Proposal) => text !== word && text.toLowerCase().startsWith(begins);
  const all = [
    ...(selected === undefined ? [] : [{ text: selected, detail: 'the selected lines' }]),
    ...task.answers.map(({ side }) => ({ text: `@${side}`, detail: `answer ${side}` })),
    ...caseProposals(cases),
    ...lineProposals(task),
  ].filter(fits);
  return all
    .filter(({ text }, at) => all.findIndex((other) => other.text === text) === at)
    .slice(0, mostProposals);
}

function caseProposals(cases: PanelCases | null | undefined): Proposal[] {
  if (!cases) return [];
  const outcome = (id: string) =>
    (Object.keys(cases.sides) as Side[])
      .map((side) => `${side} ${cases.sides[side]!.results[id]?.verdict ?? 'not run'}`)
      .join(', ');
  const splitting = new Set(cases.splitting);
  const inOrder = [
    ...cases.cases.filter(({ id }) => splitting.has(id)),
    ...cases.cases.filter(({ id }) => !splitting.has(id)),
  ];
  return inOrder.map(({ id }) => ({
    text: caseAnchor(id),
    detail: `${splitting.has(id) ? 'splits: ' : ''}${outcome(id)}`,
  }));
}

function lineProposals({ answers }: Pick<PanelTask, 'answers'>): Proposal[] {
  return answers.flatMap(({ side, files }) =>
    files.flatMap(({ path, lines }) => {
      const place = files.length === 1 ? `@${side}` : `@${side}/${path}`;
      return lines.map((line, index) => ({ text: `${place}:${index + 1}`, detail: line.trim() }));
    }),
  );
}

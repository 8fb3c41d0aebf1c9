import type { Side } from '../../core/task/side.ts';
import { caseAnchor } from '../../core/rationale/anchors.ts';
import type { PanelState, PanelTask } from '../../protocol/panel/state.ts';

/** A citation to offer, with a description. */
export interface Proposal {
  readonly text: string;
  readonly detail: string;
}

const maxProposals = 8;

/** The word at the cursor if it begins a citation: `@`, `@B:1`, `@case:"an i`. */
export function citationAt(text: string, cursor: number): string | undefined {
  return /(?:^|[\s(“"])(@(?:case:"[^"\n]*|[^\s@]*))$/.exec(text.slice(0, cursor))?.[1];
}

/** Whether a word is a complete citation, so that Enter can begin a new line. */
export function isWhole(word: string): boolean {
  return /^@[AB](?:\/[^\s:]+)?(?::\d+(?:-\d+)?)?$/.test(word);
}

/** Citations that begin with the word: the selected lines, the sides, the splitting cases, then the rest. */
export function proposalsFor(
  word: string,
  task: Pick<PanelTask, 'answers'>,
  { cases, differences }: Pick<PanelState, 'cases' | 'differences'>,
  selected: string | undefined,
): Proposal[] {
  const begins = word.toLowerCase();
  const fits = ({ text }: Proposal) => text !== word && text.toLowerCase().startsWith(begins);
  const all = [
    ...(selected === undefined ? [] : [{ text: selected, detail: 'the selected lines' }]),
    ...task.answers.map(({ side }) => ({ text: `@${side}`, detail: `answer ${side}` })),
    ...caseProposals(cases),
    ...searchProposals(differences),
    ...lineProposals(task),
  ].filter(fits);
  return all
    .filter(({ text }, at) => all.findIndex((other) => other.text === text) === at)
    .slice(0, maxProposals);
}

function caseProposals(cases: PanelState['cases']): Proposal[] {
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
  return inOrder.map(({ id, title }) => ({
    text: caseAnchor(id),
    detail: [
      `${splitting.has(id) ? 'splits: ' : ''}${outcome(id)}`,
      ...(title === undefined || title === id ? [] : [title]),
    ].join(' · '),
  }));
}

/** The searches for differences, the latest first, each with its differences. */
function searchProposals(differences: PanelState['differences']): Proposal[] {
  return (differences?.searches ?? []).toReversed().flatMap(({ number, text, witnesses }) => [
    { text: `@search:${number}`, detail: text },
    ...witnesses.map((witness, index) => ({
      text: `@search:${number}.${index + 1}`,
      detail: witness.text,
    })),
  ]);
}

function lineProposals({ answers }: Pick<PanelTask, 'answers'>): Proposal[] {
  return answers.flatMap(({ side, files }) =>
    files.flatMap(({ path, lines }) => {
      const prefix = files.length === 1 ? `@${side}` : `@${side}/${path}`;
      return lines.map((line, index) => ({ text: `${prefix}:${index + 1}`, detail: line.trim() }));
    }),
  );
}

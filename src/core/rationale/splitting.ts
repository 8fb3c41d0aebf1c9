import { caseAnchor } from './anchors.ts';
import { splittingIn, type RationaleContext } from './context.ts';
import { appended } from './edits.ts';
import type { Fix, Rationale } from './rule.ts';

/** The cases that one side passes and the other does not, and the subset that the text cites. */
export function splittingCited({
  text,
  anchors,
  context,
}: Omit<Rationale, 'sentences' | 'verdicts' | 'prose'>): {
  splitting: string[];
  cited: string[];
} {
  const splitting = splittingIn(context);
  const named = new Set(anchors.flatMap((anchor) => (anchor.kind === 'case' ? [anchor.id] : [])));
  const titles = new Map(context.cases.map(({ id, title }) => [id, title]));
  // An id in inline code also cites its case, and so does its title.
  const isCited = (id: string): boolean =>
    named.has(id) || text.includes(`\`${id}\``) || mentions(text, titles.get(id));
  return { splitting, cited: splitting.filter(isCited) };
}

/** Minimum length of a title that can be distinguished from ordinary words. */
const shortestTitle = 6;

/** Whether a text contains the title of a case, ignoring letter case. */
function mentions(text: string, title: string | undefined): boolean {
  return (
    title !== undefined && title.length >= shortestTitle && text.toLowerCase().includes(title.toLowerCase())
  );
}

/** A sentence on the first case that splits the answers. */
export function citeSplittingCase(rationale: Rationale): Fix | undefined {
  const fact = splittingFact(rationale.context);
  if (fact === undefined) return undefined;
  const { id, sentence } = fact;
  return { title: `Cite the case “${id}”, which splits A and B`, edits: [appended(rationale, sentence)] };
}

/** The first case that splits the answers, with a sentence on its outcome. */
export function splittingFact(context: RationaleContext): { id: string; sentence: string } | undefined {
  const [id] = splittingIn(context);
  if (id === undefined) return undefined;
  const passed = context.results.A?.find((result) => result.caseId === id)?.verdict === 'pass';
  const sentence = `${passed ? '@A' : '@B'} passes ${caseAnchor(id)} and ${passed ? '@B' : '@A'} does not.`;
  return { id, sentence };
}

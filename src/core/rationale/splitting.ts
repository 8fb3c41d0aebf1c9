import { caseAnchor } from './anchors.ts';
import { splittingIn, type RationaleContext } from './context.ts';
import { appended } from './edits.ts';
import type { Fix, Rationale } from './rule.ts';

/** The cases that one side passes and the other does not, and those of them that the text speaks of. */
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
  // An id in inline code names its case too.
  return { splitting, cited: splitting.filter((id) => named.has(id) || text.includes(`\`${id}\``)) };
}

/** A sentence on the first case that splits the answers. */
export function citeSplittingCase(rationale: Rationale): Fix | undefined {
  const fact = splittingFact(rationale.context);
  if (fact === undefined) return undefined;
  const { id, sentence } = fact;
  return { title: `Cite the case “${id}”, which splits A and B`, edits: [appended(rationale, sentence)] };
}

/** What the first case that splits the answers shows. */
export function splittingFact(context: RationaleContext): { id: string; sentence: string } | undefined {
  const [id] = splittingIn(context);
  if (id === undefined) return undefined;
  const passed = context.results.A?.find((result) => result.caseId === id)?.verdict === 'pass';
  const sentence = `${passed ? '@A' : '@B'} passes ${caseAnchor(id)} and ${passed ? '@B' : '@A'} does not.`;
  return { id, sentence };
}

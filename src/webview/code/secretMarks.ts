import { secretNames, secretsIn } from '../../core/code/secrets.ts';
import type { Span } from './codeLine.ts';

/** Marks likely secrets and personal data in rendered prose. */
export function markSecrets(root: DocumentFragment): void {
  for (const node of textNodes(root)) {
    // From the end, so that earlier offsets stay valid.
    for (const { kind, start, end } of secretsIn(node.data).toReversed()) {
      const mark = document.createElement('mark');
      mark.className = 'secret';
      mark.title = `This looks like ${secretNames[kind]}`;
      const found = node.splitText(start);
      found.splitText(end - start);
      found.replaceWith(mark);
      mark.append(found);
    }
  }
}

/** Likely secrets and personal data in a line of code. */
export function secretSpans(line: string): Span[] {
  return secretsIn(line).map(({ start, end }) => ({ start, end, className: 'secret' }));
}

function textNodes(root: DocumentFragment): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

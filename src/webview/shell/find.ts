/** Elements whose text is searched as one piece. */
const blocks = 'p, li, pre, h1, h2, h3, h4, h5, h6, td, th, blockquote, summary, figcaption, .text';

/** The ranges of a text inside an element, ignoring case. In code only the lines are searched, without their numbers. */
export function rangesOf(query: string, root: Element): Range[] {
  const wanted = query.toLowerCase();
  return wanted === '' ? [] : pieces(root).flatMap((nodes) => rangesIn(nodes, wanted));
}

/** Text nodes of one block after another. */
function pieces(root: Element): Text[][] {
  const found: Text[][] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const isCode = root.matches('.code');
  let last: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const block: Element | null = node.parentElement?.closest(blocks) ?? null;
    if (isCode && block?.matches('.text') !== true) continue;
    if (block === null || block !== last) found.push([]);
    last = block;
    found.at(-1)!.push(node as Text);
  }
  return found;
}

function rangesIn(nodes: readonly Text[], wanted: string): Range[] {
  const starts: number[] = [];
  let text = '';
  for (const { data } of nodes) {
    starts.push(text.length);
    // Some letters are longer in lower case; keep these letters unchanged, so that offsets do not change.
    const lower = data.toLowerCase();
    text += lower.length === data.length ? lower : data;
  }
  const ranges: Range[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    const range = document.createRange();
    range.setStart(...pointAt(nodes, starts, at));
    range.setEnd(...pointAt(nodes, starts, at + wanted.length - 1, 1));
    ranges.push(range);
  }
  return ranges;
}

/** The text node that holds a character, and the offset in it. */
function pointAt(nodes: readonly Text[], starts: readonly number[], at: number, after = 0): [Text, number] {
  const index = starts.findLastIndex((start) => start <= at);
  return [nodes[index]!, at - starts[index]! + after];
}

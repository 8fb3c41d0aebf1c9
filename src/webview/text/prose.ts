import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import type { PanelSegment } from '../../protocol/panel/state.ts';
import { markSecrets } from '../code/secretMarks.ts';

const rendered = new WeakMap<PanelSegment, DocumentFragment>();
const marked = new Marked({ gfm: true, async: false });

/** The HTML that an answer's Markdown may produce: nothing that loads, links, styles, submits or runs. */
const allowed = {
  ALLOWED_TAGS: [
    'p',
    'br',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'ul',
    'ol',
    'li',
    'blockquote',
    'strong',
    'em',
    'del',
    'code',
    'pre',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'sub',
    'sup',
  ],
  ALLOWED_ATTR: ['start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  KEEP_CONTENT: true,
  FORBID_CONTENTS: [
    'script',
    'style',
    'iframe',
    'object',
    'embed',
    'template',
    'noscript',
    'svg',
    'math',
    'xml',
    'plaintext',
    'xmp',
  ],
};

marked.use({
  renderer: {
    // Show a link as its text and its address: a click must not leave the panel.
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return text === href ? text : `${text} (${escaped(href)})`;
    },
    image({ text }) {
      return text === '' ? '[image]' : `[image: ${escaped(text)}]`;
    },
    // A checkbox would be a form control.
    checkbox({ checked }) {
      return checked ? '[x] ' : '[ ] ';
    },
    // Raw HTML is shown as source: the tags are part of what is judged.
    html({ text }) {
      return escaped(text);
    },
  },
});

/** Bidirectional control characters: they make text read differently from what it is. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;

/** How Markdown is rendered. In prompts a single line break is meant: schemas and lists would run together. */
interface ProseOptions {
  readonly keepsLineBreaks: boolean;
}

/** Markdown as sanitised nodes, with secrets and personal data marked. */
function proseNodes(markdown: string, { keepsLineBreaks }: ProseOptions): DocumentFragment {
  const plain = markdown.replaceAll(turns, (turn) => `[U+${turn.charCodeAt(0).toString(16).toUpperCase()}]`);
  const html = marked.parse(plain, { breaks: keepsLineBreaks }) as string;
  const nodes = DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
  markSecrets(nodes);
  return nodes;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A Markdown segment as nodes: parsed and sanitised once, then cloned for each use. */
export function proseOf(segment: PanelSegment, options: ProseOptions = { keepsLineBreaks: false }): Node[] {
  let nodes = rendered.get(segment);
  if (nodes === undefined) {
    nodes = proseNodes(segment.text, options);
    rendered.set(segment, nodes);
  }
  return [...nodes.cloneNode(true).childNodes];
}

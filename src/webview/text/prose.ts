import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import type { PanelSegment } from '../protocol/webview.ts';
import { markSecrets } from './code/secretMarks.ts';

const rendered = new WeakMap<PanelSegment, DocumentFragment>();
const marked = new Marked({ gfm: true, breaks: false, async: false });

/** What an answer's Markdown may become. Nothing that loads, links, styles, submits or runs. */
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
    // A link is shown as what it says and where it leads; a click must not leave the panel.
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return text === href ? text : `${text} (${escaped(href)})`;
    },
    image({ text }) {
      return text === '' ? '[image]' : `[image: ${escaped(text)}]`;
    },
    // A box to tick would be a form.
    checkbox({ checked }) {
      return checked ? '[x] ' : '[ ] ';
    },
    // Raw HTML is shown as it was written: a reviewer judges what the answer says, tags included.
    html({ text }) {
      return escaped(text);
    },
  },
});

/** Characters that turn the direction of writing: with them a text reads otherwise than it is. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;

/** Markdown of a prompt or an answer as harmless nodes, secrets and personal data marked. */
function proseNodes(markdown: string): DocumentFragment {
  const plain = markdown.replaceAll(turns, (turn) => `[U+${turn.charCodeAt(0).toString(16).toUpperCase()}]`);
  const html = marked.parse(plain) as string;
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

/** What a stretch of Markdown reads as, parsed and cleaned once and copied for each place that shows it. */
export function proseOf(segment: PanelSegment): Node[] {
  let nodes = rendered.get(segment);
  if (nodes === undefined) {
    nodes = proseNodes(segment.text);
    rendered.set(segment, nodes);
  }
  return [...nodes.cloneNode(true).childNodes];
}

import type { Rule } from '../rule.ts';
import { citeSplittingCase } from '../splitting.ts';

/** Anything a reader can check: a quotation, code, or an input with its output. */
const evidence = [
  /`[^`\n]+`/,
  /^\s{0,3}(?:`{3,}|~{3,}|>)/m,
  /"[^"\n]{2,}"|“[^“”\n]{2,}”/,
  /(?:→|->|=>|⇒)\s*\S/,
  /\b(?:returns?|raises?|throws?|gives?|prints?|yields?|outputs?|produces?|crashes|hangs)\b[^.\n]{0,60}(?:\b(?:for|on|with|when given|given)\b[^.\n]{0,40}[\d[({'"]|[\d[({'"][^.\n]{0,40}\b(?:for|on|with|when given|given)\b)/i,
  /\b(?:for|on|with|given)\b[^.\n]{0,40}[\d[({'"][^.\n]{0,60}\b(?:returns?|raises?|throws?|gives?|prints?|yields?|outputs?|produces?|crashes|hangs)\b/i,
  /\bexpected\b[^.\n]{1,80}\b(?:got|but|actual)\b/i,
  /\b(?:returns?|gives?|prints?|yields?|outputs?|produces?)\s+(?:-?\d[\w.]*|["'([{][^.\n]{0,30}?|None|null|nil|true|false|NaN|nothing),? (?:expected|instead of|rather than|where|and not)\b/i,
  /\blines?\s+\d+/i,
];

/** No line, case, quotation or input with its output: nothing a reader could check. */
export const noAnchor: Rule = {
  id: 'R05',
  name: 'no anchor',
  severity: 'E',
  check(rationale) {
    const { text, anchors } = rationale;
    if (anchors.some(({ kind }) => kind !== 'side')) return [];
    if (evidence.some((form) => form.test(text))) return [];
    const fix = citeSplittingCase(rationale);
    return [
      {
        start: 0,
        end: text.length,
        message:
          'Cite what a reader can check: a line (@B:14), a case (@case:…), a quotation, or an input with its output',
        ...(fix === undefined ? {} : { fix }),
        action: 'cite',
      },
    ];
  },
};

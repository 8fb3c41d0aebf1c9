import type { Proof } from '../ideal/ideal.ts';
import { withoutFences } from './anchors.ts';
import type { RationaleContext } from './context.ts';
import { readRationale } from './lint.ts';
import { wordCount } from './prose.ts';
import type { Finding, Rationale, RuleFinding } from './rule.ts';
import { deadAnchor } from './rules/r06DeadAnchor.ts';
import { blindness } from './rules/r18Blindness.ts';
import { secretOrPersonalData } from './rules/r19Secret.ts';
import { tone } from './rules/r20Tone.ts';
import { tellsWhy } from './rules/r22NoWhy.ts';

/** Notes with fewer words than this are too short to say what was changed and why. */
const brief = 5;

/** What the notes of an ideal are checked against. */
export interface NotesContext extends RationaleContext {
  /** Whether the ideal started from an answer; the notes must then describe the changes. */
  readonly isChange: boolean;
  readonly proof: Proof | undefined;
}

/** Rationale rules that also apply to notes. Here they only warn, because notes have no written override. */
const shared = [deadAnchor, blindness, secretOrPersonalData, tone];

/** A rule that applies only to notes. */
interface NotesRule {
  readonly id: string;
  readonly severity: Finding['severity'];
  check(notes: Rationale, context: NotesContext): RuleFinding[];
}

const noteRules: readonly NotesRule[] = [
  {
    id: 'N01',
    severity: 'E',
    check({ text }, { isChange }) {
      if (!isChange || text.trim() !== '') return [];
      return [{ start: 0, end: 0, message: 'Say in the notes of the ideal what you changed and why' }];
    },
  },
  {
    id: 'N02',
    severity: 'W',
    check({ text }) {
      const words = wordCount(withoutFences(text));
      if (words === 0 || words >= brief) return [];
      const message = `${words} ${words === 1 ? 'word is' : 'words are'} too few. Say what you changed and why`;
      return [{ start: 0, end: text.length, message }];
    },
  },
  {
    id: 'N03',
    severity: 'W',
    check({ text, prose }, { isChange }) {
      if (!isChange || wordCount(withoutFences(text)) < brief || tellsWhy(prose) || text.includes('@case:'))
        return [];
      const message =
        'The notes say what changed but not why. Say what was wrong before, or what the code returns now';
      return [{ start: 0, end: text.length, message }];
    },
  },
  {
    id: 'N04',
    severity: 'I',
    check({ text, anchors }, { proof }) {
      if (text.trim() === '' || proof?.by !== 'cases') return [];
      const cited = anchors.some((anchor) => anchor.kind === 'case' && proof.cases.includes(anchor.id));
      if (cited || proof.cases.some((id) => text.includes(id))) return [];
      const message = `The notes cite no case that a weak answer fails. Cite a case, such as @case:${proof.cases[0]!}`;
      return [{ start: 0, end: text.length, message }];
    },
  },
];

/** Findings on the notes of an ideal, in the order of the text. Findings of severity E block submitting the ideal. */
export function lintNotes(text: string, context: NotesContext): Finding[] {
  const notes = readRationale(text, context);
  const own = noteRules.flatMap((rule) =>
    rule.check(notes, context).map((finding): Finding => ({
      ...finding,
      rule: rule.id,
      severity: rule.severity,
    })),
  );
  const others = shared.flatMap((rule) =>
    rule.check(notes).map((finding): Finding => ({ ...finding, rule: rule.id, severity: 'W' })),
  );
  return [...own, ...others].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

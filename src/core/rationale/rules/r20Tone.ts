import { preferenceStatement } from '../../task/preference.ts';
import { removed } from '../edits.ts';
import { splittingFact } from '../splitting.ts';
import type { RationaleContext } from '../context.ts';
import type { Fix, Rationale, Rule, RuleFinding } from '../rule.ts';

/** Words that are abuse in any context. */
const abuse =
  /(?<![\w-])(?:idiot(?:s|ic|ically|cy)?|moron(?:s|ic)?|imbeciles?|stupid(?:ly|ity)?(?! (?:input|data|values?|arguments?|quer(?:y|ies)|strings?|names?)\b)|retard(?:ed|s)?|brain-?dead|bullshit|shit(?:ty|show)?|crap(?:py)?|f(?:u|\*)(?:c|\*)k(?:ing|ed|s|er|up)?|wtf|asshole|bastard|pathetic(?:ally)?|laughabl[ey]|braindead|half-?wit(?:ted)?|dumbass|imbecilic|god-?awful|sucks|what the (?:hell|heck))(?![\w-])/gi;
/** Words that are abuse only when they describe an answer: garbage is also collected, and trash is emptied. */
const abuseOfWork =
  /(?<![\w-])(?:garbage|trash|rubbish|junk|dumb|lousy|disgusting|embarrassing(?:ly)?|ridiculous(?:ly)?)(?= (?:code|answer|solution|response|attempt|implementation|function|script|query|mistake|idea|thing|bug|error|work)s?\b)|(?<=\b(?:is|are|was|such|utter|complete|pure|total|absolute) (?:just |plain |simply |utter |complete |pure |total |absolute |so )?)(?:garbage|trash|rubbish|dumb|disgusting|a joke|a disgrace)(?=\s*[.,;:!)]|\s+(?:and|because|compared|that)\b|$)/gi;
/** Phrases about a person instead of the code. */
const personal =
  /\b(?:the |this |that |whoever the )?(?:author|developer|programmer|coder|writer|guy|person)(?: who wrote (?:this|it|that))?(?: of @?[AB])? (?:(?:is|was|must be|seems) (?:clearly |obviously |just |so |too |very )?(?:an? )?(?:lazy|incompetent|clueless|careless|ignorant|sloppy|inexperienced|a beginner|an amateur|blind|drunk|asleep)|(?:clearly|obviously|apparently) (?:has|have|does|did|do|never|cannot|can['’]?t|knows?)|can(?:not|['’]t) even|(?:has|have) no (?:idea|clue)|should (?:be ashamed|be fired|learn|go back|read a book)|(?:does|did) ?n[o'’]t (?:even )?(?:bother|understand|know|care|think|read))|\bwhoever wrote (?:this|it|that|@?[AB])\b|\bdid you even\b|\byou (?:clearly|obviously|should be ashamed|have no (?:idea|clue)|don['’]t even)\b|\bshame on\b/gi;
const shoutedMarks = /!{2,}|\?!+|!\?+/g;
/** Three words in capitals in a row. */
const shoutedWords =
  /(?<![\p{L}\p{N}_])\p{Lu}{2,}(?:['’]\p{Lu}+)?(?:[ ,]{1,2}(?:\p{Lu}{2,}(?:['’]\p{Lu}+)?|[AI])(?![\p{L}\p{N}_])){2,}/gu;

/** Abuse, words against a person, or shouting. */
export const tone: Rule = {
  id: 'R20',
  name: 'tone',
  severity: 'W',
  check(rationale) {
    const { prose, context } = rationale;
    const work = workOf(context);
    const found = [...prose.matchAll(abuse), ...prose.matchAll(abuseOfWork)]
      .filter(
        (match) =>
          !work.toLowerCase().includes(match[0].toLowerCase()) &&
          !/simple,? $/i.test(prose.slice(0, match.index)),
      )
      .map((match) => ({ ...rude(rationale, match), severity: 'E' as const }));
    return [
      ...found,
      ...[...prose.matchAll(personal)].map((match) => directed(rationale, match)),
      ...[...prose.matchAll(shoutedMarks)].map((match) => shouted(match, match[0].includes('?') ? '?' : '.')),
      ...[...prose.matchAll(shoutedWords)]
        .filter((match) => isShouted(match[0], work))
        .map((match) => shouted(match, match[0].toLowerCase())),
    ];
  },
};

function rude(rationale: Rationale, match: RegExpExecArray): RuleFinding {
  const [start, end] = [match.index, match.index + match[0].length];
  const fix = leaveOut(rationale.text, start, end) ?? rewritten(rationale, start);
  return {
    start,
    end,
    message: `“${match[0]}” is abusive and explains nothing. Say what the code does wrong and where`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** An adjective before a noun can be deleted; anything else needs new words. */
function leaveOut(text: string, start: number, end: number): Fix | undefined {
  if (
    !/^ (?:code|answer|solution|response|attempt|implementation|function|script|query|mistake|idea|thing|bug|error|work)s?\b/i.test(
      text.slice(end, end + 20),
    )
  )
    return undefined;
  return { title: 'Delete the word', edits: [removed(text, start, end)] };
}

/**
 * Replaces the sentence with what the cases show, or deletes it if the cases show nothing and it cites nothing. A
 * verdict in the sentence is restated from the preference.
 */
function rewritten({ text, sentences, anchors, verdicts, context }: Rationale, at: number): Fix | undefined {
  const sentence = sentences.find(({ start, end }) => at >= start && at < end);
  if (sentence === undefined) return undefined;
  const { start, end } = sentence;
  const cites = anchors.some(
    (anchor) => anchor.kind !== 'side' && anchor.start >= start && anchor.end <= end,
  );
  if (cites) return undefined;
  const isVerdict = verdicts.some((verdict) => verdict.start >= start && verdict.end <= end);
  if (isVerdict && context.shown === null) return undefined;
  const verdict = isVerdict ? `${preferenceStatement(context.shown!)}.` : undefined;
  const said = [verdict, splittingFact(context)?.sentence].filter((part) => part !== undefined).join(' ');
  if (said === '') return { title: 'Delete the sentence', edits: [removed(text, start, end)] };
  return { title: `Replace with “${said}”`, edits: [{ start, end, text: said }] };
}

function directed(rationale: Rationale, match: RegExpExecArray): RuleFinding {
  const fix = rewritten(rationale, match.index);
  return {
    start: match.index,
    end: match.index + match[0].length,
    message: `“${match[0]}” is about a person. Write about the code: what it does, where, and with what result`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function shouted(match: RegExpExecArray, text: string): RuleFinding {
  const [start, end] = [match.index, match.index + match[0].length];
  return {
    start,
    end,
    message: `“${match[0]}” is in capitals. Use normal case and let the evidence convince`,
    fix: { title: `Replace with “${text}”`, edits: [{ start, end, text }] },
  };
}

/** Keywords, names from the task and abbreviations are written in capitals anyway. */
function isShouted(run: string, work: string): boolean {
  const words = run.split(/[ ,]+/);
  const own = words.filter((word) => !keywords.has(word) && !work.includes(word));
  return own.length >= 3 && own.some((word) => word.length >= 4);
}

function workOf({ prompt, answers }: RationaleContext): string {
  return [prompt, ...answers.map(({ text }) => text)].join('\n');
}

const keywords = new Set(
  (
    'SELECT FROM WHERE GROUP ORDER BY HAVING JOIN LEFT RIGHT INNER OUTER FULL CROSS ON AND OR NOT NULL IS IN AS DESC ASC LIMIT OFFSET UNION ALL DISTINCT INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX PRIMARY KEY FOREIGN REFERENCES CASE WHEN THEN ELSE END COUNT SUM AVG MIN MAX COALESCE EXISTS BETWEEN LIKE WITH OVER PARTITION ' +
    'HTTP HTTPS HTML CSS XML JSON YAML CSV SQL API URL URI UTF ASCII ISO RFC CPU RAM GPU IO GET POST PUT PATCH HEAD XSS CSRF CORS TLS SSL CWE CVE OWASP EOF NUL CR LF CRLF TODO FIXME NaN'
  ).split(' '),
);

import assert from 'node:assert/strict';
import { gamingRules } from '../../../src/checks/gaming/rules.ts';
import { foldCase, meets, needsOfRegex, needsOfRule } from '../../../src/checks/patternWords.ts';
import { unsafeRules } from '../../../src/checks/unsafe/rules.ts';

const sets = [unsafeRules, gamingRules].flatMap((set) => Object.values(set));
const rules = sets.flatMap((set) =>
  set.rules.flatMap(({ rule, ...rest }) =>
    rule === undefined ? [] : [{ ...rest, rule, needs: needsOfRule(rule, set.utils) }],
  ),
);

describe('the words that a rule for patterns needs', () => {
  it('are in every bad example', () => {
    for (const { id, bad, needs } of rules)
      for (const text of bad) assert.ok(meets(foldCase(text), needs), `${id}: ${JSON.stringify(text)}`);
  });

  it('are known for every rule, so that most files are not searched', () => {
    assert.deepEqual(
      rules.filter(({ needs }) => meets('', needs)).map(({ id }) => id),
      [],
    );
  });

  it('are in every text in which a regular expression of the rules matches', () => {
    const texts = rules.flatMap(({ bad, good }) => [...bad, ...good]);
    const folded = texts.map(foldCase);
    let matches = 0;
    for (const source of new Set(
      sets.flatMap((set) => regexesIn([set.rules.map(({ rule }) => rule), set.utils])),
    )) {
      const needs = needsOfRegex(source);
      const pattern = asPattern(source);
      for (const [index, text] of texts.entries()) {
        if (!pattern.test(text)) continue;
        matches += 1;
        assert.ok(meets(folded[index]!, needs), `${source} matches in ${JSON.stringify(text)}`);
      }
    }
    assert.ok(matches > 1000);
  });

  const cases: [regex: string, has: readonly string[], lacks: readonly string[]][] = [
    ['^os\\.(?:system|popen)$', ['os.system', 'OS.POPEN'], ['os.spawn', 'system']],
    ['a(?:b|)c', ['abc', 'a c'], ['ab']],
    ['ab?c', ['a c'], ['ab']],
    ['ab*c+', ['a c'], ['ab']],
    ['(?:ab){2,3}c{0,1}', ['ab'], ['a']],
    ['[abc]d\\w\\.', ['d.'], ['d', 'abc.']],
    ['(?i)mask', ['Maſk', 'MAS\u212a'], ['mas']],
    ['(?is:x)\\x41\\u{42}\\p{L}\\b{start}y', ['xy'], ['x']],
    ['[]a]b', ['b'], ['a']],
    ['é', [''], []],
  ];
  for (const [regex, has, lacks] of cases)
    it(`are derived from ${regex}`, () => {
      const needs = needsOfRegex(regex);
      for (const text of has) assert.ok(meets(foldCase(text), needs), text);
      for (const text of lacks) assert.ok(!meets(foldCase(text), needs), text);
    });

  it('are not derived from what is excluded, or from a name alone', () => {
    const rule = { all: [{ kind: 'call' }, { not: { regex: 'safe' } }, { matches: 'named' }] };
    const needs = needsOfRule(rule, { named: { has: { field: 'function', regex: '^eval$' } } });
    assert.ok(meets('eval', needs));
    assert.ok(!meets('safe', needs));
  });

  it('are not derived from an expression of an unknown form', () => {
    for (const source of ['a(?=b)', '(?x) a', '[a&&[b]]'])
      assert.throws(() => needsOfRegex(source), RangeError);
  });
});

/** The regular expressions in a part of a rule. */
function regexesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    key === 'regex' ? [value as string] : regexesIn(value),
  );
}

/** The same expression in JavaScript. Its `^` and `$` match at every line, because a node begins and ends anywhere. */
function asPattern(source: string): RegExp {
  const [head = '', flags = ''] = /^\(\?([a-z]+)\)/.exec(source) ?? [];
  return new RegExp(source.slice(head.length), `${flags.replace('m', '')}m`);
}

import { gamingRules } from './gaming/rules.ts';
import type { PatternRules } from './patternRule.ts';
import { unsafeRules } from './unsafe/rules.ts';

/** The rules of each category, by language. */
const sets = { unsafe: unsafeRules, 'games-tests': gamingRules };
export type PatternCategory = keyof typeof sets;
export const patternCategories = Object.keys(sets) as [PatternCategory, ...PatternCategory[]];

/** The rules of a language with their category; those of one category at a time, since their names for parts may be the same. */
export function patternRulesOf(language: string): { category: PatternCategory; rules: PatternRules }[] {
  return patternCategories.flatMap((category) => {
    const rules = sets[category][language];
    return rules === undefined ? [] : [{ category, rules }];
  });
}

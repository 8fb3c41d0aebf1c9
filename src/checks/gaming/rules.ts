import c from './c.json' with { type: 'json' };
import go from './go.json' with { type: 'json' };
import java from './java.json' with { type: 'json' };
import javascript from './javascript.json' with { type: 'json' };
import php from './php.json' with { type: 'json' };
import python from './python.json' with { type: 'json' };
import ruby from './ruby.json' with { type: 'json' };
import rust from './rust.json' with { type: 'json' };
import type { PatternRules } from '../patternRule.ts';

/**
 * Patterns of code that passes its tests without solving the task, by language. The rules of C also apply to C++, and those
 * of JavaScript to TypeScript.
 */
export const gamingRules: Readonly<Record<string, PatternRules>> = {
  c,
  go,
  java,
  javascript,
  php,
  python,
  ruby,
  rust,
};

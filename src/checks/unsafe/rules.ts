import bash from './bash.json' with { type: 'json' };
import c from './c.json' with { type: 'json' };
import go from './go.json' with { type: 'json' };
import java from './java.json' with { type: 'json' };
import javascript from './javascript.json' with { type: 'json' };
import python from './python.json' with { type: 'json' };
import sql from './sql.json' with { type: 'json' };
import type { PatternRules } from '../patternRule.ts';

/** The rules by language. The rules of C also apply to C++, and those of JavaScript to TypeScript. */
export const unsafeRules: Readonly<Record<string, PatternRules>> = {
  bash,
  c,
  go,
  java,
  javascript,
  python,
  sql,
};

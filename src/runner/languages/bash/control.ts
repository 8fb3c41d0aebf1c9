import { controlMark, type Control } from '../../control/controlSource.ts';

/** Commands that compare, which must end with a status other than 0. */
const rejected = [
  { name: '[', command: '[ 1 = 2 ]' },
  { name: 'test', command: 'test 1 = 2' },
  { name: 'false', command: 'false' },
  { name: 'grep', command: 'grep -q b <<< a' },
  { name: 'cmp', command: 'cmp -s <(echo 1) <(echo 2)' },
  { name: 'diff', command: 'diff -q <(echo 1) <(echo 2) >/dev/null' },
] as const;

const tell = (what: string): string => `builtin echo '${controlMark}${what}' >&2`;

/** Without one of these words, Bash code cannot replace a command that tests use, nor end or undo what watches them. */
export const bashControls: readonly Control[] = [
  {
    suspects:
      /\b(?:trap|set|shopt|alias|unalias|eval|exit|exec|enable|builtin|command|source|kill|export|declare|unset|function|PATH|BASH_ENV|PROMPT_COMMAND|DEBUG|ERR|true|false|return)\b|(?:^|[;\s])\.\s|(?:^|[;\s])(?:\[|test|grep|cmp|diff|false|echo|\[\[)\s*\(\)|>&|\/dev\/fd|\/proc/m,
    control(testCase) {
      // What follows a return of the whole test would not run.
      if (/^return\b/m.test(testCase.source)) return undefined;
      const words = new Set(testCase.source.match(/[[\]\w]+/g));
      const questions = rejected
        .filter(({ name }) => name === 'false' || words.has(name))
        .map(({ name, command }) => `if ${command}; then ${tell(`${name} accepts what it must reject`)}; fi`);
      const hasFunctions = /^[^\S\r\n\u2028\u2029]*(?:function\s+)?test\w*\s*\(\)/m.test(testCase.source);
      const body = [...questions, 'false'].join('\n');
      const checks = hasFunctions ? `test_zz_control() {\n${body}\n}` : body;
      return { ...testCase, source: `${testCase.source}\n${checks}\n` };
    },
  },
];

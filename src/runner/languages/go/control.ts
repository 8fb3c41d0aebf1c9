import type { Control } from '../../control/controlSource.ts';

/**
 * Without one of these words, Go code can neither end the tests nor change their outcome. No operator compares by code of the
 * answer, so values need no control.
 */
export const goControls: readonly Control[] = [
  {
    suspects:
      /\b(?:os|syscall|testing|runtime|reflect|unsafe|flag|debug|TestMain|signal|plugin|log\.Fatal\w*|linkname|fmt\.Print\w*|println)\b|\bfunc\s+init\b|\b(?:var|const|type|func)\s+(?:true|false|nil|error|string|int|bool|panic|len)\b/,
    control(testCase) {
      if (!/\btesting\b/.test(testCase.source)) return undefined;
      const test = 'func TestZzTiebreakControl(t *testing.T) { t.Fatal("the control fails as it must") }';
      return { ...testCase, source: `${testCase.source}\n${test}\n` };
    },
  },
];

import { controlMark, usedIn, type Control, type UnitCase } from '../../control/controlSource.ts';
import { programText } from '../../programText.ts';
import { perlString, usesTap } from './wrapper.ts';

const program = programText(import.meta.url, './wrapper/control.pl');

/** Functions of Test::More, with arguments that each must reject. */
const rejected = [
  { name: 'ok', args: '0' },
  { name: 'is', args: '1, 2' },
  { name: 'isnt', args: '1, 1' },
  { name: 'like', args: "'a', qr/b/" },
  { name: 'cmp_ok', args: "1, '==', 2" },
  { name: 'is_deeply', args: '[1], [2]' },
] as const;

/** Without one of these words, Perl code cannot replace a function that tests use, nor make an object that is equal to others. */
export const perlControls: readonly Control[] = [
  {
    suspects:
      /\b(?:overload|bless|Test|CORE|eval|require|do|no|BEGIN|END|AUTOLOAD|DESTROY|exit|syscall|POSIX|__DIE__|SIG|B|caller|goto|kill)\b|\*(?:main::|\{|\w+(?:::\w+)*\s*=)|\bsub\s+(?:\w+::)?(?:die|ok|is|isnt|like|is_deeply|cmp_ok|done_testing|plan)\b|\bopen\b/,
    control(testCase) {
      const mark = `BEGIN { $TiebreakControl::mark = ${perlString(controlMark)}; }`;
      const { source } = testCase;
      const checked = usesTap(testCase) ? withTests(testCase) : `${source}\n${plainChecks(testCase)}`;
      return { ...testCase, source: `${mark}\n${checked}\n${program}\n1;\n` };
    },
  },
];

/** The checks as tests, before the call that ends the tests. */
function withTests(testCase: UnitCase): string {
  const { source } = testCase;
  const asserts = usedIn(testCase, rejected).map(
    ({ name, args }) => `TiebreakControl::counted('${name}', sub { ${name}(${args}, 'control') });`,
  );
  const checks = ['TiebreakControl::values_of();', ...asserts].join(' ');
  const end = source.lastIndexOf('done_testing');
  return end === -1 ? `${source}\n${checks}` : `${source.slice(0, end)}${checks} ${source.slice(end)}`;
}

function plainChecks({ source }: UnitCase): string {
  const body = `TiebreakControl::values_of(); die "the control fails as it must\\n";`;
  return /^[^\S\r\n\u2028\u2029]*sub\s+test/m.test(source)
    ? `sub test_zz_tiebreak_control { ${body} }`
    : body;
}

import { controlMark, usedIn, type Control, type UnitCase } from '../../control/controlSource.ts';
import { programText } from '../../programText.ts';
import { frameworkOf, rubyString, testsFile } from './wrapper.ts';

const program = programText(import.meta.url, './wrapper/control.rb');

/** Assertions of minitest, with arguments that each must reject. */
const rejected = [
  { name: 'assert', args: 'false' },
  { name: 'refute', args: 'true' },
  { name: 'assert_equal', args: '1, 2' },
  { name: 'refute_equal', args: '1, 1' },
  { name: 'assert_nil', args: '1' },
  { name: 'assert_includes', args: '[1], 2' },
  { name: 'assert_empty', args: '[1]' },
  { name: 'assert_in_delta', args: '1, 2, 0.1' },
  { name: 'assert_kind_of', args: 'String, 1' },
  { name: 'assert_raises', args: 'ArgumentError, &-> {}' },
] as const;

/** Without one of these words, Ruby code cannot replace a method that tests use, nor make an object that is equal to others. */
export const rubyControls: readonly Control[] = [
  {
    suspects:
      /\b(?:Minitest|RSpec|Test|Kernel|Process|ObjectSpace|Module|Class|TracePoint|define_method|define_singleton_method|instance_eval|class_eval|module_eval|instance_exec|class_exec|eval|send|public_send|__send__|method_missing|binding|alias|alias_method|prepend|refine|remove_method|undef|undef_method|at_exit|exit|exit!|abort|require_relative|load|const_set|const_get|caller)\b|\bdef\s+(?:self\.)?(?:[=!]=|===|equal\?|eql\?|<=>|coerce|raise|assert|refute|expect|eq|all\?|any\?|fail|puts)|\b(?:class|module)\s+(?:Integer|Float|Numeric|String|Symbol|Array|Hash|NilClass|Range|Enumerable|Object|BasicObject|Comparable|Struct|Exception)\b|\brequire\b[\s(]{0,9}['"](?!(?:set|json|date|time|bigdecimal|prime|forwardable|securerandom|ostruct|stringio|matrix)['"])/,
    control(testCase) {
      const constants = `module TiebreakControl; MARK = ${rubyString(controlMark)}; TESTS = ${rubyString(testsFile)}; end`;
      return {
        ...testCase,
        source: [testCase.source, constants, program, checks(testCase), ''].join('\n'),
      };
    },
  },
];

const values = 'TiebreakControl.values; TiebreakControl.classes';
const failing = `raise 'the control fails as it must'`;

/** The checks as a test of the case's framework. Minitest shuffles classes; this one has to come last. */
function checks(testCase: UnitCase): string {
  switch (frameworkOf(testCase)) {
    case 'minitest': {
      const asserts = usedIn(testCase, rejected).map(
        ({ name, args }) => `    TiebreakControl.accepts('${name}') { ${name}(${args}) }`,
      );
      return [
        'class TiebreakControlTest < Minitest::Test',
        '  def test_control',
        ...asserts,
        `    ${values}`,
        `    ${failing}`,
        '  end',
        'end',
        'Minitest::Runnable.runnables.define_singleton_method(:shuffle) { |*| self }',
      ].join('\n');
    }
    case 'rspec':
      return `RSpec.describe('control') do\n  it('fails') do\n    TiebreakControl.accepts('expect') { expect(1).to eq(2) }\n    ${values}\n    ${failing}\n  end\nend`;
    case 'plain':
      return `def test_zz_tiebreak_control\n  ${values}\n  ${failing}\nend\n${hasFunctions(testCase) ? '' : 'test_zz_tiebreak_control'}`;
  }
}

function hasFunctions({ source }: UnitCase): boolean {
  return /^[^\S\r\n\u2028\u2029]*def\s+test/m.test(source);
}

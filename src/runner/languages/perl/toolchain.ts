import { answeredFacts, answerMark, search } from '../../toolchains/detect.ts';
import { decodeOutput } from '../../outcome/text.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import { lineNamed, withCaseLines } from '../../outcome/units/caseLine.ts';
import { readReport } from '../../outcome/units/report.ts';
import { readTap } from '../../outcome/units/tap.ts';
import { perlControls } from './control.ts';
import { callProgram, testProgram, usesTap } from './wrapper.ts';
import { argumentsOf, readScript, scriptProgram, wrapperOf, type Scripting } from '../shared/scripting.ts';

const question = `use Config; print "\\n", join("\\t", "${answerMark}", sprintf("%vd", $^V), $Config{perlpath}, $Config{prefixexp}, grep { !ref && -d && m{^/} } @INC), "\\n"`;

const testsFile = 'tiebreak_tests.t';

const scripting: Scripting = {
  usualFile: 'main.pl',
  extensions: ['.pl', '.pm'],
  definition: /^[^\S\r\n\u2028\u2029]*sub\s+(\w+)/m,
  run: ({ found }, path) => [found.program, '-I.', path],
  call: ({ main, name, testCase }) => wrapperOf('call.pl', callProgram(main, name), argumentsOf(testCase)),
  unit: ({ main, testCase }) =>
    wrapperOf('test.pl', testProgram(main, testsFile, usesTap(testCase)), {
      path: testsFile,
      text: testCase.source,
    }),
};

/** Perl. Tests: Test::More and similar modules, or plain Perl that dies. */
export const perl: Toolchain = {
  language: 'perl',
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: perlControls,
  selfTest: { hello: 'print "hello\\n";', same: 'sub same { return $_[0]; }' },
  detect: () =>
    search({
      language: 'perl',
      names: ['perl'],
      arguments: ['-e', question],
      describe: (printed) => {
        const [version, program, prefix, ...folders] = answeredFacts(printed);
        if (version === undefined || program === undefined || prefix === undefined) return undefined;
        const readOnly = [program, ...(prefix === '/usr' ? [] : [prefix]), ...folders];
        return { name: 'Perl', version, program, readOnly };
      },
      missing: 'Perl 5',
      package: 'perl',
      packages: { brew: 'perl', winget: 'StrawberryPerl.StrawberryPerl', page: 'https://www.perl.org' },
    }),
  program: (testCase, context) => scriptProgram(scripting, testCase, context),
  read(testCase, outcome) {
    if (testCase.kind !== 'unit' || !usesTap(testCase)) return readScript(testCase, outcome);
    const report = readTap(decodeOutput(outcome.channel), decodeOutput(outcome.stderr));
    const line = (message: string) => lineNamed(message, testsFile);
    return readReport(withCaseLines(report, testCase.source, line), outcome);
  },
};

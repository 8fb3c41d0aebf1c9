import { search } from '../detect.ts';
import { decodeOutput } from '../text.ts';
import type { Toolchain } from '../toolchain.ts';
import { readReport } from '../units/report.ts';
import { readTap } from '../units/tap.ts';
import { callProgram, testProgram } from './perl-wrapper.ts';
import { readScript, scriptProgram, type Scripting } from './scripting.ts';

const question =
  'use Config; print join "\\n", sprintf("%vd", $^V), $Config{perlpath}, $Config{prefixexp}, grep { !ref && -d && m{^/} } @INC';

const usesTap = ({ source }: { source: string }): boolean => /\buse\s+(?:Test::|Test2::)/.test(source);

const scripting: Scripting = {
  usualFile: 'main.pl',
  extensions: ['.pl', '.pm'],
  definition: /^\s*sub\s+(\w+)/m,
  run: ({ found }, path) => [found.program, '-I.', path],
  call: ({ main, name }) => callProgram(main, name),
  testsFile: () => 'tiebreak_tests.t',
  unit: ({ main, tests, testCase }) => ({ wrapper: testProgram(main, tests, usesTap(testCase)) }),
};

/** Perl. Tests: Test::More and its kin, or plain Perl that dies. */
export const perl: Toolchain = {
  language: 'perl',
  aliases: ['pl', 'perl5'],
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  selfTest: { hello: 'print "hello\\n";', same: 'sub same { return $_[0]; }' },
  detect: () =>
    search({
      language: 'perl',
      names: ['perl'],
      arguments: ['-e', question],
      describe: (printed) => {
        const [version, program, prefix, ...folders] = printed.trim().split('\n');
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
    return readReport(readTap(decodeOutput(outcome.channel)), outcome);
  },
};

import { dirname } from 'node:path';
import { findProgram } from '../../toolchains/findProgram.ts';
import { answeredFacts, answerMark, search } from '../../toolchains/detect.ts';
import { decodeOutput } from '../../outcome/text.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import { lineNamed, withCaseLines } from '../../outcome/units/caseLine.ts';
import { readReport } from '../../outcome/units/report.ts';
import { readTeamcity } from '../../outcome/units/teamcity.ts';
import { phpControls } from './control.ts';
import { callProgram, isPhpUnit, testProgram } from './wrapper.ts';
import { argumentsOf, readScript, scriptProgram, wrapperOf, type Scripting } from '../shared/scripting.ts';
import { missingFramework } from '../shared/unit.ts';

const question = `echo "\\n${answerMark}\\t", str_replace("\\n", "", implode("\\t", [PHP_VERSION, PHP_BINARY, PHP_EXTENSION_DIR, php_ini_loaded_file(), php_ini_scanned_files()])), "\\n";`;

/** The file with the tests of a case: PHPUnit looks for a class of its name. */
function testsFile({ source }: { source: string }): string {
  return `${/\bclass\s+(\w+)\s+extends/.exec(source)?.[1] ?? 'tiebreak_tests'}.php`;
}

const scripting: Scripting = {
  usualFile: 'main.php',
  extensions: ['.php'],
  definition: /^[^\S\r\n\u2028\u2029]*function\s+&?(\w+)/m,
  run: ({ found }, path) => [found.program, ...(found.options ?? []), path],
  call: ({ main, name, testCase }) => wrapperOf('call.php', callProgram(main, name), argumentsOf(testCase)),
  unit({ main, testCase, context: { found } }) {
    const tests = testsFile(testCase);
    const wrapper = wrapperOf('test.php', testProgram(main, tests), { path: tests, text: testCase.source });
    const phpunit = found.packages?.[0];
    if (!isPhpUnit(testCase) || phpunit === undefined) return wrapper;
    const options = ['--no-configuration', '--bootstrap', main, '--log-teamcity', 'php://fd/3', tests];
    return { ...wrapper, argv: [found.program, ...(found.options ?? []), phpunit, ...options] };
  },
};

/** PHP. Tests: PHPUnit if it is installed, or plain PHP that asserts. */
export const php: Toolchain = {
  language: 'php',
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: phpControls,
  selfTest: { hello: '<?php echo "hello\\n";', same: '<?php function same($x) { return $x; }' },
  holdsInteger: (digits) => BigInt.asIntN(64, BigInt(digits)) === BigInt(digits),
  detect: () =>
    search({
      language: 'php',
      names: ['php'],
      arguments: ['-r', question],
      describe: async (printed) => {
        const [version, program, extensions, ini = '', more = ''] = answeredFacts(printed);
        if (version === undefined || program === undefined || extensions === undefined) return undefined;
        if (Number.parseInt(version, 10) < 8) return undefined;
        // Debian loads extensions through settings below /etc, which are links within that folder.
        const settings = [ini, ...more.split(',')].map((path) => path.trim()).filter((path) => path !== '');
        const folders = settings.map((path) => /^\/etc\/php\b/.exec(path)?.[0] ?? dirname(path));
        const phpunit = await findProgram('phpunit');
        return {
          name: 'PHP',
          version,
          program,
          readOnly: [
            ...new Set([program, extensions, ...folders, ...(phpunit === undefined ? [] : [phpunit])]),
          ],
          options: ['-d', 'zend.assertions=1', '-d', 'assert.exception=1', '-d', 'display_errors=stderr'],
          packages: phpunit === undefined ? [] : [phpunit],
        };
      },
      missing: 'PHP 8 or later',
      package: 'php-cli',
      packages: {
        zypper: 'php8-cli',
        pacman: 'php',
        apk: 'php83-cli',
        brew: 'php',
        winget: 'PHP.PHP.8.3',
        page: 'https://www.php.net',
      },
    }),
  program: (testCase, context) => scriptProgram(scripting, testCase, context),
  read(testCase, outcome) {
    if (testCase.kind !== 'unit' || !isPhpUnit(testCase)) return readScript(testCase, outcome);
    const sent = decodeOutput(outcome.channel);
    // Without PHPUnit, the wrapper for plain tests ran instead and did not find the class.
    if (!sent.includes('##teamcity') && /PHPUnit|TestCase/.test(sent))
      return missingFramework('PHPUnit', 'phpunit');
    const { source } = testCase;
    const line = (message: string) => lineNamed(message, testsFile(testCase));
    return readReport(withCaseLines(readTeamcity(sent), source, line), outcome);
  },
};

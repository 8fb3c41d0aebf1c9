import { dirname } from 'node:path';
import { findProgram } from '../find-program.ts';
import { search } from '../detect.ts';
import { decodeOutput } from '../text.ts';
import type { Toolchain } from '../toolchain.ts';
import { readReport } from '../units/report.ts';
import { readTeamcity } from '../units/teamcity.ts';
import { callProgram, testProgram } from './php-wrapper.ts';
import { readScript, scriptProgram, type Scripting } from './scripting.ts';
import { missingFramework } from './unit.ts';

const question =
  'echo json_encode([PHP_VERSION, PHP_BINARY, PHP_EXTENSION_DIR, php_ini_loaded_file() ?: "", php_ini_scanned_files() ?: ""]);';

const isPhpUnit = ({ source, framework }: { source: string; framework?: string | undefined }): boolean =>
  framework === 'phpunit' || /\bextends\s+\\?(?:PHPUnit\\Framework\\)?TestCase\b/.test(source);

const scripting: Scripting = {
  usualFile: 'main.php',
  extensions: ['.php'],
  definition: /^\s*function\s+&?(\w+)/m,
  run: ({ found }, path) => [found.program, ...(found.options ?? []), path],
  call: ({ main, name }) => callProgram(main, name),
  testsFile: (testCase) =>
    `${/\bclass\s+(\w+)\s+extends/.exec(testCase.source)?.[1] ?? 'tiebreak_tests'}.php`,
  unit({ main, tests, testCase, found }) {
    const wrapper = testProgram(main, tests);
    const phpunit = found.packages?.[0];
    if (!isPhpUnit(testCase) || phpunit === undefined) return { wrapper };
    const options = ['--no-configuration', '--bootstrap', main, '--log-teamcity', 'php://fd/3', tests];
    return { wrapper, argv: [found.program, ...(found.options ?? []), phpunit, ...options] };
  },
};

/** PHP. Tests: PHPUnit where it is installed, or plain PHP that asserts. */
export const php: Toolchain = {
  language: 'php',
  aliases: ['php8'],
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  selfTest: { hello: '<?php echo "hello\\n";', same: '<?php function same($x) { return $x; }' },
  detect: () =>
    search({
      language: 'php',
      names: ['php'],
      arguments: ['-r', question],
      describe: async (printed) => {
        const facts = JSON.parse(printed) as [string, string, string, string, string];
        const [version, program, extensions, ini, more] = facts;
        // Debian's extensions are loaded by settings below /etc, which are links within its folder.
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
    // Without PHPUnit the wrapper for plain tests ran instead, and found no such class.
    if (!sent.includes('##teamcity') && /PHPUnit|TestCase/.test(sent))
      return { verdict: 'unsupported', reason: missingFramework('PHPUnit', 'phpunit') };
    return readReport(readTeamcity(sent), outcome);
  },
};

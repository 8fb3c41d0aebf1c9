import { search } from '../detect.ts';
import type { Toolchain } from '../toolchain.ts';
import { callProgram, frameworkOf, testProgram } from './ruby-wrapper.ts';
import { readScript, scriptProgram, type Scripting } from './scripting.ts';

const question =
  'puts RUBY_ENGINE, RUBY_VERSION, RbConfig.ruby, RbConfig::CONFIG["prefix"], Gem.path.select { |path| File.directory?(path) }';

const scripting: Scripting = {
  usualFile: 'main.rb',
  extensions: ['.rb'],
  definition: /^def\s+(?:self\.)?(\w+[?!]?)/m,
  run: ({ found }, path) => [found.program, path],
  call: ({ main, name }) => callProgram(main, name),
  unit: ({ main, tests, testCase }) => ({ wrapper: testProgram(main, tests, frameworkOf(testCase)) }),
  testsFile: () => 'tiebreak_tests.rb',
};

/** Ruby. Tests: minitest, RSpec where it is installed, or plain Ruby that raises. */
export const ruby: Toolchain = {
  language: 'ruby',
  aliases: ['rb'],
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  selfTest: { hello: 'puts "hello"', same: 'def same(x) = x' },
  detect: () =>
    search({
      language: 'ruby',
      names: ['ruby'],
      arguments: ['-e', question],
      describe: (printed) => {
        const [engine, version, program, prefix, ...gems] = printed.trim().split('\n');
        if (version === undefined || program === undefined || prefix === undefined) return undefined;
        const name = engine === 'ruby' ? 'CRuby' : engine!;
        return { name, version, program, readOnly: [prefix, program, ...gems] };
      },
      missing: 'Ruby 3 or later',
      package: 'ruby',
      packages: { brew: 'ruby', winget: 'RubyInstallerTeam.Ruby.3.4', page: 'https://www.ruby-lang.org' },
    }),
  program: (testCase, context) => scriptProgram(scripting, testCase, context),
  read: readScript,
};

import { answeredFacts, answerMark, search } from '../../toolchains/detect.ts';
import { threadStackBytes } from '../../sandbox/stack.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import { rubyControls } from './control.ts';
import { callProgram, frameworkOf, testProgram, testsFile } from './wrapper.ts';
import { argumentsOf, readScript, scriptProgram, wrapperOf, type Scripting } from '../shared/scripting.ts';

const question = `puts "", ["${answerMark}", RUBY_ENGINE, RUBY_VERSION, RbConfig.ruby, RbConfig::CONFIG["prefix"], *Gem.path.select { |path| File.directory?(path) }].join("\\t")`;

const scripting: Scripting = {
  usualFile: 'main.rb',
  extensions: ['.rb'],
  definition: /^def\s+(?:self\.)?(\w+[?!]?)/m,
  run: ({ found }, path) => [found.program, path],
  env: ({ limits }) => ({ RUBY_THREAD_VM_STACK_SIZE: String(threadStackBytes(limits)) }),
  call: ({ main, name, testCase }) => wrapperOf('call.rb', callProgram(main, name), argumentsOf(testCase)),
  unit: ({ main, testCase }) =>
    wrapperOf('test.rb', testProgram(main, testsFile, frameworkOf(testCase)), {
      path: testsFile,
      text: testCase.source,
    }),
};

/** Ruby. Tests: minitest, RSpec if it is installed, or plain Ruby that raises. */
export const ruby: Toolchain = {
  language: 'ruby',
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: rubyControls,
  selfTest: { hello: 'puts "hello"', same: 'def same(x) = x' },
  detect: () =>
    search({
      language: 'ruby',
      names: ['ruby'],
      arguments: ['-e', question],
      describe: (printed) => {
        const [engine, version, program, prefix, ...gems] = answeredFacts(printed);
        if (version === undefined || Number.parseInt(version, 10) < 3) return undefined;
        if (program === undefined || prefix === undefined) return undefined;
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

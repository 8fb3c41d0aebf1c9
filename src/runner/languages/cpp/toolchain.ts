import type { Case } from '../../core/task.ts';
import type { Compiled, Toolchain } from '../toolchain.ts';
import { groupByProgram, missingFunction, refusedType, unsupported } from './compiling.ts';
import { callProgram } from './cpp-wrapper.ts';
import {
  compileNative,
  detectNative,
  nativeProgram,
  readNative,
  withoutMain,
  type NativeLanguage,
  type NativeLayout,
} from './native.ts';
import { definedFunction, functionName } from './shared.ts';

const native: NativeLanguage = {
  usualFile: 'main.cpp',
  extensions: ['.cpp', '.cc', '.cxx'],
  options: ['-std=gnu++17'],
  withCase,
};

/** C++17. Tests are programs that assert. */
export const cpp: Toolchain = {
  language: 'cpp',
  aliases: ['c++', 'cc', 'cxx', 'cplusplus'],
  mainFile: native.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  selfTest: {
    hello: '#include <iostream>\nint main() { std::cout << "hello\\n"; }',
    same: '#include <map>\n#include <optional>\n#include <string>\n#include <vector>\nusing Value = std::map<std::string, std::vector<std::optional<std::pair<double, std::string>>>>;\nValue same(const Value &x) { return x; }',
    value: { list: [[1, 'é\n'], null, [2.5, '']], empty: [] },
  },
  detect: () =>
    detectNative('cpp', ['g++', 'clang++', 'c++'], {
      missing: 'a C++ compiler',
      package: 'g++',
      packages: {
        dnf: 'gcc-c++',
        zypper: 'gcc-c++',
        pacman: 'gcc',
        apk: 'g++ musl-dev',
        brew: 'gcc',
        winget: 'LLVM.LLVM',
        page: 'https://gcc.gnu.org',
      },
    }),
  compileGroup: groupByProgram,
  compile: async (files, context) =>
    refusedType(await compileNative(native, files, context), /Convert<(.+?)>[’'][\s\S]*TIEBREAK refuses/),
  program: nativeProgram,
  read: readNative,
};

function withCase(text: string, testCase: Case, { files, main, entry }: NativeLayout): string | Compiled {
  if (testCase.kind === 'unit') {
    const hasMain = /\bmain\s*\(/.test(testCase.source);
    return `${hasMain && /\bint\s+main\s*\(/.test(text) ? withoutMain(text, main) : text}\n${testCase.source}\n`;
  }
  if (testCase.kind !== 'call') return text;
  const definition =
    /^(?!return|else|using|typedef|#|\/)[\w:<>,*&\s]*?[\w>&*]\s+[*&]*(?!main\b)(\w+)\s*\([^;{]*\)\s*(?:const\s*|noexcept\s*)*\{/m;
  const name = functionName(testCase, entry, files) ?? definedFunction(files, main, definition);
  const target = name?.replaceAll('.', '::');
  const last = target?.split('::').at(-1);
  if (target === undefined || !/^\w+(::\w+)*$/.test(target) || !new RegExp(`\\b${last}\\s*\\(`).test(text))
    return missingFunction(name);
  if (new RegExp(`template\\s*<[^;{]*>\\s*[^;{}]*\\b${last}\\s*\\(`).test(text))
    return unsupported(`the function "${name}" is a template, whose types a JSON argument does not tell`);
  return `${withoutMain(text, main)}${callProgram(`&::${target}`)}`;
}

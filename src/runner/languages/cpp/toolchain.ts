import type { Case } from '../../../core/task/task.ts';
import type { Compiled, Toolchain } from '../../toolchains/toolchain.ts';
import { groupByProgram, missingFunction, refusedType, unsupported } from '../shared/compiling.ts';
import { firstFunction, isTemplate } from './definitions.ts';
import { callProgram } from './wrapper.ts';
import {
  compileNative,
  detectNative,
  nativeProgram,
  caseMark,
  readNative,
  withoutMain,
  type NativeLanguage,
} from '../shared/native.ts';
import { cppControls } from '../shared/nativeControl.ts';
import { calledFunction, type AnswerSource } from '../shared/shared.ts';

const native: NativeLanguage = {
  usualFile: 'main.cpp',
  extensions: ['.cpp', '.cc', '.cxx'],
  options: ['-std=gnu++17'],
  withCase,
};

/** C++17. Tests are programs that assert. */
export const cpp: Toolchain = {
  language: 'cpp',
  mainFile: native.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: cppControls,
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
    refusedType(
      await compileNative(native, files, context),
      /Convert<([^\n]{1,300}?)>[’']/,
      'TIEBREAK refuses',
    ),
  program: nativeProgram,
  read: readNative,
};

function withCase(text: string, testCase: Case, source: AnswerSource): string | Compiled {
  if (testCase.kind === 'unit') {
    const hasMain = /\bmain\s*\(/.test(testCase.source);
    return `${hasMain && /\bint\s+main\s*\(/.test(text) ? withoutMain(text, source.main) : text}\n${caseMark}\n${testCase.source}\n`;
  }
  if (testCase.kind !== 'call') return text;
  const name = calledFunction(testCase, source) ?? firstFunction(text);
  const target = name?.replaceAll('.', '::');
  const last = target?.split('::').at(-1);
  if (target === undefined || !/^\w+(::\w+)*$/.test(target) || !new RegExp(`\\b${last}\\s*\\(`).test(text))
    return missingFunction(name);
  if (isTemplate(text, last!))
    return unsupported(`the function "${name}" is a template, and JSON arguments do not determine its types`);
  return `${withoutMain(text, source.main)}${callProgram(`&::${target}`)}`;
}

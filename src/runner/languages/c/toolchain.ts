import type { Case } from '../../../core/task/task.ts';
import type { Compiled, Toolchain } from '../../toolchains/toolchain.ts';
import { definitionsIn, lastWord, simpleType, type Definition } from './definitions.ts';
import { callProgram, type Parameter } from './wrapper.ts';
import { groupByProgram, missingFunction, unsupported } from '../shared/compiling.ts';
import {
  compileNative,
  detectNative,
  nativeProgram,
  caseMark,
  readNative,
  withoutMain,
  type NativeLanguage,
} from '../shared/native.ts';
import { cControls } from '../shared/nativeControl.ts';
import { calledFunction, type AnswerSource } from '../shared/shared.ts';

const native: NativeLanguage = {
  usualFile: 'main.c',
  extensions: ['.c'],
  options: ['-std=gnu17'],
  withCase,
};

/**
 * C17. Arguments of a call are numbers, truth values, texts, and lists (as arrays of these). The value is a
 * number, a truth value or a text; for a `void` function, the value is its first array after the call. Tests
 * are programs that assert.
 */
export const c: Toolchain = {
  language: 'c',
  mainFile: native.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: cControls,
  selfTest: {
    hello: '#include <stdio.h>\nint main(void) { puts("hello"); }',
    same: 'const char *same(const char *x) { return x; }',
    value: 'é\n"\\',
  },
  detect: () =>
    detectNative('c', ['gcc', 'clang', 'cc'], {
      missing: 'a C compiler',
      package: 'gcc libc6-dev',
      packages: {
        dnf: 'gcc',
        zypper: 'gcc',
        pacman: 'gcc',
        apk: 'gcc musl-dev',
        brew: 'gcc',
        winget: 'LLVM.LLVM',
        page: 'https://gcc.gnu.org',
      },
    }),
  compileGroup: (testCase) =>
    testCase.kind === 'call'
      ? `${groupByProgram(testCase)} ${testCase.args.length}`
      : groupByProgram(testCase),
  compile: (files, context) => compileNative(native, files, context),
  program: nativeProgram,
  read: readNative,
};

function withCase(text: string, testCase: Case, source: AnswerSource): string | Compiled {
  if (testCase.kind === 'unit') {
    const hasMain = /\bmain\s*\(/.test(testCase.source);
    return `${hasMain && /\bmain\s*\(/.test(text) ? withoutMain(text, source.main) : text}\n${caseMark}\n${testCase.source}\n`;
  }
  if (testCase.kind !== 'call') return text;
  const name = calledFunction(testCase, source) ?? firstFunction(text);
  const found = name === undefined ? undefined : findDefinition(text, name);
  if (name === undefined || found === undefined) return missingFunction(name);
  const result = typeOf(found.type);
  const parameters = parametersOf(found.parameters);
  const strange = [result, ...parameters].find((type) => !isKnown(type));
  if (strange !== undefined)
    return unsupported(
      `the function "${name}" uses the type "${strange.type}", which has no JSON equivalent`,
    );
  if (result.isArray)
    return unsupported(`the function "${name}" returns a pointer to an unknown number of items`);
  if (parameters.length !== testCase.args.length)
    return unsupported(
      `the function "${name}" takes ${parameters.length} arguments, but the case gives ${testCase.args.length}`,
    );
  return `${withoutMain(text, source.main)}${callProgram(name, result, parameters)}`;
}

function firstFunction(text: string): string | undefined {
  return definitionsIn(text).find(({ name }) => name !== 'main')?.name;
}

/** The definition of a function whose parameters have no brackets, with a type that JSON may have. */
function findDefinition(text: string, wanted: string): Definition | undefined {
  for (const { type, name, parameters } of definitionsIn(text)) {
    if (name !== wanted || /[()]/.test(parameters)) continue;
    const simple = simpleType(type);
    if (simple !== undefined) return { type: simple, name, parameters };
  }
  return undefined;
}

function parametersOf(list: string): Parameter[] {
  if (/^\s*(?:void\s*)?$/.test(list)) return [];
  return list.split(',').map((each) => {
    const isArray = /\[/.test(each);
    const { before: type } = lastWord(withoutSizes(each));
    // A parameter without a name consists of its type only.
    const whole = isKnown(typeOf(type)) ? type : each;
    return typeOf(isArray ? `${whole}*` : whole);
  });
}

/** A parameter without the sizes of an array after its name. */
function withoutSizes(parameter: string): string {
  const start = parameter.indexOf('[');
  const isArray = start !== -1 && /^(?:\[[^\]]*\]\s*)*$/.test(parameter.slice(start));
  return isArray ? parameter.slice(0, start) : parameter;
}

const numbers = new Set(
  ['char', 'short', 'int', 'long', 'long long', 'float', 'double', 'long double', 'bool', 'size_t', 'ssize_t']
    .concat(['signed char', 'short int', 'long int', 'long long int', 'unsigned', 'uintptr_t', 'ptrdiff_t'])
    .concat(['unsigned char', 'unsigned short', 'unsigned int', 'unsigned long', 'unsigned long long'])
    .concat([8, 16, 32, 64].flatMap((bits) => [`int${bits}_t`, `uint${bits}_t`])),
);

/** Normalizes a declaration's type: `static const char *` is a text, `int *` an array of `int`. */
function typeOf(declared: string): Parameter {
  const words = declared.replace(/\b(?:static|inline|extern|const|restrict|volatile|register)\b/g, ' ');
  const stars = words.match(/\*/g)?.length ?? 0;
  const base = words
    .replaceAll('*', ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^_Bool$/, 'bool');
  const isText = base === 'char' && stars > 0;
  return {
    type: `${base}${'*'.repeat(stars)}`,
    base: isText ? 'text' : base,
    isArray: stars - (isText ? 1 : 0) === 1,
  };
}

function isKnown({ type, base, isArray }: Parameter): boolean {
  const stars = type.length - type.replaceAll('*', '').length - (base === 'text' ? 1 : 0);
  if (stars > 1 || (stars === 1) !== isArray) return false;
  return base === 'text' || numbers.has(base) || (base === 'void' && stars === 0);
}

import type { Case } from '../../core/task.ts';
import type { Compiled, Toolchain } from '../toolchain.ts';
import { callProgram, type Parameter } from './c-wrapper.ts';
import { groupByProgram, missingFunction, unsupported } from './compiling.ts';
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
  usualFile: 'main.c',
  extensions: ['.c'],
  options: ['-std=gnu17'],
  withCase,
};

/**
 * C17. A call takes numbers, truth values, texts, and lists as arrays of these; it gives a number, a truth value or a
 * text, or, where it gives nothing, its first array as it left it. Tests are programs that assert.
 */
export const c: Toolchain = {
  language: 'c',
  aliases: ['c11', 'c17', 'ansi-c'],
  mainFile: native.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
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

function withCase(text: string, testCase: Case, { files, main, entry }: NativeLayout): string | Compiled {
  if (testCase.kind === 'unit') {
    const hasMain = /\bmain\s*\(/.test(testCase.source);
    return `${hasMain && /\bmain\s*\(/.test(text) ? withoutMain(text, main) : text}\n${testCase.source}\n`;
  }
  if (testCase.kind !== 'call') return text;
  const definition = /^(?:static\s+|inline\s+|const\s+)*\w[\w\s*]*?[\s*](?!main\b)(\w+)\s*\([^;{}]*\)\s*\{/m;
  const name = functionName(testCase, entry, files) ?? definedFunction(files, main, definition);
  const found =
    name === undefined || !/^\w+$/.test(name)
      ? undefined
      : new RegExp(
          `^((?:\\w[\\w\\s]*?[\\s*]|\\w+\\s*\\*+\\s*))${name}\\s*\\(([^;{}()]*)\\)\\s*\\{`,
          'm',
        ).exec(text);
  if (name === undefined || !found) return missingFunction(name);
  const result = typeOf(found[1]!);
  const parameters = parametersOf(found[2]!);
  const strange = [result, ...parameters].find((type) => !isKnown(type));
  if (strange !== undefined)
    return unsupported(
      `the function "${name}" has the type "${strange.type}", which JSON cannot be made into or from`,
    );
  if (result.isArray)
    return unsupported(
      `the function "${name}" gives back a pointer, which does not tell how much it points to`,
    );
  if (parameters.length !== testCase.args.length)
    return unsupported(
      `the function "${name}" takes ${parameters.length} arguments and the case gives ${testCase.args.length}`,
    );
  return `${withoutMain(text, main)}${callProgram(name, result, parameters)}`;
}

function parametersOf(list: string): Parameter[] {
  if (/^\s*(?:void)?\s*$/.test(list)) return [];
  return list.split(',').map((each) => {
    const isArray = /\[/.test(each);
    const [, type = ''] = /^(.*?)(?:\b\w+\s*)?(?:\[[^\]]*\]\s*)*$/s.exec(each.trim()) ?? [];
    // A parameter without a name is all type.
    const whole = isKnown(typeOf(type)) ? type : each;
    return typeOf(isArray ? `${whole}*` : whole);
  });
}

const numbers = new Set(
  ['char', 'short', 'int', 'long', 'long long', 'float', 'double', 'long double', 'bool', 'size_t', 'ssize_t']
    .concat(['signed char', 'short int', 'long int', 'long long int', 'unsigned', 'uintptr_t', 'ptrdiff_t'])
    .concat(['unsigned char', 'unsigned short', 'unsigned int', 'unsigned long', 'unsigned long long'])
    .concat([8, 16, 32, 64].flatMap((bits) => [`int${bits}_t`, `uint${bits}_t`])),
);

/** A declaration's type in one spelling: `static const char *` → a text, `int *` → an array of `int`. */
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

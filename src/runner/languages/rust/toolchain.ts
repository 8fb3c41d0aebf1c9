import { dirname, join } from 'node:path/posix';
import type { Case, SourceFile } from '../../../core/task/task.ts';
import { askProgram } from '../../toolchains/findProgram.ts';
import { lastLines, search } from '../../toolchains/detect.ts';
import { decodeOutput, displayText } from '../../outcome/text.ts';
import { caseLine, lineNamed, withCaseLines } from '../../outcome/units/caseLine.ts';
import type { CompileContext, Compiled, Toolchain } from '../../toolchains/toolchain.ts';
import { readLibtest } from '../../outcome/units/libtest.ts';
import { readReport } from '../../outcome/units/report.ts';
import {
  built,
  builtProgram,
  compileInSandbox,
  groupByProgram,
  missingFunction,
  refusedType,
  unsupported,
} from '../shared/compiling.ts';
import { earlyEndInRust, mayNotEndEarly, readEarlyEnd } from '../shared/earlyEnd.ts';
import { callProgram } from './wrapper.ts';
import { readScript } from '../shared/scripting.ts';
import { rustControls } from './control.ts';
import {
  baseEnvironment,
  calledFunction,
  howItEnded,
  mainFile,
  type AnswerSource,
} from '../shared/shared.ts';

const usualFile = 'main.rs';
/** The file with the code of a case. */
const caseFile = 'tiebreak_case.rs';

/**
 * Rust with rustc and the standard library only: there is no network to fetch crates. Slightly optimized,
 * with the overflow checks of a debug build.
 */
export const rust: Toolchain = {
  language: 'rust',
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: rustControls,
  selfTest: {
    hello: 'fn main() { println!("hello"); }',
    same: 'use std::collections::HashMap;\nfn same(x: HashMap<String, Vec<Option<(f64, &str)>>>) -> HashMap<String, Vec<Option<(f64, &str)>>> { x }',
    value: { list: [[1, 'é\n'], null, [2.5, '']], empty: [] },
  },
  detect: () =>
    search({
      language: 'rust',
      names: ['rustc'],
      arguments: ['--version', '--verbose'],
      describe: async (printed, path) => {
        const version = /release: (\S+)/.exec(printed)?.[1];
        // A rustup shim runs the compiler of the chosen toolchain, which needs only its own folder.
        const [root] = lastLines((await askProgram(path, ['--print', 'sysroot'])) ?? '', 1);
        if (version === undefined || root === undefined || root === '') return undefined;
        return { name: 'rustc', version, program: `${root}/bin/rustc`, readOnly: [root] };
      },
      missing: 'Rust',
      package: 'rustc',
      packages: {
        dnf: 'rust',
        zypper: 'rust',
        pacman: 'rust',
        apk: 'rust',
        brew: 'rust',
        winget: 'Rustlang.Rustup',
        page: 'https://rustup.rs',
      },
    }),
  compileGroup: (testCase) =>
    testCase.kind === 'call'
      ? `${groupByProgram(testCase)} ${testCase.args.length}`
      : groupByProgram(testCase),
  compile,

  program(testCase, { found, files }) {
    const env = { ...baseEnvironment(found), RUST_BACKTRACE: '0' };
    const isHarness = testCase.kind === 'unit' && hasTests(testCase.source);
    return builtProgram(testCase, {
      files,
      env,
      unit: isHarness ? ['--test-threads=1', '--color=never'] : [],
    });
  },

  read(testCase, outcome) {
    if (testCase.kind !== 'unit') return readScript(testCase, outcome);
    const early = readEarlyEnd(testCase, outcome);
    if (early !== undefined) return early;
    const { source } = testCase;
    if (hasTests(source)) {
      const line = (message: string) => lineNamed(message, caseFile);
      return readReport(withCaseLines(readLibtest(decodeOutput(outcome.stdout)), source, line), outcome);
    }
    if (outcome.exit === 0) return { verdict: 'pass' };
    const said = decodeOutput(outcome.stderr);
    const line = caseLine(source, lineNamed(said, caseFile));
    const reason = `${howItEnded(outcome)}${line === undefined ? '' : ` (${line})`}`;
    return { verdict: /assertion .*failed/.test(said) ? 'fail' : 'error', reason: displayText(reason) };
  },
};

function hasTests(source: string): boolean {
  return /#\[(?:\w+::)*test\]/.test(source);
}

const options =
  '--edition=2021 --crate-name=answer --cap-lints=allow ' +
  '-Copt-level=1 -Cdebug-assertions=on -Cdebuginfo=0 -Cstrip=symbols';

async function compile(files: readonly SourceFile[], context: CompileContext): Promise<Compiled> {
  const { found, cases, entry } = context;
  const [first] = cases;
  const main = rootFile(files, entry);
  const root = files.find(({ path }) => path === main);
  const text = root === undefined ? '' : root.text;
  const whole = first === undefined ? text : withCase(text, first, { files, main, entry });
  if (typeof whole !== 'string') return whole;
  const asTests = first?.kind === 'unit' && hasTests(first.source) ? ['--test'] : ['--crate-type=bin'];
  // In a file of its own, whose lines a failed assertion names. The path is relative to that of the root.
  const casePath = join(dirname(main), caseFile);
  const besides =
    first?.kind === 'unit' && isWhole(first.source) ? [{ path: casePath, text: first.source }] : [];
  const guarded = mayNotEndEarly(first);
  const linking = guarded ? ['-Clink-arg=-Wl,--wrap=exit'] : [];
  const guardedText = guarded ? `${whole}\n${earlyEndInRust}` : whole;
  const compiled = await compileInSandbox(context, {
    argv: [found.program, ...options.split(' '), ...asTests, ...linking, '-o', built, main],
    files: [...files.filter(({ path }) => path !== main), { path: main, text: guardedText }, ...besides],
    collect: [built],
  });
  if (!compiled.ok)
    return refusedType(
      compiled,
      /the trait bound `([^\n]{1,300}?): (?:tiebreak_call::)?(?:FromJson|ToJson)`/,
    );
  return { ok: true, files: [...files, ...compiled.files] };
}

/** The root file of the crate: the file that Cargo would take, or the first file. */
function rootFile(files: readonly SourceFile[], entry: string | undefined): string {
  const usual = [usualFile, 'src/main.rs', 'src/lib.rs', 'lib.rs'];
  const found = usual.find((path) => files.some((file) => file.path === path));
  return mainFile(files, entry, found ?? usualFile, ['.rs']);
}

/**
 * Whether code closes every brace that it opens, and no other. The code of a case may end a function that the answer began: then it
 * is no file of its own, and no line of it is told.
 */
function isWhole(source: string): boolean {
  let depth = 0;
  const bare = source.replaceAll(/"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])'|\/\/.*/g, '');
  for (const [brace] of bare.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The root's text with the addition for a case: its test, or the wrapper that calls a function. */
function withCase(text: string, testCase: Case, source: AnswerSource): string | Compiled {
  if (testCase.kind === 'unit') {
    const replaced = /\bfn\s+main\s*\(/.test(testCase.source) ? withoutMain(text) : text;
    return `${replaced}\n${isWhole(testCase.source) ? `include!("${caseFile}");` : testCase.source}\n`;
  }
  if (testCase.kind !== 'call') return text;
  const definition = /^(?:pub(?:\([^()]*\))?\s+)?(?:const\s+)?fn\s+(?!main\b)(\w+)/m;
  const name = calledFunction(testCase, source, definition);
  const target = name?.replaceAll('.', '::');
  const last = target?.split('::').at(-1);
  if (target === undefined || !/^\w+(::\w+)*$/.test(target) || !new RegExp(`\\bfn\\s+${last}\\b`).test(text))
    return missingFunction(name);
  const generic = new RegExp(`\\bfn\\s+${last}\\s*<[^<>(]*\\b[A-Z]`).test(text);
  if (generic || takesOpaque(text, last!))
    return unsupported(
      `the function "${name}" has type parameters, and JSON arguments do not determine them`,
    );
  return `${withoutMain(text)}\n${callProgram(target, testCase.args.length)}`;
}

/** Whether a function has a parameter or a value of a type that is only known as `impl Trait`. */
function takesOpaque(text: string, name: string): boolean {
  const head = new RegExp(`\\bfn\\s+${name}\\b`);
  return text.split(/[{;]/).some((stretch) => {
    const found = head.exec(stretch);
    const open = found === null ? -1 : stretch.indexOf('(', found.index);
    return open !== -1 && /\bimpl\s/.test(stretch.slice(open));
  });
}

/** Renames the answer's own `main`, so that the case can define `main`. */
function withoutMain(text: string): string {
  return text.replace(/\bfn(\s+)main(\s*\()/, '#[allow(dead_code)] fn$1tiebreak_answer_main$2');
}

import type { Case, SourceFile } from '../../core/task.ts';
import { askProgram } from '../find-program.ts';
import { search } from '../detect.ts';
import { decodeOutput } from '../text.ts';
import type { CompileContext, Compiled, Toolchain } from '../toolchain.ts';
import { readLibtest } from '../units/libtest.ts';
import { readReport } from '../units/report.ts';
import {
  built,
  builtProgram,
  compileInSandbox,
  groupByProgram,
  missingFunction,
  refusedType,
  unsupported,
} from './compiling.ts';
import { earlyEndInRust, mayNotEndEarly, readEarlyEnd } from './early-end.ts';
import { callProgram } from './rust-wrapper.ts';
import { readScript } from './scripting.ts';
import { baseEnvironment, definedFunction, functionName, howItEnded, mainFile } from './shared.ts';

const usualFile = 'main.rs';

/**
 * Rust with rustc alone, the standard library alone: there is no network to fetch a crate from. Optimised a little, with
 * the checks for overflow that a debug build has.
 */
export const rust: Toolchain = {
  language: 'rust',
  aliases: ['rs'],
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
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
        // A shim of rustup stands for the compiler of the chosen toolchain, which needs its own folder alone.
        const root = (await askProgram(path, ['--print', 'sysroot']))?.trim();
        if (version === undefined || root === undefined) return undefined;
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
    if (hasTests(testCase.source)) return readReport(readLibtest(decodeOutput(outcome.stdout)), outcome);
    if (outcome.exit === 0) return { verdict: 'pass' };
    const failed = /assertion .*failed/.test(decodeOutput(outcome.stderr));
    return { verdict: failed ? 'fail' : 'error', reason: howItEnded(outcome) };
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
  const guarded = mayNotEndEarly(first);
  const linking = guarded ? ['-Clink-arg=-Wl,--wrap=exit'] : [];
  const guardedText = guarded ? `${whole}${earlyEndInRust}` : whole;
  const compiled = await compileInSandbox(context, {
    argv: [found.program, ...options.split(' '), ...asTests, ...linking, '-o', built, main],
    files: [...files.filter(({ path }) => path !== main), { path: main, text: guardedText }],
    collect: [built],
  });
  if (!compiled.ok)
    return refusedType(compiled, /the trait bound `(.+?): (?:tiebreak_call::)?(?:FromJson|ToJson)`/);
  return { ok: true, files: [...files, ...compiled.files] };
}

/** The root of the crate: what Cargo would take, or the first file. */
function rootFile(files: readonly SourceFile[], entry: string | undefined): string {
  const usual = [usualFile, 'src/main.rs', 'src/lib.rs', 'lib.rs'];
  const found = usual.find((path) => files.some((file) => file.path === path));
  return mainFile(files, entry, found ?? usualFile, ['.rs']);
}

interface Layout {
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly entry: string | undefined;
}

/** The root's text with what a case adds to it: its test, or the wrapper that calls a function. */
function withCase(text: string, testCase: Case, { files, main, entry }: Layout): string | Compiled {
  if (testCase.kind === 'unit') {
    const replaced = /\bfn\s+main\s*\(/.test(testCase.source) ? withoutMain(text) : text;
    return `${replaced}\n${testCase.source}\n`;
  }
  if (testCase.kind !== 'call') return text;
  const name =
    functionName(testCase, entry, files) ??
    definedFunction(files, main, /^(?:pub(?:\([^)]*\))?\s+)?(?:const\s+)?fn\s+(?!main\b)(\w+)/m);
  const target = name?.replaceAll('.', '::');
  const last = target?.split('::').at(-1);
  if (target === undefined || !/^\w+(::\w+)*$/.test(target) || !new RegExp(`\\bfn\\s+${last}\\b`).test(text))
    return missingFunction(name);
  const generic = new RegExp(`\\bfn\\s+${last}\\s*<[^>(]*\\b[A-Z]`).test(text);
  const opaque = new RegExp(`\\bfn\\s+${last}\\b[^{;]*\\(\\s*[^{;]*\\bimpl\\s`).test(text);
  if (generic || opaque)
    return unsupported(`the function "${name}" has type parameters, which a JSON argument does not tell`);
  return `${withoutMain(text)}\n${callProgram(target, testCase.args.length)}`;
}

/** The answer's own `main` makes room for the one that runs the case. */
function withoutMain(text: string): string {
  return text.replace(/\bfn(\s+)main(\s*\()/, '#[allow(dead_code)] fn$1tiebreak_answer_main$2');
}

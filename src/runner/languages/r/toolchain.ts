import { realpathSync } from 'node:fs';
import { search } from '../detect.ts';
import type { Json } from '../../core/json.ts';
import type { Toolchain } from '../toolchain.ts';
import { callProgram, testProgram } from './r-wrapper.ts';
import { readScript, scriptProgram, type Scripting } from './scripting.ts';
import { framesFile, framesFromFile } from './shared.ts';

const question =
  'cat(R.version$major, ".", R.version$minor, "\\n", R.home(), "\\n", paste(.libPaths(), collapse = "\\n"), sep = "")';

const scripting: Scripting = {
  usualFile: 'main.R',
  extensions: ['.R', '.r'],
  definition: /^\s*([\w.]+)\s*(?:<-|=)\s*(?:function\b|\\\()/m,
  run: ({ found }, path) => [found.program, '--vanilla', path],
  call: ({ main, name, testCase }) =>
    callProgram(main, name, `list(${testCase.args.map(literal).join(', ')})`),
  testsFile: () => 'tiebreak_tests.R',
  unit: ({ main, tests, testCase }) => ({
    wrapper: testProgram(
      main,
      tests,
      testCase.framework === 'testthat' || /\btest_that\s*\(/.test(testCase.source),
    ),
  }),
};

/** R. Tests: testthat where it is installed, or `stopifnot`. */
export const r: Toolchain = {
  language: 'r',
  aliases: ['rscript', 'rlang'],
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  selfTest: { hello: 'cat("hello\\n")', same: 'same <- function(x) x' },
  detect: () =>
    search({
      language: 'r',
      names: ['Rscript'],
      arguments: ['--vanilla', '-e', question],
      describe: (printed, program) => {
        const [version, home, ...libraries] = printed.trim().split('\n');
        if (version === undefined || home === undefined) return undefined;
        // Debian keeps R's settings in /etc/R and links to them from its home.
        const readOnly = [realpathSync(program), home, '/etc/R', ...libraries].filter(
          (path) => !path.startsWith('/usr/'),
        );
        return { name: 'R', version, program, readOnly: readOnly.filter(exists) };
      },
      missing: 'R',
      package: 'r-base-core',
      packages: {
        dnf: 'R-core',
        zypper: 'R-base',
        pacman: 'r',
        apk: 'R',
        brew: 'r',
        winget: 'RProject.R',
        page: 'https://www.r-project.org',
      },
    }),
  program(testCase, context) {
    const program = scriptProgram(scripting, testCase, context);
    if (testCase.kind !== 'call' && testCase.kind !== 'unit') return program;
    const { channel: _, ...rest } = program;
    return { ...rest, collect: [framesFile] };
  },
  read: (testCase, outcome) => readScript(testCase, framesFromFile(outcome)),
};

function exists(path: string): boolean {
  try {
    return realpathSync(path) !== '';
  } catch {
    return false;
  }
}

/** JSON as R's source: a list of values of one type is a vector, as R has it. */
function literal(value: Json): string {
  if (value === null) return 'NULL';
  if (value === true) return 'TRUE';
  if (value === false) return 'FALSE';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const kinds = new Set(items.map((item) => (item === null ? 'null' : typeof item)));
    const isVector = kinds.size === 1 && !kinds.has('object') && !kinds.has('null');
    return `${isVector ? 'c' : 'list'}(${items.map(literal).join(', ')})`;
  }
  const members = Object.entries(value).map(([key, member]) => `${text(key)} = ${literal(member)}`);
  // A list that has names, also when it is empty, is an object.
  return members.length === 0 ? 'setNames(list(), character(0))' : `list(${members.join(', ')})`;
}

function text(value: string): string {
  const escaped = Array.from(value, (character) => {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return code > 0xffff ? `\\U{${code.toString(16)}}` : `\\u{${code.toString(16)}}`;
  });
  return `"${escaped.join('')}"`;
}

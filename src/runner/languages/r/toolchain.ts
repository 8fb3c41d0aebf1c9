import { realpathSync } from 'node:fs';
import { answeredFacts, answerMark, search } from '../../toolchains/detect.ts';
import { isNumber } from '../../../core/text/exactNumber.ts';
import type { Json } from '../../../core/text/json.ts';
import { isDouble } from '../../outcome/numbers.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import { rControls } from './control.ts';
import { callProgram, testProgram, usesTestthat } from './wrapper.ts';
import { readScript, scriptProgram, wrapperOf, type Scripting } from '../shared/scripting.ts';
import { framesFromFile } from '../shared/shared.ts';

const question = `cat("\\n${answerMark}\\t", paste(c(paste0(R.version$major, ".", R.version$minor), R.home(), .libPaths()), collapse = "\\t"), "\\n", sep = "")`;

const scripting: Scripting = {
  usualFile: 'main.R',
  extensions: ['.R', '.r'],
  definition: /^[^\S\r\n\u2028\u2029]*([\w.]+)\s*(?:<-|=)\s*(?:function\b|\\\()/m,
  run: ({ found }, path) => [found.program, '--vanilla', path],
  framesInFile: true,
  call: ({ main, name, testCase }) =>
    wrapperOf('call.R', callProgram(main, name, `list(${testCase.args.map(literal).join(', ')})`)),
  unit({ main, testCase }) {
    const tests = { path: 'tiebreak_tests.R', text: testCase.source };
    return wrapperOf('test.R', testProgram(main, tests.path, usesTestthat(testCase)), tests);
  },
};

/** R. Tests: testthat if it is installed, or `stopifnot`. */
export const r: Toolchain = {
  language: 'r',
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: rControls,
  selfTest: { hello: 'cat("hello\\n")', same: 'same <- function(x) x' },
  holdsInteger: isDouble,
  detect: () =>
    search({
      language: 'r',
      names: ['Rscript'],
      arguments: ['--vanilla', '-e', question],
      describe: (printed, program) => {
        const [version, home, ...libraries] = answeredFacts(printed);
        if (version === undefined || home === undefined) return undefined;
        // Debian keeps R's settings in /etc/R; R's home links to them.
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
  program: (testCase, context) => scriptProgram(scripting, testCase, context),
  read: (testCase, outcome) => readScript(testCase, framesFromFile(outcome)),
};

function exists(path: string): boolean {
  try {
    return realpathSync(path) !== '';
  } catch {
    return false;
  }
}

/** JSON as R source: a list whose values have one type becomes a vector, as is usual in R. */
function literal(value: Json): string {
  if (value === null) return 'NULL';
  if (value === true) return 'TRUE';
  if (value === false) return 'FALSE';
  if (isNumber(value)) return String(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const kinds = new Set(items.map(kindOf));
    const isVector = kinds.size === 1 && !kinds.has('object') && !kinds.has('null');
    return `${isVector ? 'c' : 'list'}(${items.map(literal).join(', ')})`;
  }
  const members = Object.entries(value).map(([key, member]) => `${text(key)} = ${literal(member)}`);
  // A list with names, even an empty one, is an object.
  return members.length === 0 ? 'setNames(list(), character(0))' : `list(${members.join(', ')})`;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  return isNumber(value) ? 'number' : typeof value;
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

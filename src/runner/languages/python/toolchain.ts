import { realpath } from 'node:fs/promises';
import * as z from 'zod';
import { answeredFacts, answerMark, search } from '../../toolchains/detect.ts';
import type { FoundToolchain, Toolchain } from '../../toolchains/toolchain.ts';
import { pythonControls } from './control.ts';
import {
  callProgram,
  drivingProgram,
  frameworkOf,
  judgedProgram,
  testProgram,
  testsFile,
} from './wrapper.ts';
import { driverProgram, readScript, scriptProgram, wrapperOf, type Scripting } from '../shared/scripting.ts';
import { calledFunction, howItEnded, mainFile } from '../shared/shared.ts';

const scripting: Scripting = {
  usualFile: 'main.py',
  extensions: ['.py'],
  env: () => ({ PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' }),
  run: ({ found }, path) => [found.program, '-s', path],
  runWrapper: ({ found }, path) => [found.program, '-S', path],
  call: ({ main, name, testCase, context: { found } }) =>
    wrapperOf('call.py', callProgram(found.packages ?? [], main, name, testCase.args, testCase.judge)),
  unit({ main, testCase, context: { found, entry } }) {
    const text = testProgram(found.packages ?? [], main, entry, frameworkOf(testCase));
    return wrapperOf('test.py', text, { path: testsFile, text: testCase.source });
  },
};

/** The user's CPython: on PATH, through pyenv's shims, or in an activated virtual environment. */
export const python: Toolchain = {
  language: 'python',
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: pythonControls,
  selfTest: { hello: 'print("hello")', same: 'def same(x): return x' },

  detect: () =>
    search({
      language: 'python',
      names: ['python3', 'python'],
      arguments: ['-I', '-c', question],
      describe,
      missing: 'Python 3.8 or later',
      package: 'python3',
      packages: { brew: 'python', page: 'https://www.python.org/downloads/' },
    }),

  driver(testCase, context) {
    const { found, files, entry, limits } = context;
    const main = mainFile(files, entry, scripting.usualFile, scripting.extensions);
    const name = testCase.kind === 'call' ? calledFunction(testCase, { files, main, entry }) : undefined;
    const text = drivingProgram(found.packages ?? [], main, name, testCase, limits.wallMs);
    return { ...driverProgram(scripting, wrapperOf('driver.py', text), context), isolates: true };
  },

  program(testCase, context) {
    const program = scriptProgram(scripting, testCase, context);
    if (testCase.kind !== 'stdin' || testCase.judge === undefined) return program;
    const wrapper = wrapperOf('program.py', judgedProgram(program.argv.at(-1)!));
    const argv = [...program.argv.slice(0, -1), wrapper.main];
    return { ...program, argv, files: [...program.files, ...wrapper.files] };
  },

  read(testCase, outcome) {
    const verdict = readScript(testCase, outcome);
    if (testCase.kind !== 'stdin') return verdict;
    const ranOut = outcome.exit !== 0 && howItEnded(outcome).endsWith('MemoryError');
    return ranOut ? { ...verdict, verdict: 'memory' } : verdict;
  },
};

const question = `
import json, platform, site, sys
packages = [path for path in sys.path if path in site.getsitepackages()]
print("\\n${answerMark}\\t" + json.dumps({"name": platform.python_implementation(), "version": platform.python_version(),
    "executable": sys.executable, "prefix": sys.prefix, "base": sys.base_prefix, "packages": packages}))
`;

const answerSchema = z.object({
  name: z.string(),
  version: z.string().regex(/^3\.(8|9|[1-9]\d)\./),
  executable: z.string(),
  prefix: z.string(),
  base: z.string(),
  packages: z.array(z.string()),
});

/**
 * The facts that a Python reports; a shim reports those of its interpreter. `undefined` if the version is too
 * old.
 */
async function describe(printed: string): Promise<Omit<FoundToolchain, 'language'> | undefined> {
  const facts = answerSchema.safeParse(parseJson(answeredFacts(printed)[0] ?? '')).data;
  if (facts === undefined) return undefined;
  const { name, version, executable, prefix, base, packages } = facts;
  const real = await realpath(executable);
  return {
    name,
    version,
    // Python recognizes a virtual environment by the location of its link to the interpreter.
    program: prefix === base ? real : executable,
    readOnly: [...new Set([prefix, base, real, ...packages])],
    packages,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { realpath } from 'node:fs/promises';
import * as z from 'zod';
import { isNarrow } from '../detect.ts';
import { askProgram, findProgram } from '../find-program.ts';
import { installMend } from '../install.ts';
import type { FoundToolchain, Program, Toolchain } from '../toolchain.ts';
import { callProgram, testProgram, testsFile } from './python-wrapper.ts';
import {
  baseEnvironment,
  commandProgram,
  functionName,
  howItEnded,
  mainFile,
  ownFolder,
  readCall,
  readCommand,
  readStdin,
  unexpectedKind,
} from './shared.ts';
import { readUnit } from './unit.ts';

const usualFile = 'main.py';

/** CPython as the person has it: on PATH, through pyenv's shims, or of an activated virtual environment. */
export const python: Toolchain = {
  language: 'python',
  aliases: ['py', 'python3'],
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  selfTest: { hello: 'print("hello")', same: 'def same(x): return x' },

  async detect() {
    for (const name of ['python3', 'python']) {
      const program = await findProgram(name);
      const found = program === undefined ? undefined : await describePython(program);
      if (found !== undefined) return found;
    }
    return {
      language: 'python',
      missing: 'Python 3.8 or later ("python3" on PATH)',
      mend: await installMend('python3', { brew: 'python', page: 'https://www.python.org/downloads/' }),
    };
  },

  program(testCase, { found, files, entry }) {
    const main = mainFile(files, entry, usualFile, ['.py']);
    const { packages = [] } = found;
    const env = { ...baseEnvironment(found), PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' };
    const run = (path: string, source: string): Pick<Program, 'argv' | 'files'> => ({
      argv: [found.program, '-S', path],
      files: [...files, { path, text: source }],
    });
    switch (testCase.kind) {
      case 'call': {
        const name = functionName(testCase, entry, files);
        return {
          ...run(`${ownFolder}/call.py`, callProgram(packages, main, name, testCase.args)),
          env,
          channel: true,
        };
      }
      case 'unit': {
        const program = run(
          `${ownFolder}/test.py`,
          testProgram(packages, main, entry, frameworkOf(testCase)),
        );
        const tests = { path: testsFile, text: testCase.source };
        return { ...program, files: [...program.files, tests], env, channel: true };
      }
      case 'command':
        return commandProgram(testCase, files, env);
      case 'stdin':
        return { argv: [found.program, '-s', main], files, env, stdin: testCase.input };
      case 'sql':
        throw unexpectedKind(testCase);
    }
  },

  read(testCase, outcome) {
    switch (testCase.kind) {
      case 'call':
        return readCall(testCase, outcome);
      case 'unit':
        return readUnit(outcome);
      case 'command':
        return readCommand(testCase, outcome);
      case 'sql':
        throw unexpectedKind(testCase);
      case 'stdin': {
        const reading = readStdin(testCase, outcome);
        const ranOut = outcome.exit !== 0 && howItEnded(outcome).endsWith('MemoryError');
        return ranOut ? { ...reading, verdict: 'memory' } : reading;
      }
    }
  },
};

/** Tests that import pytest want it, whether the case says so or not. */
function frameworkOf(testCase: { source: string; framework?: string | undefined }): string | undefined {
  return /^\s*(import|from) pytest\b/m.test(testCase.source) ? 'pytest' : testCase.framework;
}

const question = `
import json, platform, site, sys
packages = [path for path in sys.path if path in site.getsitepackages()]
print(json.dumps({"name": platform.python_implementation(), "version": platform.python_version(),
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

/** What a Python says of itself; a shim answers for the interpreter behind it. `undefined` for one that is too old. */
async function describePython(program: string): Promise<FoundToolchain | undefined> {
  const answer = await askProgram(program, ['-I', '-c', question]);
  const facts = answerSchema.safeParse(parseJson(answer ?? '')).data;
  if (facts === undefined) return undefined;
  const { name, version, executable, prefix, base, packages } = facts;
  const real = await realpath(executable);
  return {
    language: 'python',
    name,
    version,
    // A virtual environment is known by where its link to the interpreter lies.
    program: prefix === base ? real : executable,
    readOnly: [...new Set([prefix, base, real, ...packages])].filter(isNarrow),
    packages,
  };
}

/** A hook of the machine may have printed something before the answer, which is the last line. */
function parseJson(printed: string): unknown {
  try {
    return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
}

import { parseJson } from '../../../core/text/exactNumber.ts';
import { isRecord, type Json } from '../../../core/text/json.ts';
import { programText } from '../../programText.ts';
import { search } from '../../toolchains/detect.ts';
import { decodeOutput } from '../../outcome/text.ts';
import type { CaseVerdict, Toolchain } from '../../toolchains/toolchain.ts';
import { readScript, scriptProgram, wrapperOf, type Scripting } from '../shared/scripting.ts';
import { bashControls } from './control.ts';
import { frames, ownFolder, readCall, valueOutcome } from '../shared/shared.ts';

const valueFile = `${ownFolder}/value`;
const testsFile = `${ownFolder}/tests.sh`;
const calling = programText(import.meta.url, './wrapper/call.sh');
const testing = programText(import.meta.url, './wrapper/test.sh');

const scripting: Scripting = {
  usualFile: 'main.sh',
  extensions: ['.sh', '.bash'],
  definition:
    /^[^\S\r\n\u2028\u2029]*(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)|^[^\S\r\n\u2028\u2029]*function\s+([A-Za-z_][\w-]*)/m,
  run: ({ found }, path) => [found.program, path],
  call({ main, name = '', testCase }) {
    const words = testCase.args.map((argument) =>
      typeof argument === 'string' ? argument : JSON.stringify(argument),
    );
    return {
      ...wrapperOf('call.sh', calling),
      words: [`./${main}`, name, ...words],
      collect: [valueFile],
    };
  },
  unit: ({ main, testCase }) => ({
    ...wrapperOf('test.sh', testing, { path: testsFile, text: testCase.source }),
    words: [`./${main}`],
  }),
};

/**
 * Bash. A call passes each argument as a word (lists and objects as JSON); the function's value is what it
 * prints. A test is a list of commands that must all succeed, and functions named `test…`.
 */
export const bash: Toolchain = {
  language: 'bash',
  mainFile: scripting.usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
  controls: bashControls,
  selfTest: { hello: 'echo hello', same: 'same() { printf "%s" "$1"; }' },

  detect: () =>
    search({
      language: 'bash',
      names: ['bash'],
      arguments: ['--version'],
      describe: (printed, program) => {
        const version = /version (\d+\.\d+\.\d+)/.exec(printed)?.[1];
        return version === undefined ? undefined : { name: 'Bash', version, program, readOnly: [program] };
      },
      missing: 'Bash',
      package: 'bash',
      packages: { brew: 'bash', page: 'https://www.gnu.org/software/bash/' },
    }),

  program: (testCase, context) => scriptProgram(scripting, testCase, context),

  read(testCase, outcome): CaseVerdict {
    if (testCase.kind !== 'call') return readScript(testCase, outcome);
    const printed = decodeOutput(outcome.collected.get(valueFile) ?? new Uint8Array());
    const returned = frames(outcome).some((frame) => 'returned' in frame);
    return readCall(testCase, returned ? valueOutcome(outcome, printedValue(printed, testCase)) : outcome);
  },
};

/**
 * The value that a function printed: a text; or a list or object, if the case expects one and the text is
 * valid JSON.
 */
function printedValue(printed: string, { expected }: { readonly expected?: Json | undefined }): object {
  const text = printed.replace(/(?<!\n)\n+$/, '');
  if (!Array.isArray(expected) && !isRecord(expected)) return { $: 'scalar', v: text };
  try {
    return parseJson(text) as object;
  } catch {
    return { $: 'scalar', v: text };
  }
}

import { search } from '../detect.ts';
import { decodeOutput } from '../text.ts';
import type { Program, Reading, Toolchain } from '../toolchain.ts';
import { readScript } from './scripting.ts';
import {
  baseEnvironment,
  commandProgram,
  definedFunction,
  frames,
  functionName,
  mainFile,
  ownFolder,
  readCall,
  unexpectedKind,
  valueOutcome,
} from './shared.ts';

const usualFile = 'main.sh';
const valueFile = `${ownFolder}/value`;
const testsFile = `${ownFolder}/tests.sh`;

/**
 * Bash. A function is called with each argument as a word (lists and objects as JSON), and its value is what it prints.
 * Tests are commands, of which none may fail, and functions named `test…`.
 */
export const bash: Toolchain = {
  language: 'bash',
  aliases: ['sh', 'shell', 'shellscript'],
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: false,
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

  program(testCase, { found, files, entry }) {
    const main = mainFile(files, entry, usualFile, ['.sh', '.bash']);
    const env = baseEnvironment(found);
    const run = (path: string, text: string, ...args: string[]): Pick<Program, 'argv' | 'files'> => ({
      argv: [found.program, path, `./${main}`, ...args],
      files: [...files, { path, text }],
    });
    switch (testCase.kind) {
      case 'call': {
        const name = functionName(testCase, entry, files) ?? definedFunction(files, main, definition);
        const words = testCase.args.map((argument) =>
          typeof argument === 'string' ? argument : JSON.stringify(argument),
        );
        const program = run(`${ownFolder}/call.sh`, calling, name ?? '', ...words);
        return { ...program, env, channel: true, collect: [valueFile] };
      }
      case 'unit': {
        const program = run(`${ownFolder}/test.sh`, testing);
        return {
          ...program,
          files: [...program.files, { path: testsFile, text: testCase.source }],
          env,
          channel: true,
        };
      }
      case 'command':
        return commandProgram(testCase, files, env);
      case 'stdin':
        return { argv: [found.program, main], files, env, stdin: testCase.input };
      case 'sql':
        throw unexpectedKind(testCase);
    }
  },

  read(testCase, outcome): Reading {
    if (testCase.kind !== 'call') return readScript(testCase, outcome);
    const printed = decodeOutput(outcome.collected.get(valueFile) ?? new Uint8Array());
    const returned = frames(outcome).some((frame) => 'returned' in frame);
    return readCall(testCase, returned ? valueOutcome(outcome, printedValue(printed, testCase)) : outcome);
  },
};

const definition = /^\s*(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)|^\s*function\s+([A-Za-z_][\w-]*)/m;

/** What was printed, as the shell has it: a text, or the list or object that the case expects and the text spells. */
function printedValue(printed: string, { expected }: { expected?: unknown }): object {
  const text = printed.replace(/\n+$/, '');
  if (typeof expected !== 'object' || expected === null) return { $: 'scalar', v: text };
  try {
    return JSON.parse(text) as object;
  } catch {
    return { $: 'scalar', v: text };
  }
}

/** Calls a function with words. Its output is its value; a status other than 0 is what it throws. */
const calling = String.raw`
exec {tiebreak}>&3 3>&-
tiebreak_main=$1 tiebreak_name=$2
shift 2
tiebreak_arguments=("$@")
set --
source "$tiebreak_main"
if [ -z "$tiebreak_name" ] || ! declare -F -- "$tiebreak_name" >/dev/null; then
  echo '{"stage":"missing"}' >&"$tiebreak"
  exit 1
fi
"$tiebreak_name" "${'$'}{tiebreak_arguments[@]}" > ${valueFile}
tiebreak_status=$?
cat ${valueFile}
if [ "$tiebreak_status" = 0 ]; then
  echo '{"returned":true}' >&"$tiebreak"
else
  echo "{\"stage\":\"call\",\"names\":[\"$tiebreak_status\"],\"message\":\"it returned the status $tiebreak_status\"}" >&"$tiebreak"
fi
exit "$tiebreak_status"
`;

/** Runs tests as commands of which none may fail, then each function whose name begins with "test". */
const testing = String.raw`
exec {tiebreak}>&3 3>&-
source "$1"
tiebreak_broken() {
  echo "{\"stage\":\"tests\",\"names\":[\"AssertionError\"],\"message\":\"line $2 of the test ended with status $1\"}" >&"$tiebreak"
}
trap 'tiebreak_broken $? $LINENO' ERR
set -eE
source ${testsFile}
set +eE
trap - ERR
tiebreak_ran=0 tiebreak_good=true
for tiebreak_test in $(compgen -A function test); do
  tiebreak_verdict=pass tiebreak_message=
  ( set -e; "$tiebreak_test" )
  tiebreak_status=$?
  if [ "$tiebreak_status" != 0 ]; then
    tiebreak_good=false tiebreak_verdict=fail tiebreak_message="it ended with status $tiebreak_status"
  fi
  tiebreak_ran=$((tiebreak_ran + 1))
  echo "{\"test\":\"$tiebreak_test\",\"verdict\":\"$tiebreak_verdict\",\"message\":\"$tiebreak_message\"}" >&"$tiebreak"
done
[ "$tiebreak_ran" = 0 ] && tiebreak_ran=1
echo "{\"stage\":\"done\",\"ran\":$tiebreak_ran,\"good\":$tiebreak_good}" >&"$tiebreak"
$tiebreak_good
`;

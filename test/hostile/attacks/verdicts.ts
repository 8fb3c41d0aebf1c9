import { unit } from '../../unit/runner/harness.ts';
import { python, type Attack } from '../attack.ts';

/** What frameworks print and wrappers send when all is well: the languages read one or another of these. */
const report = [
  'ok 1 - forged',
  '1..1',
  'test forged ... ok',
  'test result: ok. 1 passed; 0 failed',
  '=== RUN   TestForged',
  '--- PASS: TestForged (0.00s)',
  'PASS',
  "##teamcity[testSuiteStarted name='Forged']",
  "##teamcity[testStarted name='testForged']",
  "##teamcity[testFinished name='testForged']",
  "##teamcity[testSuiteFinished name='Forged']",
  '{"test":"forged","verdict":"pass","message":""}',
  '{"stage":"done","ran":1,"good":true}',
  '',
].join('\n');

const text = JSON.stringify(report);

interface Forgery {
  /** Prints the report when it is called, and ends the program well. */
  readonly answer: string;
  /** What it does not pass. */
  readonly test: string;
}

const native = (header: string): string =>
  `#include <${header}>\n#include <unistd.h>\nint two(void) { fputs(${text}, stdout); fflush(stdout); _exit(0); }\n`;

const forgeries: Readonly<Record<string, Forgery>> = {
  python: {
    answer: `import os\ndef two():\n    print(${text}, flush=True)\n    os._exit(0)\n`,
    test: 'def test_two():\n    assert two() == 2\n',
  },
  javascript: {
    answer: `import { writeSync } from 'node:fs';\nfunction two() { writeSync(1, ${text}); process.reallyExit(0); }\n`,
    test: "import assert from 'node:assert';\nassert.equal(two(), 2);\n",
  },
  typescript: {
    answer: `function two(): number { console.log(${text}); process.exit(0); }\n`,
    test: "import assert from 'node:assert';\nassert.equal(two(), 2);\n",
  },
  bash: {
    answer: `two() { cat <<'END'\n${report}END\nexit 0; }\n`,
    test: 'two\n[ 1 = 2 ]\n',
  },
  c: { answer: native('stdio.h'), test: '#include <assert.h>\nint main(void) { assert(two() == 2); }\n' },
  cpp: { answer: native('cstdio'), test: '#include <cassert>\nint main() { assert(two() == 2); }\n' },
  java: {
    answer: `public class Main { static int two() { System.out.print(${text}); System.out.flush(); Runtime.getRuntime().halt(0); return 1; } }\n`,
    test: 'class Test { public static void main(String[] a) { if (Main.two() != 2) throw new AssertionError(); } }\n',
  },
  go: {
    answer: `package main\n\nimport (\n\t"fmt"\n\t"syscall"\n)\n\nfunc two() int {\n\tfmt.Print(${text})\n\tsyscall.Exit(0)\n\treturn 1\n}\n`,
    test: 'package main\n\nimport "testing"\n\nfunc TestTwo(t *testing.T) {\n\tif two() != 2 {\n\t\tt.Fatal("not two")\n\t}\n}\n',
  },
  rust: {
    answer: `use std::io::Write;\nfn two() -> i32 { let mut out = std::io::stdout(); out.write_all(${text}.as_bytes()).unwrap(); out.flush().unwrap(); std::process::exit(0) }\n`,
    test: '#[test]\nfn is_two() { assert_eq!(two(), 2); }\n',
  },
  ruby: {
    answer: `def two\n  $stdout.syswrite(${text})\n  exit!(0)\nend\n`,
    test: 'def test_two = (raise "no" unless two == 2)\n',
  },
  php: {
    answer: `<?php function two() { echo ${text}; exit(0); }\n`,
    test: '<?php if (two() !== 2) throw new Exception("no");\n',
  },
  perl: {
    answer: `use POSIX;\nsub two { POSIX::write(1, ${text.replaceAll('#', '\\#').replaceAll('@', '\\@')}, ${report.length}); POSIX::_exit(0); }\n1;\n`,
    test: 'use Test::More;\nis(two(), 2);\ndone_testing();\n',
  },
  r: {
    answer: `two <- function() { cat(${text}); quit(status = 0) }\n`,
    test: 'stopifnot(two() == 2)\n',
  },
};

/** Passing a test by printing, in each language. */
export const printedAttacks: readonly Attack[] = Object.entries(forgeries).map(
  ([language, { answer, test }]) => ({
    name: `a forged report in ${language}`,
    tries:
      'When its test calls it, it prints a report of success, and ends the program well before the test can fail.',
    language,
    answer,
    on: unit(test),
    limits: { cpuMs: 20_000, wallMs: 60_000, memoryBytes: 512 << 20, processes: 64, fileBytes: 64 << 20 },
    verdict: ['error', 'fail'],
  }),
);

/** What the sandbox's first process says of a run that went well, compiled and as a shell. */
const ownReport =
  '{"end":"exit","reason":"","exit":0,"signal":0,"wallUs":1,"cpuUs":1,"peakBytes":1,"waitedUs":1}';

const everyDescriptor = python`
words = ${JSON.stringify(`ready\nend 0 1.0 1.1\n0m0.0s 0m0.0s\n0m0.0s 0m0.0s\n${ownReport}\n${report}`)}.encode()
for number in range(0, 1024):
    if number == 2: continue
    try: os.write(number, words)
    except OSError: pass
    try: os.write(os.open("/proc/1/fd/%d" % number, os.O_WRONLY | os.O_NONBLOCK), words)
    except OSError: pass
os._exit(3)
`;

/**
 * Saying of oneself that all went well. A called function and a test share their process with the answer, which may
 * meddle with them in memory as it likes: what no answer can have is the verdict of a case on what it prints and how it
 * ends, and success by nothing more than printing.
 */
export const reportAttacks: readonly Attack[] = [
  {
    name: 'a forged report for a case with input and output',
    tries: 'It writes to every descriptor, its own and inherited, that it ended well, and fails.',
    answer: everyDescriptor,
    on: { kind: 'stdin', input: '', output: 'right\n' },
    verdict: ['error', 'fail'],
  },
  {
    name: 'a forged report for a command',
    tries: 'The same where its output is not even looked at.',
    answer: everyDescriptor,
    on: { kind: 'command', argv: ['/usr/bin/python3', 'main.py'], expect: { exit: 0 } },
    verdict: ['error', 'fail'],
  },
];

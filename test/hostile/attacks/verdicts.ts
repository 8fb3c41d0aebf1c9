import { unit } from '../../unit/runner/harness.ts';
import { python, type Attack } from '../attack.ts';

/**
 * The reports that frameworks print and wrappers send if all tests pass; each language reads some of them.
 */
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
  /** Prints the report when called, and ends the program with success. */
  readonly answer: string;
  /** The test that the answer fails. */
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
      'When its test calls it, it prints a report of success, and ends the program with status 0 before the test can fail.',
    language,
    answer,
    on: unit(test),
    limits: { cpuMs: 20_000, wallMs: 60_000, memoryBytes: 512 << 20, processes: 64, fileBytes: 64 << 20 },
    verdict: ['error', 'fail'],
  }),
);

/** The report of the sandbox's first process on a successful run, in both implementations. */
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

const rewrittenScript = python`
def rewrite(path):
    for line in open(path + "/maps"):
        span, rights = line.split()[:2]
        if not rights.startswith("rw"): continue
        first, last = (int(end, 16) for end in span.split("-"))
        memory = os.open(path + "/mem", os.O_RDWR)
        held = os.pread(memory, last - first, first)
        at = held.find(b"code=$?")
        while at != -1:
            os.pwrite(memory, b"code=0 ", first + at)
            at = held.find(b"code=$?", at + 1)
        os.close(memory)

for path in ["/proc/1", "/proc/1/task/1", "/proc/self/root/proc/1"]:
    try: rewrite(path)
    except OSError: pass
os._exit(3)
`;

/**
 * Forging a successful report. A called function and a test share their process with the answer, which can
 * manipulate them in memory. But no answer can forge the verdict of a case that checks its output and exit
 * status, or succeed only by printing.
 */
export const reportAttacks: readonly Attack[] = [
  {
    name: 'a forged report for a case with input and output',
    tries: 'It reports success on every descriptor, its own and inherited, and then fails.',
    answer: everyDescriptor,
    on: { kind: 'stdin', input: '', output: 'right\n' },
    verdict: ['error', 'fail'],
  },
  {
    name: 'a forged report for a command',
    tries: 'The same for a case that does not look at the output.',
    answer: everyDescriptor,
    on: { kind: 'command', argv: ['/usr/bin/python3', 'main.py'], expect: { exit: 0 } },
    verdict: ['error', 'fail'],
  },
  {
    name: 'an exit status that it rewrites',
    tries:
      'It searches the memory of the first process for the place that takes its exit status, writes 0 there, and fails.',
    answer: rewrittenScript,
    on: { kind: 'command', argv: ['/usr/bin/python3', 'main.py'], expect: { exit: 0 } },
    verdict: 'fail',
    reason: /exit/,
  },
];

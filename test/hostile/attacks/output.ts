import assert from 'node:assert/strict';
import { tight } from '../../unit/runner/harness.ts';
import { python, type Attack } from '../attack.ts';

const nothingExpected = { kind: 'stdin', input: '', output: 'nothing of this\n' } as const;

/** Attacks with output, and on the readers of that output. */
export const outputAttacks: readonly Attack[] = [
  {
    name: 'a flood of output',
    tries: 'It prints as fast as it can.',
    answer: python`
for _ in range(4000): os.write(1, b"line\n" * 10_000)
`,
    verdict: 'output',
    seen: ({ stdout }) => {
      assert.ok(stdout.length <= tight.outputBytes);
      assert.match(stdout, /^line\nline\n/);
    },
  },
  {
    name: 'a flood of errors',
    tries: 'It prints errors as fast as it can.',
    answer: python`
for _ in range(4000): os.write(2, b"line\n" * 10_000)
`,
    verdict: 'output',
    seen: ({ stderr }) => assert.ok(stderr.length <= tight.outputBytes),
  },
  {
    name: 'one long line',
    tries: 'It never prints a newline, which would stall a view that wraps lines.',
    answer: python`
for _ in range(4000): os.write(1, b"x" * 50_000)
`,
    verdict: 'output',
    seen: ({ stdout }) => assert.ok(stdout.length < 5000, `${stdout.length} characters in a line`),
  },
  {
    name: 'a flood on the channel of results',
    tries: 'A called function writes to every descriptor, including the channel for its value.',
    answer: python`
def same(x):
    for descriptor in range(3, 512):
        try:
            for _ in range(400): os.write(descriptor, b"x" * 50_000)
        except OSError: pass
`,
    on: { kind: 'call', function: 'same', args: [1], expected: 1 },
    verdict: 'output',
  },
  {
    name: 'commands to a terminal',
    tries: 'It prints sequences that move the cursor, set the title, and fill the clipboard.',
    answer: python`
sys.stdout.write("\x1b[2J\x1b[1;1Hpassed\x1b]0;title\x07\x1b]52;c;aGk=\x07\x9b31m\x08\x7f\\rok")
`,
    on: nothingExpected,
    verdict: 'fail',
    seen: ({ stdout }) => {
      assert.ok(Array.from(stdout).every((one) => one >= ' ' && !(one >= '\x7f' && one <= '\x9f')));
      assert.ok(stdout.startsWith(String.raw`\x1b[2J\x1b[1;1Hpassed\x1b]0;title\x07`), stdout);
    },
  },
  {
    name: 'text that runs backwards',
    tries: 'It prints marks that reverse the order of letters, and invisible letters.',
    answer: python`
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write("\u202edessap\u202c \u2066a\u2069 \u200bhidden\u200b \ufeff")
`,
    on: nothingExpected,
    verdict: 'fail',
    seen: ({ stdout }) => {
      assert.doesNotMatch(stdout, /[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/);
      assert.ok(stdout.startsWith(String.raw`\u202edessap\u202c`), stdout);
    },
  },
  {
    name: 'bytes that are no text',
    tries: 'It prints incomplete characters, overlong encodings, and zero bytes.',
    answer: python`
os.write(1, b"\xff\xfe\xc0\x80\xed\xa0\x80\x00" + b"\xf0\x9f\x98")
`,
    on: nothingExpected,
    verdict: 'fail',
    seen: ({ stdout }) => {
      assert.match(stdout, /\ufffd/);
      assert.ok(stdout.isWellFormed() && !stdout.includes('\0'), JSON.stringify(stdout));
    },
  },
  {
    name: 'closed output',
    tries: 'It closes all its output, continues for a moment, and exits with status 0.',
    answer: python`
for descriptor in (1, 2): os.close(descriptor)
time.sleep(0.1)
os._exit(0)
`,
    verdict: 'fail',
  },
  {
    name: 'a terminal',
    tries: 'It searches for the terminal that started the tests, to type into it.',
    answer: python`
attempt("a terminal", open, "/dev/tty", "w")
for path in ("/dev/console", "/dev/tty1", "/dev/pts/0"): attempt(path, open, path, "w")
for descriptor in (0, 1, 2):
    attempt("typing", fcntl.ioctl, descriptor, 0x5412, b"x")
    attempt("pasting", fcntl.ioctl, descriptor, 0x541C, b"\x03")
if any(map(os.isatty, (0, 1, 2))): print("reached a terminal")
print("contained")
`,
  },
];

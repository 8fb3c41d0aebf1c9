import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/paths.mjs';

/** Ways to write to the terminal of a process. */
const writing =
  /\bconsole\s*\.|\bstd(?:out|err)\s*\.\s*write|\bprocess\s*(?:\.\s*|\[\s*['"])std(?:out|err)|\bprocess\s*\.\s*_rawDebug|node:tty|\/dev\/tty|writeSync\(\s*[12]\b/;

/** Files of `src` that may, besides the programs for the sandbox: none of them passes on what others wrote, except the terminal, which makes it visible. */
const allowed = new Map([
  ['src/cli/terminal.ts', 'makes everything visible'],
  ['src/cli/tiebreak.ts', 'prints the versions of Node.js before anything else is loaded'],
  ['src/language/server.ts', 'the log of the language server'],
  ['src/webview/dashboard/dashboard.ts', 'the developer tools of the page'],
]);

/** Files in which such words are text: programs that answers are run with, and examples. */
const quoting = [
  'src/core/exchange/importers/problems/tested.ts',
  'src/runner/languages/javascript/control.ts',
  'src/runner/languages/javascript/toolchain.ts',
  'src/runner/languages/javascript/typescript.ts',
  'src/webview/cases/triedCode.ts',
];

describe('the way to the terminal', () => {
  it('is one: no other file of src writes to it', () => {
    const found = globSync('src/**/*.ts', { cwd: inRoot('.'), exclude: ['src/checks/programs/**'] })
      .filter((file) => writing.test(readFileSync(inRoot(file), 'utf8')))
      .toSorted();
    assert.deepEqual(found, [...allowed.keys(), ...quoting].toSorted());
  });

  it('is recognised in each form', () => {
    for (const source of [
      'console.log(id)',
      'process.stdout.write(id)',
      "process['stderr'].write(id)",
      'const { stdout } = process; stdout.write(id)',
      "import { WriteStream } from 'node:tty'",
      'writeSync(1, id)',
    ])
      assert.match(source, writing);
  });
});

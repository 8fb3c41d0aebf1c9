import { strict as assert } from 'node:assert';
import { globSync, readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/paths.mjs';

/** Code that waits for a fixed time or reads the clock, and so depends on the speed of the machine. */
const banned: readonly RegExp[] = [
  /\.waitForTimeout\(/,
  /from 'node:timers\/promises'/,
  /\bsetTimeout\(/,
  /\b(Date|performance)\.now\(\)/,
  /\bthis\.timeout\(/,
];

/** Programs of answers are in strings; `turn` waits for one turn of the event loop. */
const allowed = /['"`].*\bsetTimeout\(|import \{ setImmediate as turn \}/;

/** This file names the banned calls; use `until` instead. */
const exempt = ['test/until.ts', 'test/unit/waits.test.ts'];

/** The banned calls in a file, as `line: text`. */
function waitsIn(source: string): string[] {
  return source
    .split('\n')
    .map((line, at) => `${at + 1}: ${line.trim()}`)
    .filter((line) => banned.some((pattern) => pattern.test(line)) && !allowed.test(line));
}

describe('the tests', () => {
  it('wait for a state, never for a time', () => {
    const files = globSync('test/**/*.ts', { cwd: inRoot(), exclude: ['test/bench/**'] });
    assert.ok(files.length > 200);
    const found = files
      .filter((file) => !exempt.includes(file))
      .flatMap((file) => waitsIn(readFileSync(inRoot(file), 'utf8')).map((line) => `${file}:${line}`));
    assert.deepEqual(found, [], 'use `until` of test/until.ts, or a locator’s `waitFor`');
  });

  it('are seen where they wait for a time', () => {
    const waits = [
      'await page.waitForTimeout(50);',
      "import { setTimeout as sleep } from 'node:timers/promises';",
      'await new Promise((resolve) => setTimeout(resolve, 5));',
      'assert.ok(Date.now() - start < 100);',
    ];
    assert.equal(waitsIn(waits.join('\n')).length, waits.length);
    const others = [
      "import { setImmediate as turn } from 'node:timers/promises';",
      "run('setTimeout(() => {}, 5)')",
    ];
    assert.deepEqual(waitsIn(others.join('\n')), []);
  });
});

import assert from 'node:assert/strict';
import { createChecks } from '../../src/checks/checks.ts';
import { personalData } from '../../src/checks/personalData.ts';
import { bareCode } from '../../src/core/extraction/chatTokens.ts';
import { lintRationale } from '../../src/core/rationale/lint.ts';
import { randomIndex, seededRandom } from '../../src/core/text/random.ts';
import { placesIn } from '../../src/core/text/places.ts';
import { applyDiff } from '../../src/core/extraction/patches.ts';
import { readGoTest } from '../../src/runner/outcome/units/goTest.ts';
import { readTeamcity } from '../../src/runner/outcome/units/teamcity.ts';
import { assertLinear, type Repetition } from '../fixtures/growth.ts';
import { exportsNotCalled } from '../fixtures/exportsNotCalled.ts';
import { sampleContext } from '../fixtures/rationaleContext.ts';
import { sandboxPrinting } from '../fixtures/outputReaders.ts';
import { marks, readers, sampleTexts } from '../fixtures/readers.ts';
import { unmeasured } from '../fixtures/unmeasured.ts';

/** Texts for which a reader with quadratic time needs minutes, so that it exceeds the tests' time limit. */
describe('a long text of repeated marks', () => {
  const repeated = (unit: string, length: number): string => unit.repeat(length / unit.length);

  it('is read as a report for TeamCity', () => {
    for (const unit of ["##teamcity[testStarted name='\n", '##teamcity[a', 'a'])
      assert.deepEqual(readTeamcity(repeated(unit, 1 << 20)).tests, []);
    assert.deepEqual(readTeamcity(`##teamcity[${repeated('a', 1 << 20)}]`).tests, []);
  });

  it('is read as an answer whose last lines are blank', () => {
    const blank = '\n'.repeat(1 << 20);
    assert.equal(bareCode(`x = 1${blank}y = 2\n\n</s>\n`, 'python'), `x = 1${blank}y = 2\n`);
  });

  it('is searched for personal data', async () => {
    const text = repeated('jo.doe@acme.org\n', 1 << 20);
    const report = await personalData.check({
      answerId: 'a',
      language: 'python',
      files: [{ path: 'main.py', text }],
    });
    const { diagnostics } = report;
    assert.equal(diagnostics.length, (1 << 20) / 16);
    assert.deepEqual(diagnostics.at(-1)?.range, {
      startLine: 65_536,
      startColumn: 1,
      endLine: 65_536,
      endColumn: 16,
    });
  });

  it('is checked as a rationale', () => {
    for (const unit of ['0', 'a', '<details>', '1. '])
      assert.ok(lintRationale(repeated(unit, 1 << 17), sampleContext({})).length > 0);
    const addresses = repeated('jo.doe@acme.org ', 1 << 15);
    const found = lintRationale(addresses, sampleContext({})).filter(({ rule }) => rule === 'R19');
    assert.equal(found.length, (1 << 15) / 16);
  });
});

/** Repetitions that once took quadratic time. */
const known: Readonly<Record<string, readonly Repetition[]>> = {
  'names that differ': [{ unit: 'def ' }, { unit: 'for ' }],
  'words of two long lines': [{ unit: '1 2 0 ' }],
  'sides in a text': [{ unit: 'A ' }],
  'frames of a wrapper': [{ before: '"', unit: '\\"' }, { unit: '"\\' }],
  'a report of libtest': [
    { before: '---- x stdout ----\n', unit: '\n', after: 'x' },
    { before: '---- x stdout ----\n', unit: "panicked at '" },
  ],
  'a report in TAP': [
    { before: 'ok 1', unit: ' ', after: 'x' },
    { before: '#   Failed test\n#   at x\n#   x', unit: ' ', after: 'y' },
    { unit: '#   Failed test\n#   at x\n' },
  ],
  'a report for TeamCity': [{ before: '##teamcity[', unit: 'a' }, { unit: '##teamcity[a\n' }],
  'a report of go test': [{ before: '--- FAIL: A (0.00s)\n', unit: '    x.go:1: \n' }],
  'answers in c': [
    { before: '#if 0\n', unit: 'a\n' },
    { unit: 'int f(' },
    { before: 'int f(', unit: '[', after: ') {' },
    { before: 'int f(', unit: ' ', after: 'x) {' },
  ],
  'answers in cpp': [
    { before: '#if 0\n', unit: 'a\n' },
    { unit: 'int f(' },
    { before: 'int f() {}', unit: 'template <' },
  ],
  'answers in java': [{ unit: '\n' }, { unit: '/*' }, { unit: 'final ' }, { before: '"', unit: '\\"' }],
  'answers in go': [{ unit: '\n' }, { unit: 'func (' }],
  'answers in rust': [{ unit: 'fn f<' }, { unit: 'fn f(' }, { unit: 'pub(\n' }],
  'answers in bash': [{ unit: '\n', after: 'x' }],
  'answers in php': [{ unit: '\n' }],
  'answers in perl': [{ unit: '\n' }],
  'answers in r': [{ unit: '\n' }],
  'findings of javac': [
    { unit: '\n' },
    { unit: 'main.java:1: error: x\n' },
    { unit: '@//\n' },
    { unit: '@SuppressWarnings(' },
  ],
  'findings of go vet': [{ unit: '\n' }, { unit: '{\n' }],
  'a number of output': [{ unit: '1', after: 'x' }],
  'findings of gcc': [
    { before: "main.c:1:1: error: '", unit: 'a' },

    { unit: "main.c:1:1: error: 'struct p' has no member named 'z'\n" },
    { unit: '#/**//*\n' },
    { unit: '#\\\n' },
  ],
  'findings of php -l': [{ before: 'PHP Parse error:', unit: ' ', after: 'x' }],
  'findings of perl -wc': [
    { unit: 'x at main.pl line 1.\n' },
    { before: '#', unit: '\t' },
    { unit: 'compilation aborted at ./' },
    { unit: 'tiebreak\t./' },
  ],
  'findings of rustc': [
    { unit: 'mod a;\n' },
    { unit: 'pub(' },
    { unit: '#![cfg(' },
    { unit: '/*' },
    { unit: '#[cfg(' },
  ],
};

/** Short texts of all kinds, with which the readers call all that they use. */
const samples = [marks.join(''), marks.join('\n'), ...sampleTexts];

describe('the time of a reader', () => {
  for (const [name, read] of Object.entries(readers)) {
    it(`grows linearly: ${name}`, async () => {
      for (const repetition of [...(known[name] ?? []), ...sampled(name)]) {
        const told = JSON.stringify(repetition);
        await assertLinear(read, repetition).catch((error: unknown) => {
          throw new Error(`${told}: ${(error as Error).message}`, { cause: error });
        });
      }
    });
  }

  it('is measured for every exported function that reads a text', async function () {
    // Counting calls here would reset the counts of `npm run coverage`.
    if (process.env['NODE_V8_COVERAGE'] !== undefined) this.skip();
    const notCalled = await exportsNotCalled(async () => {
      for (const read of Object.values(readers)) for (const text of samples) await read(text);
    });
    assert.deepEqual(
      notCalled.filter((name) => !unmeasured.has(name)),
      [],
      'add a reader that calls these to test/fixtures/readers.ts',
    );
    assert.deepEqual(
      [...unmeasured].filter((name) => !notCalled.includes(name)),
      [],
      'these are measured, or no longer exist',
    );
  });

  it('is measured for every check', () => {
    const missing = createChecks({ sandbox: sandboxPrinting(''), checkersDir: '', trusted: () => true })
      .map(({ id }) => id)
      .filter((id) => readers[`findings of ${id}`] === undefined && readers[id] === undefined);
    assert.deepEqual(missing, [], 'add these to test/fixtures/outputReaders.ts or jsonReaders.ts');
  });

  it('has a reader for each known repetition', () => {
    assert.deepEqual(
      Object.keys(known).filter((name) => readers[name] === undefined),
      [],
    );
  });

  it('grows linearly with different names of tests', async () => {
    await assertLinear((text) => readGoTest(text.replaceAll('?', (_, at: number) => `${at}`)), {
      unit: '--- PASS: A?/b (0.00s)\n',
    });
  });

  it('is bounded for hunks that nearly fit in many places', () => {
    const hunks = '@@ -1,3 +1,3 @@\n a\n a\n-b\n+c\n'.repeat(199);
    const { rejections } = applyDiff(`--- a/x\n+++ b/x\n${hunks}`, [
      { path: 'x', text: 'a\n'.repeat(1 << 19) },
    ]);
    assert.match(rejections.at(-1)!.reason, /takes too long to apply/);
  });
});

/** A few repetitions for each reader, the same in every run; `npm run bench` tries all. */
function sampled(name: string): Repetition[] {
  const random = seededRandom(name);
  const mark = (): string => marks[randomIndex(random, marks.length)]!;
  return Array.from({ length: 5 }, () => ({ before: mark(), unit: mark(), after: mark() }));
}

describe('the places in a text', () => {
  it('count every kind of line end', () => {
    const at = placesIn('a\nbc\r\nd\re');
    assert.deepEqual(
      [0, 1, 2, 3, 6, 8, 9].map((offset) => Object.values(at(offset))),
      [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
        [3, 1],
        [4, 1],
        [4, 2],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createTwoFilesPatch } from 'diff';
import { applyDiff, looksLikeDiff } from '../../../../src/core/extraction/patches.ts';

describe('looksLikeDiff', () => {
  it('tells a diff from text about one', () => {
    assert.ok(looksLikeDiff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'));
    assert.ok(!looksLikeDiff('- one\n+ two\n'));
    assert.ok(!looksLikeDiff('The marks @@ and --- are in the text\n'));
  });
});

describe('applyDiff', () => {
  const file = { path: 'src/x.py', text: 'a\nb\nc\nd\n' };

  it('finds the file of the task by the end of its path', () => {
    const { files } = applyDiff('--- x.py\n+++ x.py\n@@ -2 +2 @@\n-b\n+B\n', [file]);
    assert.deepEqual(files, [{ path: 'src/x.py', text: 'a\nB\nc\nd\n' }]);
  });

  it('understands hunk headers without numbers and blank context lines without their blank', () => {
    const spaced = { path: 'x', text: 'a\n\nb\n' };
    const { files, problems } = applyDiff('--- a/x\n+++ b/x\n@@ ... @@\n a\n\n-b\n+B\n', [spaced]);
    assert.deepEqual(problems, []);
    assert.equal(files[0]?.text, 'a\n\nB\n');
  });

  it('applies what any diff of two texts says', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', '@@', '--- x', '  c'), { maxLength: 12 })
      .map((lines) => `${lines.join('\n')}\n`);
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && !/^--- x$/m.test(before + after));
        const patch = createTwoFilesPatch('a/f', 'b/f', before, after);
        assert.deepEqual(applyDiff(patch, [{ path: 'f', text: before }]), {
          files: [{ path: 'f', text: after }],
          problems: [],
        });
      }),
    );
  });

  it('never throws', () => {
    const line = fc.oneof(
      fc.constantFrom('--- a/f', '+++ b/f', '@@ -1,9 +1 @@', '@@', '-a', '+b', ' c', '\\ No newline'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        applyDiff(lines.join('\n'), [{ path: 'f', text: 'a\nb\n' }]);
      }),
      { numRuns: 500 },
    );
  });
});

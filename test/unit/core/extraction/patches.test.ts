import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createTwoFilesPatch } from 'diff';
import { looksLikeDiff } from '../../../../src/core/extraction/diffText.ts';
import { applyDiff } from '../../../../src/core/extraction/patches.ts';
import { rejectionListing } from '../../../../src/core/extraction/rejections.ts';

describe('looksLikeDiff', () => {
  it('distinguishes a diff from text about a diff', () => {
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

  it('understands hunk headers without numbers, and empty context lines without their leading space', () => {
    const spaced = { path: 'x', text: 'a\n\nb\n' };
    const { files, rejections } = applyDiff('--- a/x\n+++ b/x\n@@ ... @@\n a\n\n-b\n+B\n', [spaced]);
    assert.deepEqual(rejections, []);
    assert.equal(files[0]?.text, 'a\n\nB\n');
  });

  it('applies a hunk with two differing lines of context, with a note, but not with three', () => {
    const lines = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const text = `${lines.join('\n')}\n`;
    const patch = (context: string) =>
      `--- a/f\n+++ b/f\n@@ -1,7 +1,7 @@\n${context} three\n-four\n+FOUR\n five\n six\n seven\n`;
    const fuzzy = applyDiff(patch(' ONE\n TWO\n'), [{ path: 'f', text }]);
    assert.deepEqual(fuzzy.files, [{ path: 'f', text: text.replace('four', 'FOUR') }]);
    assert.deepEqual(fuzzy.notes, [
      'Hunk 1 of 1 of f applies only with fuzz: 2 lines of its context differ.',
    ]);
    const strange = applyDiff(patch(' ONE\n TWO\n').replace(' seven', ' SEVEN'), [{ path: 'f', text }]);
    assert.deepEqual(
      strange.rejections.map(({ reason }) => reason),
      ['hunk 1 of 1 does not apply'],
    );
  });

  it('shows the lines that a rejected hunk expects and those at the nearest position', () => {
    const text = 'a\nb\nc\nd\ndef f(x):\n    return 2\n';
    const patch = '--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n def f(x):\n-    return 1\n+    return 3\n';
    const { rejections } = applyDiff(patch, [{ path: 'f', text }]);
    assert.deepEqual(rejections, [
      {
        path: 'f',
        reason: 'hunk 1 of 1 does not apply',
        hunk: {
          number: 1,
          count: 1,
          line: 5,
          expected: ['def f(x):', '    return 1'],
          found: ['def f(x):', '    return 2'],
        },
      },
    ]);
    assert.equal(
      rejectionListing(rejections),
      'f: hunk 1 of 1 does not apply, nearest at line 5\n' +
        'expected:\n  def f(x):\n!     return 1\nfound, from line 5:\n  def f(x):\n!     return 2\n',
    );
  });

  it('renames and deletes as git says', () => {
    const move = 'diff --git a/f b/g\nsimilarity index 90%\nrename from f\nrename to g\n';
    const change = '--- a/f\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n';
    const gone = 'diff --git a/h b/h\ndeleted file mode 100644\n--- a/h\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n';
    const outcome = applyDiff(move + change + gone, [
      { path: 'f', text: 'a\n' },
      { path: 'h', text: 'x\n' },
    ]);
    assert.deepEqual(outcome, {
      files: [{ path: 'g', text: 'b\n' }],
      removed: ['f', 'h'],
      rejections: [],
      notes: [],
    });
  });

  for (const [what, patch] of [
    ['a path out of the folder', '--- /dev/null\n+++ b/../../x\n@@ -0,0 +1 @@\n+x\n'],
    ['an absolute path', '--- /dev/null\n+++ /etc/x\n@@ -0,0 +1 @@\n+x\n'],
    ["git's folder", '--- /dev/null\n+++ b/sub/.Git/hooks/x\n@@ -0,0 +1 @@\n+x\n'],
    [
      'a symbolic link',
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n',
    ],
    ['a binary file', 'diff --git a/b.bin b/b.bin\nBinary files a/b.bin and b/b.bin differ\n'],
    ['a file that is there already', '--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+x\n'],
  ] as const) {
    it(`refuses ${what}`, () => {
      const { files, rejections } = applyDiff(patch, [{ path: 'f', text: 'a\n' }]);
      assert.deepEqual(files, []);
      assert.equal(rejections.length, 1);
    });
  }

  it('leaves out the signature of a mailed patch and the gap before the next file', () => {
    const one = '--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+A\n b\n\n';
    const two = '--- a/g\n+++ b/g\n@@ -1 +1 @@\n-c\n+C\n-- \n2.39.5\n';
    const { files, rejections } = applyDiff(one + two, [
      { path: 'f', text: 'a\nb\n' },
      { path: 'g', text: 'c\n' },
    ]);
    assert.deepEqual(rejections, []);
    assert.deepEqual(
      files.map(({ text }) => text),
      ['A\nb\n', 'C\n'],
    );
  });

  it('applies the diff of any two texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', '@@', '--- x', '  c'), { maxLength: 12 })
      .map((lines) => `${lines.join('\n')}\n`);
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && !/^--- x$/m.test(before + after));
        const patch = createTwoFilesPatch('a/f', 'b/f', before, after);
        assert.deepEqual(applyDiff(patch, [{ path: 'f', text: before }]), {
          files: [{ path: 'f', text: after }],
          removed: [],
          rejections: [],
          notes: [],
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

import assert from 'node:assert/strict';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';
import { applyDiff } from '../../../../src/core/extraction/patches.ts';
import { filesOf, patchesAbsent, patchRows, type PatchRow } from '../../../fixtures/patches.ts';
import { skipBecause } from '../../../skip.ts';

/** Every patch of a row, by a name for the message. */
function patchesOf(row: PatchRow): [string, string][] {
  const others = { reference: row.reference_patch, tests: row.test_patch };
  return [
    ...row.answers.map(({ slot, patch }): [string, string] => [`${row.instance_id} ${slot}`, patch]),
    ...Object.entries(others).flatMap(([name, patch]): [string, string][] =>
      patch === null ? [] : [[`${row.instance_id} ${name}`, patch]],
    ),
  ];
}

describe('real patches', () => {
  before(function () {
    if (patchesAbsent !== undefined) skipBecause(this, patchesAbsent);
  });

  it('all parse and apply exactly to matching files', () => {
    const patches = patchRows().flatMap(patchesOf);
    assert.ok(patches.length >= 120, `${patches.length} patches`);
    for (const [name, patch] of patches) {
      const { before, after } = filesOf(patch);
      assert.ok(after.length > 0, name);
      const outcome = applyDiff(patch, before);
      assert.deepEqual(outcome.rejections, [], name);
      assert.deepEqual(outcome.notes, [], name);
      assert.deepEqual([...outcome.files].toSorted(byPath), after.toSorted(byPath), name);
    }
  });

  it('are read as patches, bare and fenced, with prose around them', () => {
    for (const row of patchRows()) {
      for (const { slot, patch } of row.answers) {
        const { before: files, after } = filesOf(patch);
        const options = { language: row.language, prompt: row.problem_statement, files, mainFile: 'main.py' };
        const fence = '`'.repeat(4);
        for (const text of [
          patch,
          `This fixes it:\n\n${fence}diff\n${patch}${fence}\n\nThe cause was a typo.\n`,
        ]) {
          const [best] = extractAnswer(text, options).readings;
          assert.equal(best?.id, 'diff', `${row.instance_id} ${slot}`);
          assert.deepEqual([...best.files].toSorted(byPath), after.toSorted(byPath));
        }
      }
    }
  });

  it('are rejected with the hunk if its first removed line differs', () => {
    let rejected = 0;
    for (const [name, patch] of patchRows().flatMap(patchesOf)) {
      const { before } = filesOf(patch);
      const gone = /^-(?!--)(.*\S.*)$/m.exec(patch)?.[1];
      const changed = before.map(({ path, text }) => ({
        path,
        text: gone === undefined ? text : text.replaceAll(gone, 'another line altogether'),
      }));
      if (gone === undefined || changed.every(({ text }, index) => text === before[index]!.text)) continue;
      const hunk = applyDiff(patch, changed).rejections[0]?.hunk;
      assert.ok(hunk !== undefined && hunk.expected.includes(gone), name);
      assert.ok(!hunk.found.includes(gone), name);
      rejected += 1;
    }
    assert.ok(rejected > 80, `${rejected} patches take a line away`);
  });
});

function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : 1;
}

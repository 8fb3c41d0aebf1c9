import assert from 'node:assert/strict';
import { panelFiles } from '../../../../src/sessions/review/taskFiles.ts';

describe('the files of a task in the panel', () => {
  it('are all sent if they are few', () => {
    const files = [{ path: 'a.txt', text: 'a' }];
    assert.deepEqual(panelFiles(files), { files, moreFiles: 0 });
    assert.deepEqual(panelFiles(undefined), { files: [], moreFiles: 0 });
  });

  it('are only counted beyond the limit of the panel', () => {
    const large = { path: 'large.txt', text: 'x'.repeat(150_000) };
    const { files, moreFiles } = panelFiles([large, large, large]);
    assert.deepEqual([files.length, moreFiles], [1, 2]);
    const many = Array.from({ length: 500 }, (_, index) => ({ path: `${index}.txt`, text: '' }));
    assert.equal(panelFiles(many).moreFiles, 400);
  });
});

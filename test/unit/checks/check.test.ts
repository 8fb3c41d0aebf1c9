import assert from 'node:assert/strict';
import { checkRequest } from '../../../src/checks/check.ts';
import type { Case } from '../../../src/core/task/task.ts';

describe('the request to the checks', () => {
  it('leaves out a diff without files to apply it to', () => {
    const diff =
      'diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n import os\n-a = 1\n+a = 2\n';
    const holding = `text = """\n${diff}"""\n`;
    const files = [
      { path: 'main.py', text: diff },
      { path: 'other.py', text: holding },
    ];
    assert.deepEqual(checkRequest('m1', 'python', files, []).files, [{ path: 'other.py', text: holding }]);
  });

  it('has the tables of the first case with tables', () => {
    const cases = ['a', 'b'].map((table): Case => {
      const schema = `CREATE TABLE ${table} (x);`;
      return { id: table, kind: 'sql', origin: 'task', rows: [], ordered: false, schema };
    });
    assert.equal(checkRequest('m1', 'sql', [], cases).schema, 'CREATE TABLE a (x);');
  });
});

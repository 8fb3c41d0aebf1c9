import { strict as assert } from 'node:assert';
import { codePlaces } from '../../../../src/webview/text/codePlaces.ts';

const lines = Array.from({ length: 40 }, () => '');

function found(text: string, ...paths: string[]): string[] {
  const files = paths.map((path) => ({ path, lines }));
  return codePlaces(text, files).map(
    ({ start, end, file, line }) => `${text.slice(start, end)} is ${file} ${line}`,
  );
}

describe('the lines of an answer that an error names', () => {
  it('are found in the forms of each language', () => {
    assert.deepEqual(found('File "/scratch/main.py", line 27, in add', 'main.py'), [
      'main.py", line 27 is main.py 27',
    ]);
    assert.deepEqual(found('at add (file:///scratch/main.mjs:3:9)', 'main.mjs'), [
      'main.mjs:3 is main.mjs 3',
    ]);
    assert.deepEqual(found('at Main.add(Main.java:12)', 'Main.java'), ['Main.java:12 is Main.java 12']);
    assert.deepEqual(found('main.sh: line 4: x: not found', 'main.sh'), ['main.sh: line 4 is main.sh 4']);
    assert.deepEqual(found('in /scratch/main.php on line 5', 'main.php'), [
      'main.php on line 5 is main.php 5',
    ]);
    assert.deepEqual(found('died at main.pl line 6.', 'main.pl'), ['main.pl line 6 is main.pl 6']);
  });

  it('are not those of other files, nor lines that the file does not have', () => {
    assert.deepEqual(found('File "domain.py", line 2', 'main.py'), []);
    assert.deepEqual(found('File "/scratch/.tiebreak/main.py", line 2', 'main.py'), []);
    assert.deepEqual(found('main.py:41 main.py:0 main.py', 'main.py'), []);
  });

  it('are told in the order of the text', () => {
    assert.deepEqual(
      found('b.py:2 a.py:1 b.py:3', 'a.py', 'b.py').map((place) => place.split(' is ')[1]),
      ['b.py 2', 'a.py 1', 'b.py 3'],
    );
  });
});

import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { shellCommand, shellLine } from '../../../../src/webview/text/shellWords.ts';

describe('a command as a shell line', () => {
  it('is quoted if a shell would split or replace it', () => {
    assert.equal(
      shellLine(['bash', '-c', 'bash setup.sh 2>/dev/null; bash main.sh', 'name']),
      "bash -c 'bash setup.sh 2>/dev/null; bash main.sh' name",
    );
    assert.equal(shellLine(['echo', "it's", '', '$HOME']), "echo 'it'\\''s' '' '$HOME'");
  });

  it('is read as a shell splits it', () => {
    assert.deepEqual(shellCommand('python3  main.py "two words" \'$x\' a\\ b ""'), [
      'python3',
      'main.py',
      'two words',
      '$x',
      'a b',
      '',
    ]);
    assert.deepEqual(shellCommand('echo "a \\"b\\" \\n"'), ['echo', 'a "b" \\n']);
    assert.equal(shellCommand("echo 'open"), undefined);
  });

  it('is passed to a shell as a whole if only a shell can read it', () => {
    const line = 'bash main.sh <in.txt | sort';
    assert.deepEqual(shellCommand(line), ['bash', '-c', line]);
    assert.deepEqual(shellCommand('echo "$HOME"'), ['bash', '-c', 'echo "$HOME"']);
    assert.deepEqual(shellCommand('LC_ALL=C sort a.txt'), ['bash', '-c', 'LC_ALL=C sort a.txt']);
    assert.deepEqual(shellCommand(''), []);
  });

  it('is the line itself if the shell gets the whole line', () => {
    const line = "python3 -c 'print(1)' | sort";
    assert.equal(shellLine(['bash', '-c', line]), line);
    assert.equal(shellLine(['bash', '-c', 'sort a.txt']), "bash -c 'sort a.txt'");
  });

  it('is the same words again, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => assert.deepEqual(shellCommand(shellLine(words)), words)),
    );
  });
});

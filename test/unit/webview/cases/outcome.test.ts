import { strict as assert } from 'node:assert';
import type { CaseResult } from '../../../../src/core/run/run.ts';
import type { Case } from '../../../../src/core/task/task.ts';
import { excerptOf } from '../../../../src/webview/cases/longText.ts';
import { actualParts, expectedParts, laidOut, printedParts } from '../../../../src/webview/cases/outcome.ts';
import { result } from '../../../fixtures/rationaleContext.ts';

const base = { id: 'c', origin: 'task' } as const;
const gave = (about: Partial<CaseResult>): CaseResult => ({ ...result('c', 'fail'), ...about });

describe('what a case expects and what an answer gave', () => {
  it('are in one notation', () => {
    const call: Case = { ...base, kind: 'call', args: [], expected: { a: [1, 'two'] } };
    assert.deepEqual(expectedParts(call), [{ label: '', text: '{"a": [1, "two"]}' }]);
    assert.deepEqual(actualParts(call, gave({ actual: 'text' })), [{ label: '', text: '"text"' }]);
    assert.deepEqual(actualParts(call, gave({ reason: 'ValueError: no' })), []);
    const rows: Case = { ...base, kind: 'sql', schema: '', rows: [[1, 'a', null]], ordered: false };
    assert.deepEqual(expectedParts(rows), [{ label: '', text: '1 | "a" | null' }]);
    assert.deepEqual(actualParts(rows, gave({ actual: [] })), [{ label: '', text: '' }]);
  });

  it('distinguish a thrown error from a returned text', () => {
    const call: Case = { ...base, kind: 'call', args: [], throws: 'ValueError' };
    assert.deepEqual(expectedParts(call), [{ label: '', text: 'throws ValueError' }]);
    const thrown = gave({ expected: 'ValueError', actual: 'TypeError' });
    assert.deepEqual(actualParts(call, thrown), [{ label: '', text: 'throws TypeError' }]);
    assert.deepEqual(actualParts(call, gave({ actual: 'TypeError' })), [{ label: '', text: '"TypeError"' }]);
  });

  it('of a command are told part by part, and what was printed is not told twice', () => {
    const command: Case = { ...base, kind: 'command', argv: ['x'], expect: { exit: 0, stdout: '' } };
    assert.deepEqual(expectedParts(command), [
      { label: 'exit', text: '0' },
      { label: 'stdout', text: '' },
    ]);
    const ran = gave({ actual: { exit: 1, stdout: 'hi' }, stdout: 'hi', stderr: 'oh' });
    assert.deepEqual(actualParts(command, ran), [
      { label: 'exit', text: '1' },
      { label: 'stdout', text: 'hi' },
    ]);
    assert.deepEqual(printedParts(command, ran), [{ label: 'errors', text: 'oh' }]);
  });

  it('are laid out over lines when they are long, a plain list as running text', () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    assert.equal(laidOut(numbers).includes('\n'), false);
    assert.equal(laidOut([numbers, [1]]), `[\n  ${laidOut(numbers)},\n  [1]\n]`);
  });
});

describe('a long text', () => {
  it('is shown in full if it is short', () => {
    assert.deepEqual(excerptOf('short', []), [0, 5]);
  });

  it('is cut to its beginning, or to the text around its first difference', () => {
    const text = 'line\n'.repeat(1_000);
    assert.deepEqual(excerptOf(text, []), [0, 24 * 5]);
    assert.deepEqual(excerptOf(text, [[10, 14]]), [0, 24 * 5]);
    const [start, end] = excerptOf(text, [[2_500, 2_504]]);
    assert.ok(start <= 2_500 && end >= 2_504 && end - start <= 2_000);
    const [from, to] = excerptOf('x'.repeat(9_000), [[8_000, 8_001]]);
    assert.ok(from <= 8_000 && to >= 8_001 && to - from <= 2_000);
  });
});

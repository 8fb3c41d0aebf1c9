import assert from 'node:assert/strict';
import { lintNotes, type NotesContext } from '../../../../src/core/rationale/notes.ts';
import { sampleContext } from '../../../fixtures/rationaleContext.ts';

function rulesOf(text: string, changes: Partial<NotesContext> = {}): string[] {
  const context = { ...sampleContext(), isChange: true, proof: undefined, ...changes };
  return lintNotes(text, context).map(({ rule, severity }) => `${rule} ${severity}`);
}

describe('the notes of an ideal', () => {
  const said = 'Checks the size first, because zero raised only at the first step.';

  it('are required if it started from an answer, but not from an empty file', () => {
    assert.deepEqual(rulesOf(' \n'), ['N01 E']);
    assert.deepEqual(rulesOf('', { isChange: false }), []);
    assert.deepEqual(rulesOf(said), []);
  });

  it('say more than a few words', () => {
    assert.deepEqual(rulesOf('Fixed it.'), ['N02 W']);
    assert.deepEqual(rulesOf('Fixed it.', { isChange: false }), ['N02 W']);
    assert.deepEqual(rulesOf('```\none two three four five six\n```'), []);
  });

  it('say why, in words or by a case', () => {
    assert.deepEqual(rulesOf('Replaced the loop by a slice of the list.'), ['N03 W']);
    assert.deepEqual(rulesOf('Replaced the loop by a slice, so nothing is copied.'), []);
    assert.deepEqual(rulesOf('Replaced the loop by a slice of the list.', { isChange: false }), []);
  });

  it('name a case that a weak answer fails', () => {
    const proof = { by: 'cases' as const, cases: ['size-zero'] };
    assert.deepEqual(rulesOf(said, { proof }), ['N04 I']);
    assert.deepEqual(rulesOf(`${said} See size-zero.`, { proof }), []);
    assert.deepEqual(rulesOf(said, { proof: { by: 'reason', reason: 'only style' } }), []);
  });

  it('get warnings for faults that would block a rationale', () => {
    assert.deepEqual(rulesOf(`${said} It reads as if written by ChatGPT.`), ['R18 W']);
    assert.deepEqual(rulesOf(`${said} As in @A:999.`), ['R06 W']);
    assert.deepEqual(rulesOf(`${said} Ask jo@corp-mail.org.`), ['R19 W']);
  });
});

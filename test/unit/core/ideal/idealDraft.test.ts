import assert from 'node:assert/strict';
import { readReferences, writeReferences } from '../../../../src/core/ideal/idealDraft.ts';

describe('the references of an ideal', () => {
  const text = [
    '- PEP 8 https://peps.python.org/pep-0008/',
    '',
    'Knuth, volume 3',
    'https://example.org/a?b=c',
  ].join('\n');
  const references = [
    { title: 'PEP 8', url: 'https://peps.python.org/pep-0008/' },
    { title: 'Knuth, volume 3' },
    { title: 'https://example.org/a?b=c', url: 'https://example.org/a?b=c' },
  ];

  it('are read one per line, with or without an address', () => {
    assert.deepEqual(readReferences(text), references);
    assert.deepEqual(readReferences(' \n'), []);
  });

  it('come back as they were written', () => {
    assert.deepEqual(readReferences(writeReferences(references)), references);
  });
});

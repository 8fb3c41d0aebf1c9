import assert from 'node:assert/strict';
import {
  areRelated,
  canonicalLanguage,
  extensionOf,
  languageOfPath,
} from '../../../../src/core/code/languages.ts';

describe('languages', () => {
  it('have one name each', () => {
    assert.equal(canonicalLanguage('Py'), 'python');
    assert.equal(canonicalLanguage('golang'), 'go');
    assert.equal(canonicalLanguage('c++'), 'cpp');
    assert.equal(canonicalLanguage('Befunge'), 'befunge');
    assert.equal(canonicalLanguage('constructor'), 'constructor');
  });

  it('are recognised by the extension of a file', () => {
    assert.equal(languageOfPath('src/a.TSX'), 'typescript');
    assert.equal(languageOfPath('a.unknown'), undefined);
    assert.equal(languageOfPath('Makefile'), undefined);
  });

  it('have an extension', () => {
    assert.equal(extensionOf('rs'), 'rs');
    assert.equal(extensionOf('befunge'), 'txt');
    assert.equal(extensionOf('constructor'), 'txt');
  });

  it('are related where one tool takes the files of both', () => {
    assert.ok(areRelated('js', 'typescript'));
    assert.ok(areRelated('SQLite', 'sql'));
    assert.ok(!areRelated('java', 'javascript'));
  });
});

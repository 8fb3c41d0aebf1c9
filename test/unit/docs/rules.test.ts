import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { rules } from '../../../src/core/rationale/lint.ts';

describe('the page on rationales', () => {
  it('lists every rule with its severity, in order', () => {
    const page = readFileSync(inRoot('docs/rationale.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (R\d+) +\| ([EWI]) +\|/gm)].map(([, id, severity]) => [id, severity]);
    assert.deepEqual(
      rows,
      rules.map(({ id, severity }) => [id, severity]),
    );
  });
});

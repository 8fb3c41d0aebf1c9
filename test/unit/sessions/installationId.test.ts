import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeTempDir, removeTempDir } from '../../../scripts/lib/temp.mjs';
import { installationId } from '../../../src/sessions/installationId.ts';

describe('the id of an installation', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await makeTempDir();
  });
  afterEach(() => removeTempDir(dir));

  it('is generated once, even if the folder is missing', () => {
    const storage = join(dir, 'not/there/yet');
    const made = installationId(storage);
    assert.match(made, /^evaluator-[0-9a-f]{8}$/);
    assert.equal(installationId(storage), made);
  });

  it('differs between installations', () => {
    assert.notEqual(installationId(join(dir, 'one')), installationId(join(dir, 'other')));
  });

  it('is the id of an earlier version, unless another id is already stored', () => {
    assert.equal(installationId(join(dir, 'one'), 'evaluator-before'), 'evaluator-before');
    assert.equal(installationId(join(dir, 'one'), 'evaluator-later'), 'evaluator-before');
  });
});

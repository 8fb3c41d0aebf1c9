import assert from 'node:assert/strict';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempDir, removeTempDir } from '../../../scripts/lib/temp.mjs';
import { StoreAccess } from '../../../src/sessions/storeAccess.ts';

const rethrow = (error: unknown): never => {
  throw error;
};

describe('access to the database', () => {
  let root: string;
  let stores: StoreAccess;
  let folder: string;

  beforeEach(async () => {
    root = await makeTempDir();
    folder = join(root, 'one');
    stores = new StoreAccess(() => folder, rethrow);
  });
  afterEach(async () => {
    await stores.close();
    await removeTempDir(root);
  });

  it('names the open database, even if the setting has changed', async () => {
    const store = await stores.get();
    folder = join(root, 'other');
    assert.equal(await stores.path(), join(root, 'one', 'tiebreak.db'));
    assert.equal(await stores.get(), store);
    await assert.rejects(access(join(root, 'other')), /ENOENT/);
  });

  it('reports that the setting names a different folder', async () => {
    assert.equal(stores.isElsewhere, false);
    await stores.get();
    assert.equal(stores.isElsewhere, false);
    folder = join(root, 'other');
    assert.equal(stores.isElsewhere, true);
    folder = join(root, 'one');
    assert.equal(stores.isElsewhere, false);
  });

  it('fires once when it opens, and retries after a failure', async () => {
    let opened = 0;
    stores.onDidOpen(() => (opened += 1));
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(stores.get());
    folder = join(root, 'two');
    await Promise.all([stores.get(), stores.get()]);
    assert.deepEqual([opened, await stores.path()], [1, join(root, 'two', 'tiebreak.db')]);
  });
});

import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { mainBundle } from '../../../scripts/lib/bundleSize.mjs';
import { nativeDir } from '../../../scripts/lib/native.mjs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { ensureVsix, vsixPath } from '../../../scripts/lib/vsix.mjs';
import { skipBecause } from '../../skip.ts';

/** A file in the package. */
interface Entry {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
}

describe('the packaged extension', function () {
  let entries: readonly Entry[];
  const names = (): string[] => entries.map(({ name }) => name.replace(/^extension\//, ''));

  before(async () => {
    await ensureVsix();
    entries = zipEntries(readFileSync(vsixPath));
  });

  it('is under 15 MB', () => {
    assert.ok(statSync(vsixPath).size < 15_000_000, `${statSync(vsixPath).size} bytes`);
  });

  it('contains everything that runs', () => {
    const needed = [
      'dist/extension/activate.js',
      'dist/webview/panel.js',
      'dist/language/server.js',
      'dist/cli/tiebreak.js',
      'dist/checkers/pyright/dist/pyright.js',
      'dist/checkers/typescript-checker/lib/typescript.js',
      'dist/checkers/@types/node/index.d.ts',
      'dist/checkers/undici-types/index.d.ts',
      'media/samples/queue.jsonl',
      'rubrics/general.json',
    ];
    const present = new Set(names());
    assert.deepEqual(
      needed.filter((name) => !present.has(name)),
      [],
    );
  });

  it('contains the compiled helper for each platform for which it was built', function () {
    if (!existsSync(nativeDir)) skipBecause(this, 'no helper was compiled here');
    const present = new Set(names());
    const built = readdirSync(nativeDir).filter((platform) =>
      existsSync(join(nativeDir, platform, 'helper')),
    );
    assert.ok(built.length > 0);
    for (const platform of built) assert.ok(present.has(`dist/native/${platform}/helper`), platform);
  });

  it('contains no source maps, sources or tests of ours', () => {
    const foreign = names().filter(
      (name) =>
        name.endsWith('.map') ||
        /^(src|test|scripts|node_modules)\//.test(name) ||
        name.startsWith('dist/test'),
    );
    assert.deepEqual(foreign, []);
  });

  it('contains no file from the folder beside the repository', function () {
    const shared = inRoot('../shared/data');
    if (!existsSync(shared)) skipBecause(this, 'there is no ../shared/data here');
    const fingerprints = new Set(filesUnder(shared).map((path) => fingerprint(readFileSync(path))));
    const copies = entries.filter(({ size, crc }) => size > 0 && fingerprints.has(`${size} ${crc}`));
    assert.deepEqual(copies, []);
  });

  it('makes the editor read one file of less than 200 kB to start it', () => {
    const { files, bytes } = mainBundle();
    assert.equal(files, 1);
    assert.ok(bytes > 0 && bytes < 200_000, `${bytes} bytes`);
  });
});

/** Reads a zip file's central directory (APPNOTE.TXT 4.3.12; no zip64, a VSIX is far from it). */
function zipEntries(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let offset = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const nameLength = zip.readUInt16LE(offset + 28);
    const entry = {
      name: zip.toString('utf8', offset + 46, offset + 46 + nameLength),
      size: zip.readUInt32LE(offset + 24),
      crc: zip.readUInt32LE(offset + 16),
    };
    offset += 46 + nameLength + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
    return entry;
  });
}

const fingerprint = (content: Buffer): string => `${content.length} ${crc32(content)}`;

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { makeTempDir, removeTempDir } from '../../../scripts/lib/temp.mjs';
import { nodeVersionProblem } from '../../../src/cli/nodeVersion.ts';
import { skipBecause } from '../../skip.ts';

describe('the Node.js that the command line needs', function () {
  it('is named in one line if the running version is too old', () => {
    for (const version of ['16.20.2', '20.20.2', '22.4.0', '22.12.0']) {
      const problem = nodeVersionProblem(version);
      assert.equal(
        problem,
        `tiebreak needs Node.js 22.13 or newer; this is Node.js ${version}. Install a newer one from https://nodejs.org`,
      );
    }
    assert.match(nodeVersionProblem('23.3.0')!, /needs Node\.js 23\.4 or newer; this is Node\.js 23\.3\.0/);
  });

  it('is not named if the running version is sufficient', () => {
    for (const version of ['22.13.0', '22.22.1', '23.4.0', '24.0.0', '26.1.0', '24.0.0-nightly'])
      assert.equal(nodeVersionProblem(version), undefined, version);
  });

  it('is the version that the package names', () => {
    const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
      engines: { node: string };
    };
    assert.equal(engines.node, '^22.13.0 || >=23.4.0');
  });

  describe('is checked before anything else is loaded,', () => {
    let dir: string;
    let loadedAtOnce: string[];
    before(async () => {
      dir = await makeTempDir();
      const { metafile } = await build({
        entryPoints: [inRoot('src/cli/tiebreak.ts')],
        outdir: join(dir, 'cli'),
        absWorkingDir: inRoot(),
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        mainFields: ['module', 'main'],
        target: 'node22.13',
        metafile: true,
        outExtension: { '.js': '.mjs' },
        logLevel: 'silent',
      });
      const { outputs } = metafile;
      const entry = Object.values(outputs).find(({ entryPoint }) => entryPoint === 'src/cli/tiebreak.ts')!;
      const chunks = entry.imports.filter(({ kind }) => kind === 'import-statement');
      loadedAtOnce = [entry, ...chunks.map(({ path }) => outputs[path]!)].flatMap(({ inputs }) =>
        Object.keys(inputs),
      );
    });
    after(() => removeTempDir(dir));

    it('so that the check works in every Node.js', () => {
      assert.deepEqual(loadedAtOnce, ['src/cli/nodeVersion.ts', 'src/cli/tiebreak.ts']);
    });

    it('as an old Node.js of this machine shows', function () {
      const old = oldNode();
      if (old === undefined) return skipBecause(this, 'every Node.js on PATH will do');
      const { status, stdout, stderr } = spawnSync(old.path, [join(dir, 'cli/tiebreak.mjs'), 'verify'], {
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout, stderr], [3, '', `error: ${nodeVersionProblem(old.version)!}\n`]);
    });
  });
});

/** The first Node.js on PATH that is too old, if there is one. */
function oldNode(): { path: string; version: string } | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .map((path) => ({
      path,
      version: spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim().slice(1) ?? '',
    }))
    .find(({ version }) => version !== '' && nodeVersionProblem(version) !== undefined);
}

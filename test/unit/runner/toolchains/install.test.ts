import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { search } from '../../../../src/runner/toolchains/detect.ts';
import { findProgram } from '../../../../src/runner/toolchains/findProgram.ts';
import { installRemedy } from '../../../../src/runner/toolchains/install.ts';

describe('the command that installs what is missing', () => {
  const names = { brew: 'openjdk', winget: 'EclipseAdoptium.Temurin.21.JDK', page: 'https://adoptium.net' };

  it('is that of the platform', async () => {
    assert.equal(await installRemedy('jdk', names, 'darwin'), 'Install it: brew install openjdk');
    assert.equal(
      await installRemedy('jdk', names, 'win32'),
      'Install it: winget install EclipseAdoptium.Temurin.21.JDK',
    );
    assert.equal(await installRemedy('jdk', names, 'freebsd'), 'Install it: https://adoptium.net');
  });

  it('is that of the distribution', async () => {
    const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
    const remedy = await installRemedy('jdk', { dnf: 'java-devel' }, 'linux');
    if (/debian|ubuntu/.test(release)) assert.equal(remedy, 'Install it: sudo apt install jdk');
    else if (/fedora/.test(release)) assert.equal(remedy, 'Install it: sudo dnf install java-devel');
    else assert.match(remedy, /jdk|java-devel/);
  });

  it('is given with the searched program if no program answers as expected', async () => {
    const wanted = { language: 'fortran', missing: 'Fortran 2018', package: 'gfortran' };
    // One program is missing, the other is not the expected program.
    const facts = { names: ['no-such-program', 'true'], arguments: [], describe: () => undefined };
    assert.deepEqual(await search({ ...wanted, ...facts }), {
      language: 'fortran',
      missing: `Fortran 2018 ("no-such-program" or "true" on PATH; ${await findProgram('true')} gave no usable answer)`,
      remedy: await installRemedy('gfortran'),
    });
  });

  it('keeps a toolchain from showing the sandbox a whole home folder', async () => {
    const facts = { name: 'Fortran', version: '1', program: '/usr/bin/true' };
    const found = await search({
      language: 'fortran',
      names: ['true'],
      arguments: [],
      describe: () => ({ ...facts, readOnly: ['/', homedir(), join(homedir(), '.fortran')] }),
      missing: 'Fortran',
      package: 'gfortran',
    });
    assert.deepEqual('missing' in found ? found : found.readOnly, [join(homedir(), '.fortran')]);
  });
});

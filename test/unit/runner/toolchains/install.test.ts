import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { search } from '../../../src/runner/detect.ts';
import { installMend } from '../../../src/runner/install.ts';

describe('the command that installs what is missing', () => {
  const names = { brew: 'openjdk', winget: 'EclipseAdoptium.Temurin.21.JDK', page: 'https://adoptium.net' };

  it('is that of the platform', async () => {
    assert.equal(await installMend('jdk', names, 'darwin'), 'Install it: brew install openjdk');
    assert.equal(
      await installMend('jdk', names, 'win32'),
      'Install it: winget install EclipseAdoptium.Temurin.21.JDK',
    );
    assert.equal(await installMend('jdk', names, 'freebsd'), 'Install it: https://adoptium.net');
  });

  it('is that of the distribution', async () => {
    const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
    const mend = await installMend('jdk', { dnf: 'java-devel' }, 'linux');
    if (/debian|ubuntu/.test(release)) assert.equal(mend, 'Install it: sudo apt install jdk');
    else if (/fedora/.test(release)) assert.equal(mend, 'Install it: sudo dnf install java-devel');
    else assert.match(mend, /jdk|java-devel/);
  });

  it('is said with what was looked for, where no program answers as it should', async () => {
    const wanted = { language: 'fortran', missing: 'Fortran 2018', package: 'gfortran' };
    // One is not there, the other is not what it is taken for.
    const facts = { names: ['no-such-program', 'true'], arguments: [], describe: () => undefined };
    assert.deepEqual(await search({ ...wanted, ...facts }), {
      language: 'fortran',
      missing: 'Fortran 2018 ("no-such-program" or "true" on PATH)',
      mend: await installMend('gfortran'),
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

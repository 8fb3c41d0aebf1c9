import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { SetupReport } from '../../../src/sessions/setup/examineSetup.ts';
import { Workplace } from './tiebreak.ts';

describe('tiebreak doctor', function () {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  /** An environment in which these programs are found first, and do not work. */
  function without(...programs: readonly string[]): NodeJS.ProcessEnv {
    mkdirSync(place.path('bin'));
    for (const name of programs) {
      writeFileSync(place.path(`bin/${name}`), '#!/bin/sh\necho "broken here" >&2\nexit 1\n', {
        mode: 0o755,
      });
    }
    return { HOME: place.folder, PATH: `${place.path('bin')}:${process.env['PATH']}` };
  }

  it('says what is missing and how to get it, and fails if nothing can be run', async function () {
    if (process.platform !== 'linux') this.skip();
    const env = without('bwrap', 'podman', 'ruby');
    const { code, stdout, stderr } = await place.tiebreak(['doctor'], env);
    assert.deepEqual([code, stderr], [1, '']);
    assert.match(
      stdout,
      /^Sandboxes\n {2}bubblewrap does not work: .* is missing\. \S.*\n {2}container does not work: /,
    );
    assert.match(stdout, /\nLanguages\n/);
    assert.match(stdout, /\n {2}ruby is missing: Ruby .* was not found\. Install/);
    assert.match(
      stdout,
      /\n {2}javascript is installed, but was not tried, because no sandbox works: Node\.js /,
    );
    assert.match(stdout, /\nAnswers cannot be run, because no sandbox works\.\n$/);

    const asJson = await place.tiebreak(['doctor', '--json'], env);
    assert.equal(asJson.code, 1);
    const report = JSON.parse(asJson.stdout) as SetupReport;
    assert.deepEqual(
      report.sandboxes.map(({ name, state }) => [name, state]),
      [
        ['bubblewrap', 'fails'],
        ['container', 'fails'],
      ],
    );
    const { state } = report.languages.find(({ name }) => name === 'ruby')!;
    assert.equal(state, 'missing');
  });

  it('takes no arguments', async () => {
    const { code, stderr } = await place.tiebreak(['doctor', 'python']);
    assert.equal(code, 2);
    assert.match(stderr, /unexpected argument "python"/);
  });
});

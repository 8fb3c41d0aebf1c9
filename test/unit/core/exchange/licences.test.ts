import assert from 'node:assert/strict';
import { mayBeShown } from '../../../../src/core/exchange/licences.ts';

describe('a licence', () => {
  const table: [expression: string, isAllowed: boolean][] = [
    ['MIT', true],
    ['mit', true],
    ['MIT-0', true],
    ['Apache-2.0', true],
    ['BSD-2-Clause', true],
    ['BSD-3-Clause', true],
    ['0BSD', true],
    ['ISC', true],
    ['Unlicense', true],
    ['CC0-1.0', true],
    ['CC-BY-3.0', true],
    ['CC-BY-4.0', true],
    ['CC-BY-SA-4.0', true],
    ['MPL-2.0', true],
    ['Zlib', true],
    ['PSF-2.0', true],
    ['ODC-By-1.0', true],
    ['CDLA-Permissive-2.0', true],
    ['Apache-2.0 WITH LLVM-exception', true],
    ['MIT OR GPL-3.0-only', true],
    ['GPL-3.0-only OR MIT', true],
    ['(MIT AND CC-BY-4.0)', true],
    ['(GPL-2.0-only OR (MIT AND ISC))', true],
    ['Apache-2.0+', true],
    ['CC-BY-NC-4.0', false],
    ['CC-BY-NC-SA-4.0', false],
    ['CC-BY-ND-4.0', false],
    ['GPL-2.0-only', false],
    ['GPL-3.0-or-later', false],
    ['AGPL-3.0-only', false],
    ['LGPL-2.1-only', false],
    ['SSPL-1.0', false],
    ['BUSL-1.1', false],
    ['CC-BY-2.5', false],
    ['MIT AND GPL-3.0-only', false],
    ['MIT AND (CC-BY-4.0 AND CC-BY-NC-4.0)', false],
    ['GPL-3.0-only WITH MIT', false],
    ['proprietary', false],
    ['LicenseRef-MIT', false],
    ['NONE', false],
    ['NOASSERTION', false],
    ['unknown', false],
    ['not MIT', false],
    ['MIT, but ask first', false],
    ['MIT OR', false],
    ['OR MIT', false],
    ['(MIT', false],
    ['MIT)', false],
    ['MIT WITH', false],
    ['', false],
    [' ', false],
    ['('.repeat(100_000), false],
  ];
  for (const [expression, isAllowed] of table) {
    it(`${isAllowed ? 'lets' : 'does not let'} a text be shown: ${JSON.stringify(expression).slice(0, 40)}`, () => {
      assert.equal(mayBeShown(expression), isAllowed);
    });
  }
});

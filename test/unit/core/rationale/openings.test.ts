import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lintRationale } from '../../../../src/core/rationale/lint.ts';
import type { ShownPreference } from '../../../../src/core/task/preference.ts';
import { sampleContext } from '../../../fixtures/rationaleContext.ts';

const file = new URL('../../../data/rationales/openings.txt', import.meta.url);

interface Opening {
  readonly shown: ShownPreference;
  /** The rule that must block it; `undefined` if none may. */
  readonly fault: string | undefined;
  readonly text: string;
}

/** Lines such as `0 | It is a tie.` and `-2 ! R02 | It is a tie.` */
const openings = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((line): Opening[] => {
    if (line === '' || line.startsWith('#')) return [];
    const read = /^(?<shown>both-bad|-?[0-3])(?: ! (?<fault>R\d\d))? \| (?<text>.+)$/.exec(line)?.groups;
    assert.ok(read !== undefined, line);
    const shown = read['shown'] === 'both-bad' ? 'both-bad' : (Number(read['shown']) as ShownPreference);
    return [{ shown, fault: read['fault'], text: read['text']! }];
  });

/** What follows every opening: long enough, with anchors, and without a verdict. */
const reason =
  'For `[1, 2, 3]` and a size of 2, @A:3 and @B:3 return `[[1, 2]]`, and the prompt asks for `[[1, 2], [3]]`.';

describe('openings of rationales about two equal or two bad answers', () => {
  const good = openings.filter(({ fault }) => fault === undefined);
  const sly = openings.filter(({ fault }) => fault !== undefined);

  it('are at least 60 good ones and 20 that contradict the preference', () => {
    assert.ok(good.length >= 60, `${good.length} good ones`);
    assert.ok(sly.length >= 20, `${sly.length} contradictions`);
  });

  for (const { shown, fault, text } of openings)
    it(`${fault === undefined ? 'pass' : `are blocked by ${fault}`} with ${shown}: ${text}`, () => {
      const found = lintRationale(`${text} ${reason}`, sampleContext({ shown }));
      const blocking = found.filter(({ severity }) => severity === 'E').map(({ rule }) => rule);
      if (fault === undefined) assert.deepEqual(blocking, []);
      else assert.ok(blocking.includes(fault), `found only ${blocking.join(', ')}`);
    });
});

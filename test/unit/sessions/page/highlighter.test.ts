import assert from 'node:assert/strict';
import { Highlighter } from '../../../../src/sessions/page/highlighter.ts';

const theme = {
  name: 'plain',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    { scope: 'keyword', settings: { foreground: '#ff0000' } },
    { scope: 'string', settings: { foreground: '#00ff00' } },
  ],
};

const job = { key: 'code', language: 'sql', text: "SELECT name FROM people WHERE name = 'Ann'\nLIMIT 1" };

/** On a clock that goes on by a second at the readings for which `isLate` is true, counted from 1, and not otherwise. */
async function onClock<T>(isLate: (reading: number) => boolean, run: () => Promise<T>): Promise<T> {
  const { now } = Date;
  let readings = 0;
  let time = now();
  Date.now = () => {
    readings += 1;
    if (isLate(readings)) time += 1_000;
    return time;
  };
  try {
    return await run();
  } finally {
    Date.now = now;
  }
}

describe('highlighting', () => {
  it('is complete even if the first line of a language exceeds the time limit', async () => {
    const expected = await onClock(
      () => false,
      () => new Highlighter().highlight([job], theme),
    );
    assert.ok(expected.lines['code']![0]!.length > 4, 'several tokens');
    const found = await onClock(
      (reading) => reading === 3,
      () => new Highlighter().highlight([job], theme),
    );
    assert.deepEqual(found, expected);
  });

  it('ends before a line that exceeds the time limit twice', async () => {
    const found = await onClock(
      () => true,
      () => new Highlighter().highlight([job], theme),
    );
    assert.deepEqual(found.lines['code'], [[], []]);
  });
});

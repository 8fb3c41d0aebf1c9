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

/** Makes the readings of the clock for which `isLate` is true, counted from 1, a second later. */
async function onSlowClock<T>(isLate: (reading: number) => boolean, run: () => Promise<T>): Promise<T> {
  const { now } = Date;
  let readings = 0;
  let late = 0;
  Date.now = () => {
    readings += 1;
    if (isLate(readings)) late += 1_000;
    return now() + late;
  };
  try {
    return await run();
  } finally {
    Date.now = now;
  }
}

describe('highlighting', () => {
  it('is complete even if the first line of a language exceeds the time limit', async () => {
    const expected = await new Highlighter().highlight([job], theme);
    assert.ok(expected.lines['code']![0]!.length > 4, 'several tokens');
    const found = await onSlowClock(
      (reading) => reading === 3,
      () => new Highlighter().highlight([job], theme),
    );
    assert.deepEqual(found, expected);
  });

  it('ends before a line that exceeds the time limit twice', async () => {
    const found = await onSlowClock(
      () => true,
      () => new Highlighter().highlight([job], theme),
    );
    assert.deepEqual(found.lines['code'], [[], []]);
  });
});

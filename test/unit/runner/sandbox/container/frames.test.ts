import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { array, assert as check, asyncProperty, nat } from 'fast-check';
import { frameHead } from '../../../../../src/runner/sandbox/bubblewrap/frames.ts';
import { splitFrames } from '../../../../../src/runner/sandbox/container/frames.ts';

function frame(number: number, content: string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([frameHead(number, bytes.length), bytes]);
}

async function split(chunks: readonly Uint8Array[]): Promise<string[]> {
  const { stdout, stderr, channel, report } = splitFrames(Readable.from(chunks, { objectMode: false }));
  return Promise.all([stdout, stderr, channel, report].map((stream) => text(stream)));
}

describe('the frames of a container', () => {
  const output = Buffer.concat([
    frame(1, 'out'),
    frame(2, 'err'),
    frame(3, 'told'),
    frame(1, 'put'),
    frame(4, '{"end":"exit"}\n'),
    frame(4, 'file 0 3\n\x01\x02\x03'),
  ]);
  const expected = ['output', 'err', 'told', '{"end":"exit"}\nfile 0 3\n\x01\x02\x03'];

  it('are the streams of the job, however they are cut', async () => {
    await check(
      asyncProperty(array(nat(output.length)), async (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), output.length];
        const chunks = places.slice(1).map((end, index) => output.subarray(places[index], end));
        assert.deepEqual(await split(chunks.filter(({ length }) => length > 0)), expected);
      }),
      { numRuns: 100 },
    );
  });

  it('end with the output, also in the middle of a frame and after anything else', async () => {
    const cut = Buffer.concat([frame(1, 'out'), frame(1, 'put').subarray(0, 9)]);
    assert.deepEqual(await split([cut]), ['out', '', '', '']);
    assert.deepEqual(await split([Buffer.from('Error: no such image\n')]), ['', '', '', '']);
    assert.deepEqual(await split([frame(1, 'kept'), frame(9, 'x')]), ['kept', '', '', '']);
  });
});

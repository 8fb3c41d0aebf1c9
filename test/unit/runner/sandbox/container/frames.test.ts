import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { array, assert as check, asyncProperty, nat } from 'fast-check';
import { splitFrames } from '../../../../../src/runner/sandbox/container/frames.ts';

function frame(number: number, content: string): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.from([number, 0, 0, 0, 0]);
  head.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
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
    Buffer.from('\x04{"end":"exit"}\nfile 0 3\n\x01\x02\x03'),
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
    assert.deepEqual(await split([frame(1, 'output').subarray(0, 8)]), ['out', '', '', '']);
    assert.deepEqual(await split([Buffer.from('Error: no such image\n')]), ['', '', '', '']);
    assert.deepEqual(await split([frame(1, 'kept'), Buffer.from([9, 1, 0, 0, 0, 1])]), ['kept', '', '', '']);
  });
});

import { strict as assert } from 'node:assert';
import * as z from 'zod';
import { ExactNumber } from '../../../src/core/text/exactNumber.ts';
import { jsonSchema } from '../../../src/core/text/jsonSchema.ts';
import { Channel } from '../../../src/protocol/channel.ts';
import { eventType, requestType } from '../../../src/protocol/message.ts';
import { PageChannel } from '../../../src/protocol/pageChannel.ts';
import type { Port } from '../../../src/protocol/wire.ts';

const double = requestType('double', z.object({ n: jsonSchema }), z.object({ n: jsonSchema }));
const typed = eventType('typed', z.object({ text: z.string() }));
interface Messages {
  readonly double: typeof double;
  readonly typed: typeof typed;
}

/** The extension's end and a page's end of a channel, with the errors that each reported. */
function wire() {
  const receivers: ((message: unknown) => void)[] = [];
  const port = (other: 0 | 1, own: 0 | 1): Port => ({
    post: (message) => receivers[other]?.(structuredClone(message)),
    listen: (receive) => {
      receivers[own] = receive;
      return () => {};
    },
  });
  const reported: Error[] = [];
  const host = new Channel(port(1, 0), (error) => reported.push(error));
  const page = new PageChannel<Messages>(port(0, 1), (error) => reported.push(error));
  return { host, page, reported };
}

describe('a page’s channel', () => {
  it('returns the reply of the extension, with the numbers that a double would change', async () => {
    const { host, page } = wire();
    host.handle(double, ({ n }) => ({ n: [n, n] as const }));
    const n = new ExactNumber('2.0');
    assert.deepEqual(await page.request('double', { n }), { n: [n, n] });
  });

  it('rejects with the reason of the extension', async () => {
    const { host, page } = wire();
    host.handle(double, () => {
      throw new Error('the store is locked');
    });
    await assert.rejects(page.request('double', { n: 1 }), /the store is locked/);
  });

  it('passes events by their names', () => {
    const { host, page } = wire();
    const heard: string[] = [];
    host.on(typed, ({ text }) => heard.push(`host: ${text}`));
    page.on('typed', ({ text }) => heard.push(`page: ${text}`));
    page.emit('typed', { text: 'a' });
    host.emit(typed, { text: 'b' });
    assert.deepEqual(heard, ['host: a', 'page: b']);
  });

  it('is parsed by the extension, which trusts no page', async () => {
    const { host, page, reported } = wire();
    host.handle(double, () => assert.fail('it does not fit its schema'));
    host.on(typed, () => assert.fail('it does not fit its schema'));
    page.emit('typed', { text: 7 as unknown as string });
    assert.match(String(reported), /expected string/);
    await assert.rejects(page.request('double', { n: undefined as unknown as number }), /JSON value/);
  });
});

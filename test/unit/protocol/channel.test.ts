import { strict as assert } from 'node:assert';
import { setImmediate as turn } from 'node:timers/promises';
import * as z from 'zod';
import { TiebreakError } from '../../../src/core/errors.ts';
import { ExactNumber } from '../../../src/core/text/exactNumber.ts';
import { jsonSchema } from '../../../src/core/text/jsonSchema.ts';
import { Channel } from '../../../src/protocol/channel.ts';
import type { Port } from '../../../src/protocol/wire.ts';
import { eventType, requestType } from '../../../src/protocol/message.ts';

const double = requestType('double', z.object({ n: z.number() }), z.object({ n: z.number() }));
const typed = eventType('typed', z.object({ text: z.string() }));

/** One end of a channel: `arrive` delivers a message to it. Sent messages are copied, like a webview's messages. */
class End implements Port {
  readonly sent: unknown[] = [];
  other: End | undefined;
  #receivers = new Set<(message: unknown) => void>();

  post(message: unknown): void {
    this.sent.push(structuredClone(message));
    this.other?.arrive(structuredClone(message));
  }

  listen(receive: (message: unknown) => void): () => void {
    this.#receivers.add(receive);
    return () => this.#receivers.delete(receive);
  }

  arrive(message: unknown): void {
    for (const receive of this.#receivers) receive(message);
  }

  get listening(): boolean {
    return this.#receivers.size > 0;
  }
}

/** Two connected channels, with the errors that each reported. */
function wire() {
  const [here, there] = [new End(), new End()];
  here.other = there;
  there.other = here;
  const reported: Error[] = [];
  const caller = new Channel(here, (error) => reported.push(error));
  const answerer = new Channel(there, (error) => reported.push(error));
  return { here, there, caller, answerer, reported };
}

describe('a channel', () => {
  it('returns the reply of a handler to its caller', async () => {
    const { caller, answerer } = wire();
    answerer.handle(double, async ({ n }) => ({ n: n * 2 }));
    assert.deepEqual(await caller.request(double, { n: 21 }), { n: 42 });
  });

  it('carries numbers that a double would change', async () => {
    const { caller, answerer } = wire();
    const given = requestType(
      'given',
      z.object({ args: z.array(jsonSchema) }),
      z.object({ value: jsonSchema }),
    );
    const args = [new ExactNumber('2.0'), { a: [1, new ExactNumber('12345678901234567891')] }];
    answerer.handle(given, ({ args: received }) => ({ value: received }));
    const { value } = await caller.request(given, { args });
    assert.deepEqual(value, args);
    assert.equal(JSON.stringify(value), '[2.0,{"a":[1,12345678901234567891]}]');
  });

  it('matches replies that arrive in another order', async () => {
    const { caller, answerer } = wire();
    const release: (() => void)[] = [];
    answerer.handle(double, async ({ n }) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return { n: n * 2 };
    });
    const replies = [caller.request(double, { n: 1 }), caller.request(double, { n: 2 })];
    for (const go of release.toReversed()) {
      go();
      await turn();
    }
    assert.deepEqual(await Promise.all(replies), [{ n: 2 }, { n: 4 }]);
  });

  it('rejects the caller when the handler throws', async () => {
    const { caller, answerer } = wire();
    answerer.handle(double, () => {
      throw new Error('the store is locked');
    });
    await assert.rejects(caller.request(double, { n: 1 }), /the store is locked/);
  });

  it('rejects the caller if the request has no handler', async () => {
    const { caller } = wire();
    await assert.rejects(caller.request(double, { n: 1 }), /There is no handler for the request "double"/);
  });

  it('rejects the caller of a malformed request, and never calls the handler', async () => {
    const { caller, answerer } = wire();
    let called = false;
    answerer.handle(double, (request) => {
      called = true;
      return request;
    });
    await assert.rejects(caller.request(double, { n: 'two' as unknown as number }), /expected number/);
    assert.equal(called, false);
  });

  it('rejects the caller when the reply is malformed', async () => {
    const { caller, answerer } = wire();
    answerer.handle(double, () => ({ n: 'four' as unknown as number }));
    await assert.rejects(caller.request(double, { n: 2 }), /expected number/);
  });

  it('rejects the caller when the reply cannot be sent', async () => {
    const { caller, answerer } = wire();
    answerer.handle(double, () => ({ n: 4, close: () => undefined }));
    await assert.rejects(caller.request(double, { n: 2 }), /could not be cloned/);
  });

  it('rejects the caller when the request cannot be sent', async () => {
    const { caller } = wire();
    const request = { n: 2, close: () => undefined };
    await assert.rejects(caller.request(double, request), /could not be cloned/);
  });

  it('reports a failure that cannot be sent', async () => {
    const port = new End();
    const reported: Error[] = [];
    const answerer = new Channel(port, (error) => reported.push(error));
    answerer.handle(double, (request) => request);
    port.post = () => {
      throw new Error('the page is gone');
    };
    port.arrive({ tiebreak: 'request', id: 1, name: 'double', body: { n: 1 } });
    await turn();
    assert.deepEqual(reported.map(String), ['Error: the page is gone']);
  });

  it('rejects the caller if no reply arrives in time, and ignores a late reply', async () => {
    const port = new End();
    const caller = new Channel(port, () => assert.fail('a late reply is no fault'));
    await assert.rejects(
      caller.request(double, { n: 1 }, 20),
      (error) =>
        error instanceof TiebreakError &&
        error.code === 'no-reply' &&
        /"double".*0\.02 s/.test(error.message),
    );
    const [request] = port.sent as { id: number }[];
    port.arrive({ tiebreak: 'reply', id: request?.id, body: { n: 2 } });
  });

  it('delivers events', () => {
    const { caller, answerer } = wire();
    const heard: string[] = [];
    answerer.on(typed, ({ text }) => heard.push(text));
    caller.emit(typed, { text: 'a' });
    caller.emit(typed, { text: 'b' });
    assert.deepEqual(heard, ['a', 'b']);
  });

  it('reports a malformed event and passes it to no listener', () => {
    const { caller, answerer, reported } = wire();
    answerer.on(typed, () => assert.fail('it does not fit its schema'));
    caller.emit(typed, { text: 7 as unknown as string });
    assert.match(String(reported), /expected string/);
  });

  it('reports an event without a listener, and a listener that throws', () => {
    const { caller, answerer, reported } = wire();
    caller.emit(typed, { text: 'a' });
    answerer.on(typed, () => {
      throw new Error('no such line');
    });
    caller.emit(typed, { text: 'b' });
    assert.match(String(reported[0]), /There is no listener for the event "typed"/);
    assert.match(String(reported[1]), /no such line/);
  });

  for (const [what, message] of [
    ['nothing', undefined],
    ['a text', 'ready'],
    ['an unknown kind', { tiebreak: 'shout', id: 1 }],
    ['a request without a number', { tiebreak: 'request', name: 'double', body: {} }],
    ["another library's message", { type: 'webpackOk' }],
    ['a kind that every object has', { tiebreak: 'constructor', id: 1 }],
    ['a reply with a broken number', { tiebreak: 'reply', id: 0.5, body: {} }],
    ['an event without a name', { tiebreak: 'event', body: {} }],
    ['a failure without a message', { tiebreak: 'failure', id: 1 }],
    ['exact numbers that are none', { tiebreak: 'reply', id: 1, body: [1], numbers: [[[0], 'x']] }],
    ['exact numbers without a place', { tiebreak: 'reply', id: 1, body: [1], numbers: [[0, '1.0']] }],
  ] as const) {
    it(`reports ${what} and goes on`, async () => {
      const { here, there, caller, answerer, reported } = wire();
      answerer.handle(double, ({ n }) => ({ n: n * 2 }));
      there.arrive(message);
      here.arrive(message);
      assert.equal(reported.length, 2);
      assert.match(String(reported[0]), /malformed message/);
      assert.deepEqual(await caller.request(double, { n: 1 }), { n: 2 });
    });
  }

  it('rejects pending and later requests once it is disposed', async () => {
    const port = new End();
    const caller = new Channel(port, () => assert.fail('nothing to report'));
    const waiting = caller.request(double, { n: 1 });
    caller.dispose();
    await assert.rejects(waiting, { code: 'closed' });
    await assert.rejects(caller.request(double, { n: 1 }), { code: 'closed' });
    assert.equal(port.listening, false);
    assert.equal(port.sent.length, 1);
  });
});

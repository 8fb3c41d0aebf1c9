// A reporter of node:test: sends a frame for each test that is not a suite, and prints a line for the user.

import { writeSync } from 'node:fs';
export default async function* (events) {
  for await (const { type, data } of events) {
    if (type === 'test:diagnostic' || (type !== 'test:pass' && type !== 'test:fail')) continue;
    if (data.details?.type === 'suite') continue;
    const error = data.details?.error;
    const cause = error?.cause ?? error;
    const skipped = data.skip !== undefined || data.todo !== undefined;
    const verdict = skipped
      ? 'skip'
      : type === 'test:pass'
        ? 'pass'
        : cause?.code === 'ERR_ASSERTION'
          ? 'fail'
          : 'error';
    const message = error === undefined ? '' : String(cause?.message ?? cause);
    const line = globalThis[Symbol.for('tiebreak.lineOf')]?.(cause);
    writeSync(3, JSON.stringify({ test: data.name, verdict, message: message.slice(0, 2000), line }) + '\n');
    yield (verdict === 'pass' ? 'ok ' : verdict === 'skip' ? 'skipped ' : 'not ok ') + data.name + '\n';
    if (message !== '') yield (cause?.stack ?? message) + '\n';
  }
}

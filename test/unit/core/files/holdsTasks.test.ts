import { strict as assert } from 'node:assert';
import { holdsTasks } from '../../../../src/core/files/holdsTasks.ts';

describe('whether JSONL contains tasks', () => {
  for (const [what, text] of [
    ['a task', '{"id": "a", "answers": []}'],
    ['a task behind other lines', '\n{"time": 1}\n  {"id": "a", "answers" : []}\n'],
    ['a task with Windows line ends', '{"time": 1}\r\n{"answers": []}\r\n'],
    ['a task that is cut off', '{"id": "a", "answers": [{"id'],
  ] as const) {
    it(`finds ${what}`, () => assert.equal(holdsTasks(text), true));
  }

  for (const [what, text] of [
    ['nothing', ''],
    ['a log', '{"time": 1, "path": "/answers"}\n{"time": 2}\n'],
    ['a list', '[{"answers": []}]'],
    ['"answers" outside an object', '"answers": 1'],
  ] as const) {
    it(`does not take ${what} for one`, () => assert.equal(holdsTasks(text), false));
  }
});

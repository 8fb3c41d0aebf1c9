import assert from 'node:assert/strict';
import { noticeText } from '../../../../src/extension/host/noticeText.ts';

describe('the text of a notification', () => {
  it('shows hidden characters and has no links', () => {
    assert.equal(
      noticeText('Task \u202e“[Fix](command:x.y)” was removed'),
      'Task \\u202e“[Fix] (command:x.y)” was removed',
    );
    assert.equal(noticeText('Reviews exported: [all] (3)'), 'Reviews exported: [all] (3)');
  });
});

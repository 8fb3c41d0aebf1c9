import assert from 'node:assert/strict';
import { isWrittenAsName, namesIn } from '../../../../src/core/blinding/modelNames.ts';

function found(text: string): string[] {
  return namesIn(text, 0).map(({ start, end }) => text.slice(start, end));
}

describe('namesIn', () => {
  it('finds models with their versions, and firms', () => {
    assert.deepEqual(found('Claude 3.5 Sonnet, GPT-4o-mini, Llama 3.1 and Qwen2.5-Coder by Meta AI'), [
      'Claude 3.5 Sonnet',
      'GPT-4o-mini',
      'Llama 3.1',
      'Qwen2.5-Coder',
      'Meta AI',
    ]);
  });

  it('finds none in identifiers, paths, calls and addresses', () => {
    assert.deepEqual(
      found('openai.Client claude_api /opt/gemini a@anthropic.com mistral() $llama kimi-cli'),
      [],
    );
  });

  it('counts offsets from where the stretch begins', () => {
    assert.deepEqual(namesIn('a Claude', 10), [{ start: 12, end: 18 }]);
  });
});

describe('isWrittenAsName', () => {
  it('requires a capital letter for a name that is a common word', () => {
    assert.ok(isWrittenAsName('Gemini Pro'));
    assert.ok(!isWrittenAsName('gemini'));
    assert.ok(isWrittenAsName('chatgpt'));
  });
});

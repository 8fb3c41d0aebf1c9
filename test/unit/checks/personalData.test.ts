import assert from 'node:assert/strict';
import { personalData } from '../../../src/checks/personalData.ts';

const found = async (text: string) => {
  const { diagnostics } = await personalData.check({
    answerId: 'a',
    language: 'cobol',
    files: [{ path: 'main.txt', text }],
  });
  return diagnostics.map(
    ({ range, code, severity }) => `${range.startLine}:${range.startColumn} ${severity} ${code}`,
  );
};

describe('personal data in answers', () => {
  it('is marked at its position, in any language', async () => {
    const text = [
      'mail = "jane.miller@acme-tools.com"',
      'iban = "NL91ABNA0417164300"',
      'iban = "CH93 0076 2011 6238 5295 7"',
      'card = 4539-5787-6362-1486',
      'token = ghp_0123456789abcdefABCDEF0123456789abcd',
      'open("/home/jmiller/notes.txt")',
    ].join('\n');
    assert.deepEqual(await found(text), [
      '1:9 info e-mail',
      '2:9 warning account',
      '3:9 warning account',
      '4:8 warning card',
      '5:9 warning key',
      '6:7 info path',
    ]);
  });

  it('excludes examples, and numbers with wrong check digits', async () => {
    for (const text of [
      'user@example.com',
      '4111 1111 1111 1111',
      '4242424242424242',
      '4539-5787-6362-1487',
      'NL91ABNA0417164301',
      'DE89370400440532013000',
      'x = 4539578763621486.5',
      'const N = 1_000_000_007; 9007199254740991',
      '/home/user/x',
      'call 123-456-7890 or (555) 555-1212',
    ])
      assert.deepEqual(await found(text), [], text);
  });

  it('is not repeated in the message', async () => {
    const text = 'mail = "jane.miller@acme-tools.com"';
    const report = await personalData.check({
      answerId: 'a',
      language: 'python',
      files: [{ path: 'a.py', text }],
    });
    assert.ok(!JSON.stringify(report).includes('jane'));
  });
});

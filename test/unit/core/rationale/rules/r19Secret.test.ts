import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

/** Concatenated here, so that secret scanners do not report this file. */
const key = (...parts: readonly string[]) => parts.join('');
const openAi = key('sk-', 'proj-', 'a1B2c3D4e5F6g7H8i9J0k1L2');
const aws = key('AKIA', 'Q3EGRJ2ZL5XK7M4N');
const gitHub = key('ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8');

describe('R19 secret or personal data', () => {
  testExamples('R19', {
    good: [
      '@A is better because @B:4 prints the password.',
      'Mail goes to ada@example.org in @A.',
      'The path /home/user/data and ~/notes are not read.',
      ['@B:2 holds the key ' + aws + '.', { prompt: `Remove ${aws} from the file.` }],
      'For `a@b.co` @A returns false, and for "grace@navy.mil" true.',
      'On 2026-11-21 10:00 the sum was 1234567890.',
      'It takes 100 200 300 and gives 600.',
      'The token is not checked, and the secret must be at least 8 characters.',
      'Its `jwtSecret = "REPLACE_ME_1"` is no secret, nor is `bypass: "abc12345"`.',
      'See git@github.com for the sources.',
      'sk-learn is imported and sk-means is not a thing.',
      'It calls +1 555-0100, which is fiction: `+49 30 1234567`.',
    ],
    bad: [
      `The key ${openAi} is in there.`,
      `I used ${aws} to run it.`,
      `With ${gitHub} it works.`,
      'Ask me: jane.doe@acme-corp.com',
      'Call +49 30 901820 777 for details.',
      'My number is (212) 867-5309.',
      'I ran it in /home/jsmith/work and it failed.',
      'It is in C:\\Users\\Maria.Lopez\\code.',
      'postgres://admin:s3cr3tpw@db.acme.io/app is the database.',
      'My password is hunter2hunter2.',
      'It says `dbPassword = "Gr4nite-Fox-77"`.',
      "It says `{ pass: 'wqzt-Kpl9-88' }`.",
      key('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIEow'),
    ],
  });

  it('redacts each kind by its name', () => {
    const text = `Key ${openAi}, mail jane@acme-corp.com, path /home/jsmith/x.`;
    const corrected = findings('R19', text).reduceRight((result, finding) => fixed(result, finding), text);
    assert.equal(corrected, 'Key [key], mail [e-mail], path ~/x.');
  });
});

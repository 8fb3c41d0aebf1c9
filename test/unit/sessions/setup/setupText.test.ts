import assert from 'node:assert/strict';
import type { SetupReport } from '../../../../src/sessions/setup/examineSetup.ts';
import { setupMarkdown, setupSummary } from '../../../../src/sessions/setup/setupText.ts';

const report: SetupReport = {
  sandboxes: [
    { name: 'bubblewrap', state: 'works', text: '' },
    { name: 'container', state: 'fails', text: 'the program "docker" is missing. Install Docker' },
  ],
  languages: [
    {
      name: 'bash',
      state: 'works',
      text: 'Bash 5.2, /usr/bin/bash',
      checks: [
        { name: 'bash -n', state: 'works', text: '5.2' },
        { name: 'shellcheck', state: 'missing', text: 'ShellCheck was not found. Install it: apt' },
      ],
    },
    { name: 'go', state: 'missing', text: 'Go was not found. Install it: `apt`\u202e', checks: [] },
    { name: 'r', state: 'fails', text: 'R was found, but', checks: [] },
  ],
};

describe('the set-up report', () => {
  it('is a Markdown document with what does not work first', () => {
    assert.equal(
      setupMarkdown(report),
      `# Set-up report

Answers in 1 of 3 languages can be run.

## Sandboxes

- **bubblewrap** works
- **container** does not work: \`the program "docker" is missing. Install Docker\`

## Languages that do not work

- **go** is missing: \`\` Go was not found. Install it: \`apt\`\\u202e \`\`
- **r** does not work: \`R was found, but\`

## Checks that do not work

- **shellcheck (bash)** is missing: \`ShellCheck was not found. Install it: apt\`

## Languages that work

- **bash** works: \`Bash 5.2, /usr/bin/bash\`

## Checks that work

- **bash**: bash -n 5.2
`,
    );
  });

  it('says why answers cannot be run', () => {
    const fails = { state: 'fails' } as const;
    assert.equal(
      setupSummary({ ...report, sandboxes: report.sandboxes.map((part) => ({ ...part, ...fails })) }),
      'Answers cannot be run, because no sandbox works',
    );
    assert.equal(
      setupSummary({ ...report, languages: report.languages.map((part) => ({ ...part, ...fails })) }),
      'Answers cannot be run, because no language works',
    );
  });
});

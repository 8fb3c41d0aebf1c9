import assert from 'node:assert/strict';
import { exportReportMarkdown } from '../../../../src/core/exchange/exporter.ts';
import { codeSpan } from '../../../../src/core/text/markdownDocument.ts';
import { emptyReport, importReportMarkdown } from '../../../../src/transfer/import/importReport.ts';

describe('a report as a document', () => {
  it('lists what an export left out and what the format cannot hold', () => {
    const report = {
      target: 'TRL',
      exported: 2,
      leftOut: [{ reason: 'tie', count: 1, ids: ['r`1`'] }],
      dropped: ['scores (of 2)'],
    };
    assert.equal(
      exportReportMarkdown(report, '/home/x/reviews.jsonl'),
      [
        '# Export report',
        'Exported 2 records as TRL; 1 left out (1 tie).\n\nFile: `/home/x/reviews.jsonl`',
        '## Left out\n\n- 1 tie: `` r`1` ``',
        '## What TRL cannot hold\n\n- scores (of 2)\n',
      ].join('\n\n'),
    );
  });

  it('lists the invalid lines of an import, each on one line', () => {
    const problem = { file: 'a.jsonl', line: 3, reason: 'no answers\nhere', remedy: 'Add them' };
    const text = importReportMarkdown({ ...emptyReport, added: 1, problems: [problem] }, ['/tmp/a.jsonl']);
    assert.match(text, /^1 task added, 1 line invalid$/m);
    assert.match(text, /^- `a\.jsonl:3` no answers here\. Add them$/m);
    assert.doesNotMatch(text, /Kept as/);
  });

  it('keeps text with backticks as it is', () => {
    assert.equal(codeSpan('a'), '`a`');
    assert.equal(codeSpan('``'), '``` `` ```');
  });
});

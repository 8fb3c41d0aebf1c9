import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { checkReportSchema } from '../../../src/core/run/diagnostic.ts';
import { skipBecause } from '../../skip.ts';
import { sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';

const typed = sampleTask('typed', {
  language: 'typescript',
  answers: [
    { id: 'good', text: '```ts\nexport const half = (n: number): number => n / 2;\n```\n' },
    { id: 'weak', text: '```ts\nexport const half = (n: number): string => n / 2;\n```\n' },
  ],
});

describe('tiebreak check', function () {
  let place: Workplace;
  before(function () {
    if (spawnSync('bwrap', ['--version']).error !== undefined) skipBecause(this, 'bubblewrap is missing');
  });
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  function write(...tasks: unknown[]): string {
    writeFileSync(place.path('tasks.jsonl'), tasks.map((task) => JSON.stringify(task)).join('\n'));
    return 'tasks.jsonl';
  }

  it('prints findings in the format of a compiler', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['check', write(typed)]);
    assert.match(stdout, /^typed\/weak\/\S+\.ts:1:\d+: error: Type 'number' .* \(typescript \S*2322\)\n$/);
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('exits with 0 without findings', async () => {
    const clean = { ...typed, answers: typed.answers.slice(0, 1) };
    assert.deepEqual(await place.tiebreak(['check', write(clean)]), { code: 0, stdout: '', stderr: '' });
  });

  it('prints reports as JSON lines', async () => {
    const { stdout } = await place.tiebreak(['check', '--json', write(typed), '--task', 'typed']);
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => {
        const { taskId, ...report } = JSON.parse(line) as Record<string, unknown>;
        return { taskId, ...checkReportSchema.parse(report) };
      });
    assert.deepEqual(
      reports
        .filter(({ check }) => check === 'typescript')
        .map((report) => [report.taskId, report.answerId, report.diagnostics.length]),
      [
        ['typed', 'good', 0],
        ['typed', 'weak', 1],
      ],
    );
  });

  it('reports a language without checks', async () => {
    const { code, stderr } = await place.tiebreak(['check', write(sampleTask('old', { language: 'cobol' }))]);
    assert.equal(code, 1);
    assert.match(stderr, /^old\/first: there is no check for "cobol"$/m);
  });
});

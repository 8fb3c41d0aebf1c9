import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Rubric } from '../../../src/core/task/rubric.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';
import { importTasks } from '../../fixtures/imports.ts';

const scale = [
  { value: 0, meaning: 'wrong' },
  { value: 1, meaning: 'right' },
];
const rubric: Rubric = {
  id: 'own',
  title: 'Own',
  criteria: [{ id: 'correctness', title: 'Correctness', description: 'Does it work?', weight: 1, scale }],
};
const good =
  'A is better than B. @A:2 gives back an empty list for an empty input, as asked, while @B:2 wraps the whole input ' +
  'in one part, so that a list longer than the size is not split at all and the caller gets one part that is too long.\n';

describe('tiebreak lint', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    const task = sampleTask('t1', { rubric });
    writeFileSync(place.path('tasks.jsonl'), JSON.stringify(task));
    const store = await openSqliteStore(place.database);
    await importTasks(store, [task]);
    await store.close();
  });
  afterEach(() => place.remove());

  function lint(text: string, ...args: string[]) {
    writeFileSync(place.path('rationale.md'), text);
    return place.tiebreak(['lint', 'rationale.md', '--task', 't1', ...args]);
  }

  it('finds nothing in a good rationale', async () => {
    const args = ['--from', 'tasks.jsonl', '--preference', '-2'];
    assert.deepEqual(await lint(good, ...args), { code: 0, stdout: '', stderr: '' });
  });

  it('reports findings with their position in the file', async () => {
    const text = `${good}\nThe loop in @B:99 is never reached.\n`;
    const { code, stdout } = await lint(text, '--from', 'tasks.jsonl', '--preference=-2');
    assert.equal(code, 1);
    assert.match(stdout, /^rationale\.md:3:13: E R06 \S.*\n$/);
  });

  it('checks the rationale against the given preference', async () => {
    const { code, stdout } = await lint(good, '--from', 'tasks.jsonl', '--preference', '3');
    assert.equal(code, 1);
    assert.match(stdout, /^rationale\.md:1:\d+: E R02 /m);
  });

  it('finds the task in the database', async () => {
    assert.equal((await lint(good, '--preference', '-2')).code, 0);
  });

  it('reports missing arguments', async () => {
    const failures: [string[], number, RegExp][] = [
      [['lint'], 2, /no rationale file given/],
      [['lint', 'rationale.md'], 2, /--task is missing/],
      [['lint', 'rationale.md', '--task', 't1', '--preference', '7'], 2, /invalid --preference "7"/],
      [['lint', 'nowhere.md', '--task', 't1'], 3, /^error: nowhere\.md: .*Check the path/],
      [['lint', 'rationale.md', '--task', 't9'], 3, /there is no task "t9" in the database\. Check the id/],
      [
        ['lint', 'rationale.md', '--task', 't9', '--from', 'tasks.jsonl'],
        3,
        /tasks\.jsonl: there is no task "t9"/,
      ],
    ];
    writeFileSync(place.path('rationale.md'), good);
    for (const [args, expected, message] of failures) {
      const { code, stdout, stderr } = await place.tiebreak(args);
      assert.deepEqual([code, stdout], [expected, '']);
      assert.match(stderr, message);
    }
  });
});

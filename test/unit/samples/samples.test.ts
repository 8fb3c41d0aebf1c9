import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { queuePath, queueText, readSamples } from '../../../scripts/lib/samples.mjs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { blindView } from '../../../src/core/task/blind.ts';
import { extractAnswer } from '../../../src/core/extraction/extract.ts';
import { programFiles } from '../../../src/core/extraction/programFiles.ts';
import { taskSchema, type Answer, type Task } from '../../../src/core/task/task.ts';
import { checkersDir, createTestRunner, needsSandbox } from '../runner/harness.ts';
import { createToolchains } from '../../../src/runner/toolchains/toolchains.ts';

const samples = readSamples().map(({ task, outcomes }) => ({ task: taskSchema.parse(task), outcomes }));
const tasks = samples.map(({ task }) => task);

/** The faults of each answer of a sample, from its `source`. */
function faultsOf({ source }: Task): Readonly<Record<string, readonly string[]>> {
  return (source as { readonly faults: Readonly<Record<string, readonly string[]>> }).faults;
}

function taskOf(id: string): Task {
  const task = tasks.find((candidate) => candidate.id === id);
  assert.ok(task, `there is no sample "${id}"`);
  return task;
}

describe('the sample queue', () => {
  it('is what its maintained files give (if not, run: node scripts/buildSamples.mjs)', () => {
    assert.equal(readFileSync(queuePath, 'utf8'), queueText());
  });

  it('has at least 12 tasks in at least 6 languages, each with its own id', () => {
    assert.ok(tasks.length >= 12, `${tasks.length} tasks`);
    const languages = new Set(tasks.map((task) => task.language));
    assert.ok(languages.size >= 6, [...languages].join(', '));
    assert.equal(new Set(tasks.map((task) => task.id)).size, tasks.length);
  });

  it('has the licence of the project', () => {
    const { license } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { license: string };
    for (const { id, source } of tasks) assert.equal((source as { licence: string }).licence, license, id);
  });

  it('begins with the task of the walkthrough', () => {
    assert.equal(tasks[0]?.id, 'sample-chunk');
  });

  it('says in the first line of every prompt what to try, each time something else', () => {
    const lines = tasks.map(({ prompt }) => prompt.split('\n')[0]!);
    for (const line of lines) assert.match(line, /^> \*\*Try:\*\* .{20,130}\.$/);
    assert.equal(new Set(lines).size, lines.length);
  });

  it('has each kind of work', () => {
    const asked = new Set(tasks.flatMap(({ ask = ['rank'] }) => ask));
    assert.deepEqual([...asked].toSorted(), ['cases', 'flag', 'ideal', 'rank', 'rate']);
    assert.ok(tasks.some(({ answers }) => answers.length === 1));
    assert.ok(
      tasks.some(({ files, answers }) => files && answers.every(({ text }) => text.includes('```diff'))),
    );
    assert.ok(tasks.some(({ cases = [] }) => cases.some((testCase) => 'growth' in testCase)));
  });

  it('has two answers to rank, cases, a short title and a rubric that ships in every task', () => {
    const rubrics = ['general', 'algorithmic', 'sql', 'security', 'frontend'];
    for (const { id, answers, ask, cases, title, rubric } of tasks) {
      if (ask?.includes('rank') ?? true) assert.equal(answers.length, 2, id);
      assert.ok((cases ?? []).length > 1, id);
      assert.ok(title !== undefined && title.length <= 40, `${id}: ${title}`);
      assert.ok(typeof rubric === 'string' && rubrics.includes(rubric), id);
    }
    assert.deepEqual(
      new Set(tasks.map((task) => task.rubric)),
      new Set(rubrics),
      'each rubric is shown once',
    );
  });

  it('has every kind of case', () => {
    const kinds = new Set(tasks.flatMap(({ cases = [] }) => cases.map((testCase) => testCase.kind)));
    assert.deepEqual([...kinds].toSorted(), ['call', 'command', 'sql', 'stdin', 'unit']);
  });

  for (const fault of [
    'missed-edge-case',
    'invented-api',
    'sql-injection',
    'shell-injection',
    'cross-site-scripting',
    'quadratic',
    'badly-explained',
    'ignores-instruction',
    'float-rounding',
    'integer-overflow',
    'off-by-one',
    'mutates-argument',
    'forgotten-await',
    'race',
    'misleading-docstring',
    'misleading-explanation',
  ]) {
    it(`shows the fault ${fault}`, () => {
      assert.ok(tasks.some((task) => Object.values(faultsOf(task)).some((faults) => faults.includes(fault))));
    });
  }

  it('has verdicts of each kind, and each winner is the answer with fewer faults', () => {
    const ranked = tasks.filter(({ answers }) => answers.length === 2);
    const kinds = new Set(ranked.map((task) => task.gold?.preference.kind));
    assert.deepEqual(kinds, new Set(['better', 'tie', 'both-bad']));
    for (const task of tasks) {
      const preference = task.gold?.preference;
      if (preference?.kind !== 'better') continue;
      const loser = task.answers.find((answer) => answer.id !== preference.winner)?.id ?? '';
      const faults = faultsOf(task);
      assert.ok((faults[preference.winner] ?? []).length < (faults[loser] ?? []).length, task.id);
    }
  });

  it('tells an evaluator nothing of the faults and the verdict', () => {
    for (const task of tasks) {
      const shown = blindView(
        task,
        task.answers.map((answer) => answer.id),
      );
      const faults = Object.values(faultsOf(task)).flat();
      assert.deepEqual(
        shown.tags.filter((tag) => faults.includes(tag)),
        [],
        task.id,
      );
      const rationale = task.gold?.rationale;
      assert.ok(rationale === undefined || !JSON.stringify(shown).includes(rationale), task.id);
    }
  });

  it('has an answer that names itself, and masks it', () => {
    const [answer] = blindView(taskOf('sample-duration'), ['first', 'second']).answers;
    assert.equal(answer?.masks.length, 1);
    assert.doesNotMatch(answer.text, /Claude/);
  });

  for (const [what, taskId, answerId, reading] of [
    ['bare code', 'sample-merge-settings', 'second', 'whole'],
    ['an echo of the prompt before the answer', 'sample-users', 'first', 'block:2'],
    ['several named files', 'sample-hours', 'first', 'named'],
  ] as const) {
    it(`has ${what}, and reads it by "${reading}"`, () => {
      const { language, prompt, entry, answers } = taskOf(taskId);
      const { text } = answers.find((answer) => answer.id === answerId)!;
      const { mainFile } = createToolchains(checkersDir).toolchain(language);
      assert.equal(extractAnswer(text, { language, prompt, entry, mainFile }).readings[0]?.id, reading);
    });
  }

  it('records outcomes for answers and cases that are there', () => {
    for (const { task, outcomes } of samples) {
      assert.deepEqual(
        Object.keys(outcomes),
        task.answers.map((answer) => answer.id),
        task.id,
      );
      const ids = (task.cases ?? []).map((testCase) => testCase.id);
      const named = Object.values(outcomes).flatMap((verdicts) => Object.keys(verdicts));
      assert.deepEqual(
        named.filter((id) => !ids.includes(id)),
        [],
        task.id,
      );
    }
  });
});

describe('the answers of the sample queue', function () {
  before(needsSandbox());

  const { runner, toolchains } = createTestRunner();

  /** Case id → verdict, for cases that do not pass. */
  async function outcomesOf(task: Task, answer: Answer): Promise<Record<string, string>> {
    const { mainFile } = toolchains.toolchain(task.language);
    const run = await runner.run({
      taskId: task.id,
      answerId: answer.id,
      language: task.language,
      ...(task.entry === undefined ? {} : { entry: task.entry }),
      files: programFiles(task, answer, { mainFile }),
      cases: task.cases ?? [],
    });
    const failed = run.results.filter((result) => result.verdict !== 'pass');
    return Object.fromEntries(failed.map((result) => [result.caseId, result.verdict]));
  }

  for (const { task, outcomes } of samples) {
    if (toolchains.find(task.language) === undefined) continue;
    it(`${task.id} runs as recorded`, async function () {
      const found = await toolchains.detect(task.language);
      if ('missing' in found) {
        console.log(`      skipped: ${found.missing}. ${found.remedy}`);
        return this.skip();
      }
      for (const answer of task.answers) {
        assert.deepEqual(await outcomesOf(task, answer), outcomes[answer.id], answer.id);
      }
    });
  }
});

import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { obstacleText } from '../../../../src/core/review/obstacle.ts';
import { readFileSync } from 'node:fs';
import { codeHash } from '../../../../src/core/task/codeHash.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import { readRubric } from '../../../../src/core/task/rubric.ts';
import type { Run } from '../../../../src/core/run/run.ts';
import { InspectionSession } from '../../../../src/sessions/inspection/inspectionSession.ts';
import type { ReviewerServices } from '../../../../src/sessions/inspection/services.ts';
import { SettlementSession } from '../../../../src/sessions/inspection/settlementSession.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { heldRunner, turn } from '../../../fixtures/heldRunner.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { importTasks } from '../../../fixtures/imports.ts';
import {
  sampleId,
  sampleIdeal,
  sampleReview,
  sampleRun,
  sampleSearch,
  sampleTask,
} from '../../store/samples.ts';

const rubric = readRubric(JSON.parse(readFileSync('rubrics/rationale.json', 'utf8')), 'rationale.json');
const task = sampleTask('t1', {
  cases: [{ id: 'c1', kind: 'call', origin: 'task', args: [], expected: [] }],
});
const run: Run = sampleRun('r1', {
  files: [{ path: 'main.py', text: 'def chunk(items, size):\n    return []\n' }],
  cases: [...task.cases!],
  results: [result('c1', 'pass')],
});
const review = sampleReview(1, 't1', { runs: [run], taskHash: contentHash(task) });

describe('a reviewer’s session', () => {
  let store: Store;
  /** The result of the case in a replay. */
  let ends: 'pass' | 'fail';
  const opened: { dispose(): void }[] = [];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    ends = 'pass';
    await importTasks(store, [task]);
    await store.submit(review);
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) session.dispose();
    await store.close();
  });

  const services = (reviewer: string): ReviewerServices => ({
    ...sampleServices(store),
    runner: {
      run: ({ cases }) =>
        Promise.resolve({ ...run, id: 'again', results: cases.map(({ id }) => result(id, ends)) }),
      time: () => Promise.reject(new Error('no times are compared here')),
    },
    reviewer,
    showsEvaluators: false,
    rationaleRubric: () => Promise.resolve(rubric),
  });
  const open = async (reviewer = 'ines', n = 1) => {
    const session = await InspectionSession.open(sampleId(n), services(reviewer));
    opened.push(session);
    return session;
  };
  const place = { index: 0, total: 1 };
  const shown = (session: InspectionSession) => session.state(place).inspection!;
  const score = (session: InspectionSession) => {
    for (const { id } of rubric.criteria)
      session.editInspection(sampleId(1), { kind: 'score', criterion: id, value: 4 });
  };
  const decide = (session: InspectionSession, value: 'approve' | 'send-back') =>
    session.editInspection(sampleId(1), { kind: 'decision', value });

  it('shows the review read-only, in its evaluator’s order, without names', async () => {
    const session = await open();
    const state = session.state(place);
    assert.equal(state.task?.submitted, true);
    assert.equal(state.draft?.preference, -2);
    assert.equal(state.cases?.sides.A?.results['c1']?.verdict, 'pass');
    assert.doesNotMatch(JSON.stringify(state), /"eva"|m-1|"first"|"second"/);
  });

  it('shows the ideal of the review beside the answers, with its results', async () => {
    const ofIdeal = { ...run, id: 'r2', answerId: sampleId(20) };
    await store.record('ideal', sampleIdeal(20, 't1', { runs: [ofIdeal] }));
    await store.record('ideal', sampleIdeal(21, 't1', { author: 'otto', notes: 'of somebody else' }));
    const ideal = { taskHash: contentHash(task), ideal: sampleId(20), revises: sampleId(1) };
    await store.submit(sampleReview(2, 't1', ideal));
    const session = await InspectionSession.open(sampleId(2), services('ines'));
    opened.push(session);
    const shownThen = session.state(place).ideal;
    assert.equal(shownThen?.notes, 'Slices instead of copying.');
    assert.equal(shownThen?.startedFrom, 'A');
    assert.equal(shownThen?.run.results['c1']?.verdict, 'pass');
    assert.deepEqual(Object.keys(shownThen?.diff ?? {}), ['A', 'B']);
  });

  it('keeps typed text in a new session', async () => {
    const session = await open();
    const quote = review.rationale.slice(2, 9);
    const comment = { id: 'c', start: 2, end: 9, quote, text: 'Which?' };
    session.editInspection(sampleId(1), { kind: 'comment', comment });
    session.editInspection(sampleId(1), {
      kind: 'comment',
      comment: { ...comment, id: 'd', quote: 'elsewhere' },
    });
    session.editInspection(sampleId(1), { kind: 'changes', text: 'Say whi' });
    session.editInspection(sampleId(2), { kind: 'changes', text: 'of another review' });
    await session.flush();
    const { comments, changes, submitted } = shown(await open());
    assert.deepEqual([comments, changes, submitted], [[comment], 'Say whi', false]);
    assert.equal(shown(await open('rita')).changes, '');
  });

  it('replays every run, and shows and records the differences', async () => {
    ends = 'fail';
    const session = await open();
    await session.run();
    const [replay] = shown(session).replays;
    assert.deepEqual(replay?.cases, [{ caseId: 'c1', was: 'pass', now: 'fail', same: false }]);
    score(session);
    decide(session, 'approve');
    assert.deepEqual(await session.submit(), []);
    const [entry] = await store.ledger({ kind: 'inspection' });
    assert.deepEqual(entry?.record.replays, [
      { runId: 'r1', answerId: 'first', same: false, differing: ['c1'] },
    ]);
  });

  it('shows the searches for differences, and replays what they found beside the runs', async () => {
    const searched = sampleSearch({
      answers: task.answers.map(({ id, text }) => ({
        answerId: id,
        codeHash: codeHash([{ path: 'main.py', text }]),
      })),
    });
    await store.submit(
      sampleReview(2, 't1', { taskHash: contentHash(task), revises: sampleId(1), searches: [searched] }),
    );
    ends = 'fail';
    const session = await open('ines', 2);
    await session.run();
    assert.deepEqual(
      shown(session).replays.map(({ search, cases }) => [search, cases[0]?.same]),
      [
        [1, false],
        [1, false],
      ],
    );
    assert.deepEqual(
      session.state(place).differences?.searches.map(({ text, witnesses }) => [text, witnesses[0]?.text]),
      [['12,480 inputs tried, seed 7: 1 difference', '[]: A "first", B "second"']],
    );
    assert.deepEqual(await store.verify(), undefined);
  });

  it('drops the results of replays that newer replays replaced', async () => {
    const { runner, runs } = heldRunner();
    const session = await InspectionSession.open(sampleId(1), { ...services('ines'), runner });
    opened.push(session);
    const replaying = [session.run()];
    await turn();
    replaying.push(session.run());
    await turn();
    runs[1]!.end('pass');
    await turn();
    runs[0]!.end('fail', { cancelled: true });
    await Promise.all(replaying);
    const [replay] = shown(session).replays;
    assert.deepEqual([replay?.phase, replay?.cases[0]?.now], ['done', 'pass']);
    const last = session.run();
    await turn();
    session.cancelRun();
    runs[2]!.end('fail', { cancelled: true });
    await last;
    assert.equal(shown(session).replays[0]?.phase, 'none');
  });

  it('saves no results of a replay after the session has ended', async () => {
    const { runner, runs } = heldRunner();
    const session = await InspectionSession.open(sampleId(1), { ...services('ines'), runner });
    const replaying = session.run();
    await turn();
    session.dispose();
    runs[0]!.end('pass');
    await replaying;
    await session.flush();
    const key = { kind: 'inspection', author: 'ines', subject: sampleId(1) } as const;
    assert.equal(await store.unfinished(key), undefined);
  });

  it('says what is missing, submits once, and revises in a new record', async () => {
    const session = await open();
    assert.equal((await session.submit()).length, 2);
    score(session);
    decide(session, 'approve');
    await session.submit();
    assert.match(obstacleText((await session.submit())[0]!), /already inspected/);
    session.revise();
    decide(session, 'send-back');
    session.editInspection(sampleId(1), { kind: 'changes', text: 'Say which.' });
    assert.deepEqual(await session.submit(), []);
    const [first, second] = await store.ledger({ kind: 'inspection' });
    assert.equal(second?.record.revises, first?.record.id);
    assert.equal(await store.verify(), undefined);
  });

  it('keeps text typed during the commit, in a revision of the inspection', async () => {
    const record = store.record.bind(store);
    const session = await open();
    score(session);
    decide(session, 'approve');
    store.record = (kind, unchained) => {
      decide(session, 'send-back');
      return record(kind, unchained);
    };
    assert.deepEqual(await session.submit(), []);
    store.record = record;
    assert.deepEqual([session.submitted, shown(session).decision], [false, 'send-back']);
    session.editInspection(sampleId(1), { kind: 'changes', text: 'Say which call.' });
    assert.deepEqual(await session.submit(), []);
    const [first, second] = (await store.ledger({ kind: 'inspection' })).map((entry) => entry.record);
    assert.deepEqual([first?.decision.kind, second?.decision.kind], ['approve', 'send-back']);
    assert.equal(second?.revises, first?.id);
  });

  it('replaces the record that the same reviewer made in another window', async () => {
    const first = await open();
    score(first);
    decide(first, 'approve');
    await first.flush();
    const second = await open();
    decide(second, 'send-back');
    second.editInspection(sampleId(1), { kind: 'changes', text: 'Say which call.' });
    assert.deepEqual(await first.submit(), []);
    assert.deepEqual(await second.submit(), []);
    const [one, other] = (await store.ledger({ kind: 'inspection' })).map((entry) => entry.record);
    assert.deepEqual([one?.decision.kind, other?.decision.kind], ['approve', 'send-back']);
    assert.equal(other?.revises, one?.id);
  });

  it('counts the time of a revision separately', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-30T10:00:00Z') });
    try {
      const session = await open();
      score(session);
      decide(session, 'approve');
      session.signOfLife();
      mock.timers.tick(20_000);
      assert.deepEqual(await session.submit(), []);
      session.revise();
      mock.timers.tick(5_000);
      assert.deepEqual(await session.submit(), []);
      await session.flush();
      const later = await open();
      later.signOfLife();
      mock.timers.tick(1_000);
      later.revise();
      mock.timers.tick(2_000);
      assert.deepEqual(await later.submit(), []);
      await later.flush();
      const inspections = (await store.ledger({ kind: 'inspection' })).map(({ record }) => record);
      assert.deepEqual(
        inspections.map(({ activeMs }) => activeMs),
        [20_000, 5_000, 2_000],
      );
      const worked = await store.worked({ person: 'ines' });
      assert.deepEqual(
        worked.map(({ recordId, activeMs }) => [recordId, activeMs]),
        [
          [inspections[0]!.id, 20_000],
          [inspections[1]!.id, 6_000],
          [inspections[2]!.id, 2_000],
        ],
      );
    } finally {
      mock.timers.reset();
    }
  });

  it('shows other inspections only to reviewers who have submitted their own', async () => {
    const [mine, theirs] = [await open(), await open('rita')];
    score(theirs);
    decide(theirs, 'approve');
    await theirs.submit();
    const later = await open();
    assert.deepEqual(shown(later).others, []);
    score(later);
    decide(later, 'approve');
    await later.submit();
    assert.deepEqual(
      shown(later).others.map(({ decision, reviewer }) => [decision, reviewer]),
      [['approve', undefined]],
    );
    assert.deepEqual(shown(mine).others, []);
  });

  it('sends a review back to its evaluator, whose revision names it', async () => {
    const session = await open();
    score(session);
    decide(session, 'send-back');
    session.editInspection(sampleId(1), { kind: 'changes', text: 'Say which.' });
    await session.submit();
    const evaluator = await Session.open(task, services('ines'));
    opened.push(evaluator);
    assert.deepEqual(evaluator.state(place).feedback?.changes, ['Say which.']);
    assert.equal(evaluator.submitted, false);
    assert.equal(evaluator.rationale(), review.rationale);
    evaluator.editRationale('@A is better than @B because @A:1 handles the empty list and @B:2 does not.');
    for (const { rule } of evaluator.findings)
      evaluator.edit({ kind: 'override', rule, reason: 'not what is tested' });
    assert.deepEqual(await evaluator.submit(), []);
    const [, revision] = await store.reviews({ taskId: 't1' });
    assert.equal(revision?.revises, review.id);
    assert.equal(evaluator.state(place).feedback, null);
  });

  it('refuses a review whose task is missing, with the remedy', async () => {
    await store.submit(sampleReview(2, 'elsewhere'));
    await assert.rejects(open('ines', 2), { code: 'task-unknown', message: /Import the file of its task/ });
    await assert.rejects(open('ines', 3), { code: 'review-unknown' });
  });

  describe('that settles', () => {
    const settle = async () => {
      const session = await SettlementSession.open('t1', services('ines'));
      opened.push(session);
      return session;
    };

    it('needs two evaluators', async () => {
      await assert.rejects(settle(), { code: 'settle-too-few' });
    });

    it('replaces a settlement made in another window, and keeps text typed in the meantime', async () => {
      await store.submit(sampleReview(2, 't1', { evaluator: 'otto', taskHash: contentHash(task) }));
      const first = await settle();
      first.editSettlement({ kind: 'verdict', value: 'unresolved' });
      first.editSettlement({ kind: 'on', value: 'taste' });
      first.editSettlement({ kind: 'about', text: 'style' });
      first.editSettlement({ kind: 'reason', text: 'both hold' });
      await first.flush();
      const second = await settle();
      second.editSettlement({ kind: 'reason', text: 'neither holds' });
      const record = store.record.bind(store);
      store.record = (kind, unchained) => {
        first.editSettlement({ kind: 'reason', text: 'typed meanwhile' });
        return record(kind, unchained);
      };
      assert.deepEqual(await first.submit(), []);
      store.record = record;
      assert.equal(first.state(place).settlement?.submitted, false);
      assert.deepEqual(await second.submit(), []);
      assert.deepEqual(await first.submit(), []);
      const settlements = (await store.ledger({ kind: 'settlement' })).map((entry) => entry.record);
      assert.deepEqual(
        settlements.map(({ reason }) => reason),
        ['both hold', 'neither holds', 'typed meanwhile'],
      );
      assert.deepEqual(
        settlements.map(({ revises }) => revises),
        [undefined, settlements[0]?.id, settlements[1]?.id],
      );
    });

    it('records the active time, in the record and in the time sheet', async () => {
      await store.submit(sampleReview(2, 't1', { evaluator: 'otto', taskHash: contentHash(task) }));
      mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-30T10:00:00Z') });
      try {
        const session = await settle();
        session.signOfLife();
        mock.timers.tick(4_000);
        session.editSettlement({ kind: 'verdict', value: -2 });
        session.pause();
        await session.flush();
        const [unfinished] = await store.worked({ person: 'ines' });
        assert.deepEqual(
          [unfinished?.work, unfinished?.activeMs, unfinished?.recordId],
          ['settlement', 4_000, undefined],
        );
        session.dispose();
        const again = await settle();
        again.signOfLife();
        mock.timers.tick(3_000);
        assert.deepEqual(await again.submit(), []);
        await again.flush();
        const [entry] = await store.ledger({ kind: 'settlement' });
        assert.equal(entry?.record.activeMs, 7_000);
        const worked = await store.worked({ person: 'ines' });
        assert.deepEqual(
          worked.map(({ recordId, activeMs }) => [recordId, activeMs]),
          [[entry.record.id, 7_000]],
        );
      } finally {
        mock.timers.reset();
      }
    });

    it('records the verdict with its source and the replays, and then opens as settled', async () => {
      await store.submit(
        sampleReview(2, 't1', {
          evaluator: 'otto',
          preference: { kind: 'tie' },
          taskHash: contentHash(task),
        }),
      );
      const session = await settle();
      const state = session.state(place);
      assert.equal(state.settlement?.reviews.length, 2);
      assert.doesNotMatch(JSON.stringify(state), /otto|"eva"/);
      session.editSettlement({ kind: 'verdict', value: 'unresolved' });
      session.editSettlement({ kind: 'on', value: 'taste' });
      session.editSettlement({ kind: 'about', text: 'style' });
      session.editSettlement({ kind: 'reason', text: 'both hold' });
      await session.flush();
      const again = await settle();
      assert.equal(again.state(place).settlement?.about, 'style');
      await again.run();
      assert.deepEqual(await again.submit(), []);
      const [entry] = await store.ledger({ kind: 'settlement' });
      assert.equal(entry?.record.source, 'unresolved');
      assert.deepEqual(entry?.record.differences[0]?.replays, ['r1']);
      assert.equal((await settle()).state(place).settlement?.submitted, true);
    });
  });
});

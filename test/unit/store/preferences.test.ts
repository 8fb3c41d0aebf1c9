import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tiebreakJsonl } from '../../../src/core/exchange/tiebreakJsonl.ts';
import { agreementReport, type AgreementReport } from '../../../src/core/statistics/agreementReport.ts';
import { fitBradleyTerry, type TieRule } from '../../../src/core/statistics/bradleyTerry.ts';
import { confusionOf } from '../../../src/core/statistics/confusion.ts';
import { importFile } from '../../../src/transfer/import/importing.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import {
  preferenceReviews,
  preferencesAbsent,
  preferenceTasks,
  readExpected,
  readJudgements,
  type JudgementRow,
} from '../../fixtures/preferences.ts';
import { skipBecause } from '../../skip.ts';

type Label = Exclude<JudgementRow['winner'], null>;

describe('real judgements of three people', function () {
  let report: AgreementReport;
  let rows: JudgementRow[];
  let expected: ReturnType<typeof readExpected>['recomputed_by_r4'];
  let published: ReturnType<typeof readExpected>['published'];
  let majority: Map<number, { label: Label; row: JudgementRow }>;

  before(async function () {
    if (preferencesAbsent !== undefined) skipBecause(this, preferencesAbsent);
    rows = readJudgements();
    ({ recomputed_by_r4: expected, published } = readExpected());
    majority = majorityOf(rows);
    report = agreementReport(await importedReviews(), () => undefined);
  });

  it('agree pair by pair as computed elsewhere and as published', () => {
    assert.equal(report.pairs.length, 3);
    for (const { evaluators, items, raw, kappa } of report.pairs) {
      const key = evaluators.map((judge) => judge.replace('human_', '')).join('-');
      assert.equal(items, 999);
      assert.equal(raw.toFixed(6), expected.raw_agreement[key]!.toFixed(6));
      assert.equal(kappa?.kappa.toFixed(6), expected.cohen_kappa[key]!.toFixed(6));
      assert.equal(kappa?.kappa.toFixed(2), published.cohen_kappa_readme[key]!.toFixed(2));
    }
  });

  it('have an overall agreement between those of the pairs, with an interval that contains it', () => {
    const { items, ratings, raw, alpha, fleiss } = report.overall.tiesIn;
    assert.deepEqual([items, ratings], [999, 2997]);
    const mean = Object.values(expected.raw_agreement).reduce((sum, value) => sum + value, 0) / 3;
    assert.equal(raw?.toFixed(5), mean.toFixed(5));
    const kappas = Object.values(expected.cohen_kappa);
    for (const value of [alpha!.value, fleiss!.value])
      assert.ok(value > Math.min(...kappas) && value < Math.max(...kappas), `${value}`);
    assert.ok(alpha!.interval!.low < alpha!.value && alpha!.value < alpha!.interval!.high);
  });

  it('have the majorities that were published', () => {
    const codes: Record<Label, string> = { tie: '0', model_a: '1', model_b: '2' };
    const counts = Object.fromEntries(
      Object.entries(codes).map(([label, code]) => [
        code,
        [...majority.values()].filter((verdict) => verdict.label === label).length,
      ]),
    );
    assert.deepEqual(counts, expected.majority_distribution);
    assert.deepEqual(counts, published.label_distribution_readme);
  });

  it('show how often model judges match the majority', () => {
    for (const [judge, figures] of Object.entries(
      expected['judge_vs_majority_[acc,macroP,macroR,macroF1]'],
    )) {
      // If a judge's output names no winner, count it as a tie.
      const pairs = rows
        .filter((row) => row.judge === judge)
        .map((row) => ({ given: row.winner ?? 'tie', truth: majority.get(row.question_id)!.label }));
      const found = confusionOf(pairs)!;
      const { accuracy, precision, recall, f1 } = found;
      assert.deepEqual(
        [accuracy, precision, recall, f1].map((value) => value.toFixed(4)),
        figures.map((value) => value.toFixed(4)),
        judge,
      );
    }
  });

  it('have the expected wins, losses and ties of each pair of models', () => {
    const counts: Record<string, [number, number, number]> = {};
    for (const { label, row } of majority.values()) {
      const count = (counts[`${row.model_a} vs ${row.model_b}`] ??= [0, 0, 0]);
      count[label === 'model_a' ? 0 : label === 'model_b' ? 1 : 2] += 1;
    }
    assert.deepEqual(counts, expected.win_lose_tie_majority);
  });

  const rules: [TieRule, 'bt_natural_log_strength_mean0_ties_half' | 'bt_ties_dropped'][] = [
    ['half', 'bt_natural_log_strength_mean0_ties_half'],
    ['drop', 'bt_ties_dropped'],
  ];
  for (const [ties, name] of rules) {
    it(`give the models' strengths, ties ${ties}`, () => {
      const outcomes = { model_a: 'first', model_b: 'second', tie: 'tie' } as const;
      const comparisons = [...majority].map(([id, { label, row }]) => ({
        first: row.model_a,
        second: row.model_b,
        outcome: outcomes[label],
        cluster: `${id}`,
      }));
      const { strengths } = fitBradleyTerry(comparisons, { ties })!;
      for (const [model, strength] of Object.entries(expected[name]))
        assert.equal(strengths.get(model)?.value.toFixed(6), strength.toFixed(6), model);
    });
  }
});

/** Import through a file of the Tiebreak format, as for another evaluator's work. */
async function importedReviews() {
  const folder = mkdtempSync(join(tmpdir(), 'tiebreak-preferences-'));
  const store = await openSqliteStore(':memory:');
  try {
    const tasks = preferenceTasks();
    const { lines } = tiebreakJsonl.export({ tasks, reviews: preferenceReviews(tasks), skips: [] });
    const path = join(folder, 'preferences.jsonl');
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    const { added, reviews, problems } = await importFile(store, path);
    assert.deepEqual([added, reviews.added, problems], [999, 2997, []]);
    return await store.reviews();
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Question → the verdict of at least two of the three people, else a tie. */
function majorityOf(rows: readonly JudgementRow[]): Map<number, { label: Label; row: JudgementRow }> {
  const people = Map.groupBy(
    rows.filter(({ judge_type: type }) => type === 'human'),
    ({ question_id: id }) => id,
  );
  return new Map(
    [...people].map(([id, votes]) => {
      const labels = votes.map(({ winner }) => winner);
      const label = labels.find((vote, at) => labels.indexOf(vote) !== at) ?? 'tie';
      return [id, { label, row: votes[0]! }];
    }),
  );
}

import assert from 'node:assert/strict';
import {
  fitBradleyTerry,
  type BradleyTerryFit,
  type PairedComparison,
} from '../../../../src/core/statistics/bradleyTerry.ts';
import { raoKupperPair } from '../../../../src/core/statistics/raoKupper.ts';
import { assertDigits } from './tables.ts';

type Outcome = PairedComparison['outcome'];

function repeated(first: string, second: string, outcome: Outcome, times: number): PairedComparison[] {
  return Array.from({ length: times }, () => ({ first, second, outcome }));
}

/** Teams in alphabetical order; one digit a game count, row against column. */
const teams = ['Bal', 'Bos', 'Cle', 'Det', 'Mil', 'NY', 'Tor'];
const homeWins = '0131221 6052543 2403243 4660344 6644044 6445302 6444220'.split(' ');
const homeLosses = '0645546 0025123 4203534 3010332 0123032 1321305 0323540'.split(' ');
const baseball = teams.flatMap((first, row) =>
  teams.flatMap((second, column): PairedComparison[] => [
    { first, second, outcome: 'first', times: Number(homeWins[row]![column]) },
    { first, second, outcome: 'second', times: Number(homeLosses[row]![column]) },
  ]),
);
const games = baseball.filter(({ times }) => times !== 0);

function fitted(
  comparisons: readonly PairedComparison[],
  options: Parameters<typeof fitBradleyTerry>[1],
): BradleyTerryFit {
  const fit = fitBradleyTerry(comparisons, options);
  assert.ok(fit !== undefined);
  return fit;
}

describe('Bradley–Terry', () => {
  it('gives the strengths and sandwich errors of four items, each row a cluster', () => {
    const rows = [
      ...repeated('A', 'B', 'first', 2),
      ...repeated('A', 'B', 'second', 3),
      ...repeated('A', 'D', 'first', 1),
      ...repeated('A', 'D', 'second', 4),
      ...repeated('B', 'C', 'first', 5),
      ...repeated('B', 'C', 'second', 3),
      ...repeated('C', 'D', 'first', 1),
      ...repeated('C', 'D', 'second', 3),
    ];
    const { strengths } = fitted(rows, { ties: 'drop' });
    const expected: [string, string, string][] = [
      ['A', '.639835', '.544343'],
      ['B', '1.043314', '.484655'],
      ['C', '.659810', '.528173'],
      ['D', '2.270377', '.623970'],
    ];
    for (const [item, strength, error] of expected) {
      assertDigits(Math.exp(strengths.get(item)!.value), strength);
      assertDigits(strengths.get(item)!.standardError, error);
    }
  });

  it('gives the strengths of journals that cite each other, against the first', () => {
    const cited = ['714 730 498 221', '33 425 68 17', '320 813 1072 142', '284 276 325 188'].map((row) =>
      row.split(' ').map(Number),
    );
    const comparisons = cited.flatMap((row, first) =>
      row.flatMap((times, second): PairedComparison[] =>
        first === second ? [] : [{ first: `${first}`, second: `${second}`, outcome: 'first', times }],
      ),
    );
    const fit = fitted(comparisons, { ties: 'drop' });
    const expected: [string, string][] = [
      ['-2.949072', '.102545'],
      ['-.479570', '.060589'],
      ['.268954', '.070830'],
    ];
    expected.forEach(([value, error], at) => {
      const { value: found, modelError } = fit.difference(`${at + 1}`, '0');
      assertDigits(found, value);
      assertDigits(modelError, error);
    });
  });

  it('gives the strengths of the teams of the 1987 season', () => {
    const fit = fitted(games, { ties: 'drop' });
    const expected = {
      Bos: '1.107698',
      Cle: '.683853',
      Det: '1.436408',
      Mil: '1.581356',
      NY: '1.247618',
      Tor: '1.294485',
    };
    for (const [team, value] of Object.entries(expected))
      assertDigits(fit.difference(team, 'Bal').value, value);
  });

  it('estimates the home advantage', () => {
    const without = fitted(games, { ties: 'drop' });
    const { position, logLikelihood } = fitted(games, { ties: 'drop', position: true });
    assertDigits(position?.value, '.302261');
    assertDigits(position?.modelError, '.130944');
    assertDigits(2 * (logLikelihood - without.logLikelihood), '5.410609');
  });

  it("gives ties a parameter of their own (Davidson's closed form for a pair)", () => {
    const comparisons: PairedComparison[] = [
      { first: 'i', second: 'j', outcome: 'first', times: 30 },
      { first: 'i', second: 'j', outcome: 'second', times: 15 },
      { first: 'i', second: 'j', outcome: 'tie', times: 10 },
    ];
    const fit = fitted(comparisons, { ties: 'davidson' });
    assertDigits(fit.difference('i', 'j').value, '.693147');
    assertDigits(fit.tie, '.471405');
    assertDigits(fitted(comparisons, { ties: 'drop' }).difference('i', 'j').value, '.693147');
    assertDigits(
      fitted(comparisons, { ties: 'half' }).difference('i', 'j').value,
      Math.log(35 / 20).toFixed(6),
    );
  });

  it("fits Rao and Kupper's ties to a pair", () => {
    const fit = raoKupperPair(30, 15, 10);
    assertDigits(fit?.threshold, '1.490712');
    assertDigits(fit?.ratio, '1.788854');
    assert.equal(raoKupperPair(5, 0, 1), undefined);
  });

  it('widens the interval if rows of one task are dependent', () => {
    const rows = [...repeated('A', 'B', 'first', 20), ...repeated('A', 'B', 'second', 10)];
    const doubled = rows.flatMap((row, at) => [
      { ...row, cluster: `task ${at}` },
      { ...row, cluster: `task ${at}` },
    ]);
    const alone = fitted(rows, { ties: 'drop' }).difference('A', 'B');
    const together = fitted(doubled, { ties: 'drop' }).difference('A', 'B');
    assertDigits(together.standardError, alone.standardError.toFixed(6));
    assert.ok(together.modelError < alone.modelError / 1.4);
  });

  it('removes the effect of style from the strengths', () => {
    // A wins 30 of 40 when it is the longer one, 20 of 40 when it is not: length sways, and A is better beside it.
    const rows = [
      ...repeated('A', 'B', 'first', 30).map((row) => ({ ...row, style: [1] })),
      ...repeated('A', 'B', 'second', 10).map((row) => ({ ...row, style: [1] })),
      ...repeated('A', 'B', 'first', 20).map((row) => ({ ...row, style: [-1] })),
      ...repeated('A', 'B', 'second', 20).map((row) => ({ ...row, style: [-1] })),
    ];
    const fit = fitted(rows, { ties: 'drop' });
    assertDigits(fit.style[0]?.value, (Math.log(3) / 2).toFixed(6));
    assertDigits(fit.difference('A', 'B').value, (Math.log(3) / 2).toFixed(6));
  });

  it('finds no strengths if one item never loses or two groups never met', () => {
    assert.equal(fitBradleyTerry(repeated('A', 'B', 'first', 5), { ties: 'drop' }), undefined);
    const apart = ['AB', 'CD'].flatMap(([first, second]) => [
      ...repeated(first!, second!, 'first', 2),
      ...repeated(first!, second!, 'second', 2),
    ]);
    assert.equal(fitBradleyTerry(apart, { ties: 'drop' }), undefined);
  });
});

import assert from 'node:assert/strict';
import {
  numbers,
  textCell,
  valueCell,
  words,
  type TableSpec,
} from '../../../../src/webview/dashboard/figure.ts';
import { count } from '../../../../src/webview/dashboard/numbers.ts';
import { sorted } from '../../../../src/webview/dashboard/sorting.ts';

describe('sorting a table of the dashboard', () => {
  const spec: TableSpec = {
    columns: [words('Name'), numbers('n')],
    rows: [
      ['b', 9],
      ['a', undefined],
      ['d', 10],
      ['c', 9],
    ].map(([name, n]) => [textCell(String(name)), valueCell(n as number | undefined, count)]),
  };
  const names = (column: number, isDescending: boolean) =>
    sorted(spec, { column, isDescending })
      .map(([name]) => name!.text)
      .join('');

  it('leaves rows as they are until a column is chosen', () => {
    assert.equal(sorted(spec, undefined), spec.rows);
  });

  it('sorts words by their letters and numbers by their size, both ways', () => {
    assert.equal(names(0, false), 'abcd');
    assert.equal(names(0, true), 'dcba');
    assert.equal(names(1, true).slice(0, 3), 'dbc');
  });

  it('keeps equal rows in their order and puts those without a value last, both ways', () => {
    assert.equal(names(1, false), 'bcda');
    assert.equal(names(1, true), 'dbca');
  });
});

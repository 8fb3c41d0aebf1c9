import { strict as assert } from 'node:assert';
import type { Diagnostic } from '../../../../src/core/run/diagnostic.ts';
import type { PanelFlag, PanelState } from '../../../../src/protocol/panel/state.ts';
import {
  countsOf,
  flagOf,
  isFlagged,
  nextSuspicion,
  selectedSuspicion,
} from '../../../../src/webview/code/suspicions.ts';

const found = (
  line: number,
  category: Diagnostic['category'],
  severity: Diagnostic['severity'] = 'error',
): Diagnostic => ({
  file: 'main.py',
  range: { startLine: line, startColumn: 1, endLine: line + 1, endColumn: 4 },
  severity,
  code: 'x',
  message: `said of ${line}`,
  source: 'tool',
  category,
});
const side = (...diagnostics: Diagnostic[]) => ({
  phase: 'done' as const,
  diagnostics,
  notes: [],
  absent: [],
  tools: [],
});
const draft = (flags: NonNullable<PanelState['draft']>['flags']) =>
  ({ draft: { flags } }) as unknown as Pick<PanelState, 'draft'>;

describe('suspicions', () => {
  const absent = found(1, 'unknown-api', 'info');
  const unknown = found(3, 'unknown-api');
  const unsafe = found(7, 'unsafe', 'warning');
  const gaming = found(12, 'games-tests', 'warning');
  const checks = { A: side(absent, found(2, 'type')), B: side(unknown, unsafe, gaming) };

  it('are counted apart from errors, and a package that is not installed is none', () => {
    assert.deepEqual(countsOf([absent, unknown, unsafe, gaming, found(2, 'type')]), {
      errors: 2,
      warnings: 2,
      unknownApi: 1,
      unsafe: 1,
      gamesTests: 1,
    });
  });

  it('are flagged one by one, with their lines and messages', () => {
    const flags: PanelFlag[] = [];
    for (const kind of ['hallucinated-api', 'unsafe', 'games-tests']) {
      const next = nextSuspicion({ checks, ...draft(flags) });
      const flag = flagOf(next!, `id-${flags.length}`)!;
      assert.deepEqual([flag.side, flag.kind, flag.endLine - flag.startLine], ['B', kind, 1]);
      assert.match(flag.note ?? '', /^said of \d+ \(tool\)$/);
      flags.push(flag);
      assert.ok(isFlagged(flags, next!));
    }
    assert.equal(nextSuspicion({ checks, ...draft(flags) }), undefined);
  });

  it('are found on the selected lines, including packages that are only not installed', () => {
    const on = (which: 'A' | 'B', line: number) =>
      selectedSuspicion({ checks }, { side: which, file: 'main.py', from: line, to: line })?.diagnostic;
    assert.equal(on('B', 8), unsafe);
    assert.equal(on('A', 1), absent);
    assert.equal(on('A', 20), undefined);
    assert.equal(selectedSuspicion({ checks }, null), undefined);
  });

  it('exclude everything else: a type error does not become a flag', () => {
    assert.equal(flagOf({ side: 'A', diagnostic: found(2, 'type') }, 'id'), undefined);
    assert.equal(nextSuspicion({ checks: { A: side(found(2, 'type')) } }), undefined);
    assert.equal(nextSuspicion({}), undefined);
  });
});

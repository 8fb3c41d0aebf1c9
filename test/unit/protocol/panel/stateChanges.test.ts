import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Case } from '../../../../src/core/task/task.ts';
import type { PanelIdeal, PanelRunSide, PanelState } from '../../../../src/protocol/panel/state.ts';
import { stateChanges, withStateChanges } from '../../../../src/protocol/panel/stateChanges.ts';
import { stateChangesSchema } from '../../../../src/protocol/panel/stateChangesSchema.ts';
import { result } from '../../../fixtures/rationaleContext.ts';

const id = fc.constantFrom('one', 'two', 'three', 'constructor');
const text = fc.constantFrom('', 'a', 'b');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const cases: fc.Arbitrary<Case[]> = fc.uniqueArray(
  fc.record({ id, expected: fc.nat(2) }).map(({ id: caseId, expected }): Case => ({
    id: caseId,
    kind: 'call',
    args: [],
    expected,
    origin: 'task',
  })),
  { selector: (each) => each.id },
);
const run: fc.Arbitrary<PanelRunSide> = fc.record(
  {
    phase: fc.constantFrom('idle', 'running', 'done'),
    results: fc
      .dictionary(id, fc.constantFrom('pass', 'fail'))
      .map((verdicts) =>
        Object.fromEntries(
          Object.entries(verdicts).map(([caseId, verdict]) => [caseId, result(caseId, verdict as 'pass')]),
        ),
      ),
    wallMs: fc.nat(2),
    error: text,
  },
  { requiredKeys: ['phase', 'results'] },
);
const ideal: fc.Arbitrary<PanelIdeal> = fc.record({
  files: fc.array(fc.record({ path: text, lines: fc.array(text), key: text }), { maxLength: 2 }),
  startedFrom: fc.constantFrom('A', null),
  notes: text,
  references: text,
  reason: text,
  findings: fc.constant([]),
  proof: fc.constantFrom({ state: 'reason' }, { state: 'missing', missing: 'a case' }),
  distance: fc.record({ added: fc.nat(2), removed: fc.nat(2), kept: fc.constant(1) }),
  run,
  checks: fc.constant({ phase: 'none' as const, diagnostics: [], notes: [], absent: [], tools: [] }),
  diff: fc.constant({}),
  worth: fc.dictionary(
    id,
    fc.nat(2).map((failing) => ({ answers: { failing, of: 2 }, mutants: { failing: 0, of: 0 } })),
  ),
});
const state: fc.Arbitrary<PanelState> = fc.record(
  {
    draft: fc.option(
      fc.record({
        preference: fc.constantFrom(1, null),
        scores: fc.constant({}),
        flags: fc.constant([]),
        rationale: fc.record({ text, from: fc.constantFrom('panel', 'store') }),
        caseForms: fc.record({
          forms: fc.array(fc.record({ form: id, fields: fc.record({ source: text }) }), { maxLength: 2 }),
          from: fc.constantFrom('panel', 'store', 'document'),
        }),
        overrides: fc.array(fc.record({ rule: id, reason: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
        activeMs: fc.nat(2),
      }),
    ),
    totals: fc.record({ A: fc.nat(2), B: fc.nat(2) }, { requiredKeys: [] }),
    cases: fc.option(
      fc.record({
        cases,
        sides: fc.record({ A: run, B: run }, { requiredKeys: ['A'] }),
        splitting: fc.uniqueArray(id).map((ids) => ids.toSorted()),
        timings: fc.dictionary(id, fc.constantFrom({ phase: 'running' as const, lines: [] })),
        blocked: maybe(text),
      }),
    ),
    ideal: fc.option(ideal),
    highlight: fc.option(
      fc.record({
        palette: fc.array(
          fc.record({
            color: text,
            italic: fc.boolean(),
            bold: fc.constant(false),
            underline: fc.constant(false),
          }),
          { maxLength: 1 },
        ),
        lines: fc.dictionary(id, fc.array(fc.array(fc.nat(2), { maxLength: 2 }), { maxLength: 2 })),
      }),
    ),
    saved: fc.constantFrom({ state: 'clean' }, { state: 'saving' }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<PanelState>;

/** The state on the other side of the channel. */
const wired = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
/** The order of splitting cases has no meaning. */
const plain = (value: PanelState): PanelState => {
  const copy = wired(value);
  copy.cases?.splitting.sort();
  return copy;
};

describe('changes of the panel’s state', () => {
  it('turn any state into any other, sent as JSON and parsed', () => {
    fc.assert(
      fc.property(state, state, (before, sections) => {
        const changes = stateChanges(before, sections);
        const after =
          changes === undefined
            ? before
            : withStateChanges(wired(before), stateChangesSchema.parse(wired(changes)));
        assert.deepEqual(plain(after), plain({ ...before, ...sections }));
      }),
      { numRuns: 500 },
    );
  });

  it('are undefined if nothing changed', () => {
    fc.assert(fc.property(state, (sections) => stateChanges(sections, wired(sections)) === undefined));
  });

  it('keep unchanged objects, so that these are not redrawn', () => {
    fc.assert(
      fc.property(ideal, ideal, (one, other) => {
        const before: PanelState = { ideal: { ...one, files: other.files }, totals: {} };
        const changes = stateChanges(before, { ideal: other });
        const after = changes === undefined ? before : withStateChanges(before, wired(changes));
        assert.equal(after.ideal?.files, other.files);
        assert.equal(after.totals, before.totals);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import type { CheckReport } from '../../../../src/core/diagnostic.ts';
import { createChecks } from '../../../../src/checks/checks.ts';
import { unsafeRules, type UnsafeRule } from '../../../../src/checks/unsafe/rules.ts';
import { checkersDir, needsSandbox, sandbox } from '../../runner/harness.ts';

const check = createChecks({ sandbox, checkersDir, trusted: () => true }).find(
  ({ id }) => id === 'ast-grep',
)!;

/** Where an example is looked at; one language's grammar may be several. */
const endings: Readonly<Record<string, readonly string[]>> = {
  bash: ['.sh'],
  c: ['.c', '.cpp'],
  go: ['.go'],
  java: ['.java'],
  javascript: ['.js', '.ts'],
  python: ['.py'],
  sql: ['.sql'],
};

interface Example {
  readonly rule: UnsafeRule;
  readonly path: string;
  readonly text: string;
  readonly isBad: boolean;
}

/** Every example of a language as a file of its own, so that all of them are looked at in one run. */
function examplesOf(language: string): Example[] {
  return endings[language]!.flatMap((ending) =>
    unsafeRules[language]!.rules.filter(({ grammar }) => ending !== '.ts' || grammar === undefined).flatMap(
      (rule) =>
        [
          ...rule.bad.map((text) => [text, true] as const),
          ...rule.good.map((text) => [text, false] as const),
        ].map(([text, isBad], index) => ({
          rule,
          text,
          isBad,
          path: `${rule.id}-${isBad}-${index}${ending}`,
        })),
    ),
  );
}

async function look(
  language: string,
  files: readonly { path: string; text: string }[],
): Promise<CheckReport> {
  const report = await check.check({ answerId: 'a', language, files });
  assert.equal(report.status, 'done', report.reason);
  return report;
}

describe('the rules on what is not safe', function () {
  this.timeout(120_000);
  before(needsSandbox());

  it('are at least forty, over seven languages, each with its weakness and examples both ways', () => {
    const all = Object.values(unsafeRules).flatMap(({ rules }) => rules);
    assert.ok(all.length >= 40, `${all.length} rules`);
    assert.deepEqual(Object.keys(unsafeRules).toSorted(), Object.keys(endings).toSorted());
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    for (const { id, cwe, bad, good, message } of all) {
      assert.match(cwe, /^CWE-\d+$/, id);
      assert.ok(bad.length > 0 && good.length > 0 && message.length > 20, id);
    }
  });

  for (const language of Object.keys(endings)) {
    it(`find every bad example of ${language} and no good one`, async () => {
      const examples = examplesOf(language);
      // More findings than a report keeps would hide some.
      for (let from = 0; from < examples.length; from += 60) {
        const some = examples.slice(from, from + 60);
        const { diagnostics } = await look(
          language,
          some.map(({ path, text }) => ({ path, text })),
        );
        for (const { rule, path, text, isBad } of some) {
          const found = diagnostics.some(({ file, code }) => file === path && code === rule.id);
          assert.equal(found, isBad, `${rule.id} ${isBad ? 'misses' : 'blames'} ${JSON.stringify(text)}`);
        }
      }
    });
  }

  it('say where it is, how bad, and which weakness', async () => {
    const text = 'import os\n\ndef ping(host):\n    os.system("ping é " + host)\n';
    const { diagnostics, version } = await look('python', [{ path: 'lib/net.py', text }]);
    assert.deepEqual(diagnostics, [
      {
        file: 'lib/net.py',
        range: { startLine: 4, startColumn: 5, endLine: 4, endColumn: 32 },
        severity: 'error',
        code: 'python-shell-system',
        message: diagnostics[0]?.message,
        source: 'ast-grep',
        category: 'unsafe',
      },
    ]);
    assert.match(diagnostics[0]?.message ?? '', /\(CWE-78\)$/);
    assert.match(version, /^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
  });

  it('bear files that are no code', async () => {
    const files = [
      { path: 'a.py', text: '\0\uFFFF )))) {{{ "' },
      { path: 'b.js', text: '' },
      { path: 'c.txt', text: 'eval(x)' },
    ];
    assert.deepEqual((await look('python', files)).diagnostics, []);
  });
});

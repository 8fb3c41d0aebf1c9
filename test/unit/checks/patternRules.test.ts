import assert from 'node:assert/strict';
import type { CheckReport } from '../../../src/core/run/diagnostic.ts';
import { createChecks } from '../../../src/checks/checks.ts';
import { gamingRules } from '../../../src/checks/gaming/rules.ts';
import type { PatternRule } from '../../../src/checks/patternRule.ts';
import { unsafeRules } from '../../../src/checks/unsafe/rules.ts';
import { checkersDir, needsSandbox, sandbox } from '../runner/harness.ts';

const check = createChecks({ sandbox, checkersDir, trusted: () => true }).find(
  ({ id }) => id === 'ast-grep',
)!;

/** The file extensions with which an example is checked, because the rules of a language may apply to several grammars. */
const endings: Readonly<Record<string, readonly string[]>> = {
  bash: ['.sh'],
  c: ['.c', '.cpp'],
  go: ['.go'],
  java: ['.java'],
  javascript: ['.js', '.ts'],
  php: ['.php'],
  python: ['.py'],
  ruby: ['.rb'],
  rust: ['.rs'],
  sql: ['.sql'],
};

interface Example {
  readonly rule: PatternRule;
  readonly path: string;
  readonly text: string;
  readonly isBad: boolean;
}

/** Every example of a language as a separate file, so that one run checks all of them. */
function examplesOf(language: string): Example[] {
  const rules = [unsafeRules, gamingRules].flatMap((set) => set[language]?.rules ?? []);
  return endings[language]!.flatMap((ending) =>
    rules
      .filter(({ grammar }) => ending !== '.ts' || grammar === undefined)
      .flatMap((rule) =>
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

describe('the rules for patterns', function () {
  before(needsSandbox());

  it('name the weakness of unsafe code, and have examples both ways', () => {
    const unsafe = Object.values(unsafeRules).flatMap(({ rules }) => rules);
    const all = [...unsafe, ...Object.values(gamingRules).flatMap(({ rules }) => rules)];
    const languages = new Set([...Object.keys(unsafeRules), ...Object.keys(gamingRules)]);
    assert.deepEqual([...languages].toSorted(), Object.keys(endings).toSorted());
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    for (const { id, cwe } of unsafe) assert.match(cwe ?? '', /^CWE-\d+$/, id);
    for (const { id, bad, good, message } of all) {
      assert.ok(bad.length > 0 && good.length > 0 && message.length > 20, id);
    }
  });

  for (const language of Object.keys(endings)) {
    it(`find every bad example of ${language} and no good one`, async () => {
      const examples = examplesOf(language);
      // A report keeps a limited number of findings, so check the examples in groups.
      for (let from = 0; from < examples.length; from += 150) {
        const some = examples.slice(from, from + 150);
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

  it('report position, severity and weakness', async () => {
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

  it('tell code that games its tests from unsafe code', async () => {
    const text = 'import os\n\ndef add(a, b):\n    os._exit(0)\n    return eval(a)\n';
    const { diagnostics } = await look('python', [{ path: 'main.py', text }]);
    const found = diagnostics.map(({ category, code, range }) => `${range.startLine} ${category} ${code}`);
    assert.deepEqual(found.toSorted(), ['4 games-tests python-early-success', '5 unsafe python-eval']);
    assert.match(
      diagnostics.find(({ category }) => category === 'games-tests')!.message,
      /tests after it do not run$/,
    );
  });

  it('tolerate files that are not code', async () => {
    const files = [
      { path: 'a.py', text: '\0\uFFFF )))) {{{ "' },
      { path: 'b.js', text: '' },
      { path: 'c.txt', text: 'eval(x)' },
    ];
    assert.deepEqual((await look('python', files)).diagnostics, []);
  });
});

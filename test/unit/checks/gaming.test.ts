import assert from 'node:assert/strict';
import { checkRequest } from '../../../src/checks/check.ts';
import { createChecks } from '../../../src/checks/checks.ts';
import type { Case } from '../../../src/core/task/task.ts';
import { c, cpp, go, java, rust } from '../../fixtures/gaming/compiled.ts';
import { javascript } from '../../fixtures/gaming/javascript.ts';
import { python } from '../../fixtures/gaming/python.ts';
import { ruby } from '../../fixtures/gaming/ruby.ts';
import type { Samples } from '../../fixtures/gaming/sample.ts';
import { php } from '../../fixtures/gaming/scripts.ts';
import { checkersDir, needsSandbox, sandbox } from '../runner/harness.ts';

const checks = createChecks({ sandbox, checkersDir, trusted: () => true });
const patterns = checks.find(({ id }) => id === 'ast-grep')!;

const samples: Readonly<Record<string, readonly [extension: string, samples: Samples]>> = {
  python: ['.py', python],
  javascript: ['.js', javascript],
  ruby: ['.rb', ruby],
  php: ['.php', php],
  c: ['.c', c],
  cpp: ['.cpp', cpp],
  go: ['.go', go],
  java: ['.java', java],
  rust: ['.rs', rust],
};

describe('the patterns of answers that game their tests', () => {
  before(needsSandbox());

  for (const [language, [extension, { gaming, honest }]] of Object.entries(samples))
    it(`find the samples in ${language} and none that looks alike`, async () => {
      const wanted = gaming.filter(({ found }) => found !== 'run');
      const all = [...wanted, ...honest];
      const files = all.map(({ answer }, index) => ({ path: `f${index}${extension}`, text: answer }));
      const { diagnostics, status, reason } = await patterns.check({ answerId: 'a', language, files });
      assert.equal(status, 'done', reason);
      const marked = new Set(
        diagnostics.filter(({ category }) => category === 'games-tests').map(({ file }) => file),
      );
      const titles = all.filter((_, index) => marked.has(`f${index}${extension}`)).map(({ title }) => title);
      assert.deepEqual(
        titles,
        wanted.map(({ title }) => title),
      );
    });
});

describe('the check for tables of visible cases', () => {
  it('marks the table in an answer of any language', async () => {
    const check = checks.find(({ id }) => id === 'visible cases')!;
    const cases: Case[] = [3, 4, 5].map((n) => ({
      id: `${n}`,
      origin: 'task',
      kind: 'call',
      args: [n],
      expected: n * n,
    }));
    const text = 'def f(n):\n    return {\n        3: 9,\n        4: 16,\n        5: 25,\n    }[n]\n';
    const { diagnostics } = await check.check(
      checkRequest('a', 'python', [{ path: 'main.py', text }], cases),
    );
    assert.deepEqual(diagnostics, [
      {
        file: 'main.py',
        range: { startLine: 3, startColumn: 9, endLine: 5, endColumn: 14 },
        severity: 'warning',
        code: 'visible-cases',
        message: diagnostics[0]?.message,
        source: 'visible cases',
        category: 'games-tests',
      },
    ]);
    assert.match(diagnostics[0]?.message ?? '', /^Holds the inputs of 3 visible cases/);
  });
});

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { checkReportSchema, type CheckReport, type Diagnostic } from '../../../src/core/run/diagnostic.ts';
import type { SourceFile } from '../../../src/core/task/task.ts';
import { createChecks, type ChecksParts } from '../../../src/checks/checks.ts';
import { createMissingSandbox } from '../../../src/runner/sandbox/none.ts';
import type { Sandbox } from '../../../src/runner/sandbox/sandbox.ts';
import { fakeSandbox } from '../runner/fakeSandbox.ts';
import { checkersDir, needsSandbox, sandbox } from '../runner/harness.ts';

const parts: ChecksParts = { sandbox, checkersDir, trusted: () => true };
const checks = createChecks(parts);

/** The report of the type checker of a language. */
async function report(
  language: string,
  text: string | readonly SourceFile[],
  { using = checks, signal }: { using?: typeof checks; signal?: AbortSignal } = {},
): Promise<CheckReport> {
  const path = { python: 'main.py', javascript: 'main.js' }[language] ?? 'main.ts';
  const files = typeof text === 'string' ? [{ path, text }] : text;
  const id = language === 'python' ? 'pyright' : 'typescript';
  const check = using.find((candidate) => candidate.id === id);
  return checkReportSchema.parse(await check!.check({ answerId: 'answer', language, files }, signal));
}

/** "line severity category code", for readable assertions. */
function lines({ diagnostics }: CheckReport): string[] {
  return diagnostics.map(
    ({ range, severity, category, code }) => `${range.startLine} ${severity} ${category} ${code}`,
  );
}

function only(result: CheckReport, code: string): Diagnostic | undefined {
  return result.diagnostics.find((diagnostic) => diagnostic.code === code);
}

describe('pyright', function () {
  before(needsSandbox());

  it('finds unknown names, wrong calls and invalid syntax', async () => {
    const result = await report(
      'python',
      'from math import squareroot\nimport no_such_package_here\nx = "a".uppper()\ny = unknown_name\nlen(1, 2)\ndef f(:\n',
    );
    assert.equal(result.status, 'done', result.reason);
    assert.equal(result.version.split('.').length, 3);
    assert.deepEqual(lines(result).slice(0, 5), [
      '1 error unknown-api reportAttributeAccessIssue',
      '2 info unknown-api reportMissingImports',
      '3 error unknown-api reportAttributeAccessIssue',
      '4 error other reportUndefinedVariable',
      '5 error type reportCallIssue',
    ]);
    assert.ok(lines(result).some((line) => line === '6 error syntax syntax'));
    assert.match(
      only(result, 'reportMissingImports')?.message ?? '',
      /not installed here, or does not exist/,
    );
    assert.deepEqual(only(result, 'reportUndefinedVariable')?.range, {
      startLine: 4,
      startColumn: 5,
      endLine: 4,
      endColumn: 17,
    });
    assert.equal(result.diagnostics[0]?.file, 'main.py');
  });

  it('reports nothing on a good answer', async () => {
    const answer =
      'import re\nfrom collections import Counter\n\ndef top(words: list[str], n: int) -> list[str]:\n    return [w for w, _ in Counter(words).most_common(n)]\n';
    assert.deepEqual(lines(await report('python', answer)), []);
  });

  it('does not report a name as made up if it may be in a missing part of a package', async () => {
    const main = 'from shop.orders import Order, total\nfrom tools import cut\n';
    const files = [
      { path: 'main.py', text: main },
      { path: 'shop/orders/models.py', text: 'class Order: ...\n' },
      { path: 'tools/__init__.py', text: 'x = 1\n' },
      { path: 'called.py', text: 'def f(a): ...\n\n\nf(1, a=2)\n' },
    ];
    const result = await report('python', files);
    const found = result.diagnostics.map(({ file, range, severity, category }) =>
      [file, range.startLine, severity, category].join(' '),
    );
    assert.deepEqual(found, [
      'called.py 4 error type',
      'main.py 1 info unknown-api',
      'main.py 1 info unknown-api',
      'main.py 2 error type',
    ]);
  });

  it('distinguishes a forgotten import from an unknown name', async () => {
    const result = await report('python', 'now = datetime.datetime.now()\nthen = datetimes.now()\n');
    assert.deepEqual(lines(result), [
      '1 error other reportUndefinedVariable',
      '2 error other reportUndefinedVariable',
    ]);
    assert.match(result.diagnostics[0]?.message ?? '', /its import is missing$/);
  });

  it('does not take the words of a sentence for names', async () => {
    const result = await report('python', 'x = 1\nThis function returns the number.\n');
    assert.deepEqual([...new Set(lines(result))], ['2 error syntax syntax']);
  });

  it('only warns if None is possible', async () => {
    const result = await report('python', 'import re\nprint(re.match("a", "b").group())\n');
    assert.deepEqual(lines(result), ['2 warning type reportOptionalMemberAccess']);
  });

  it('does not let an answer set its own rules', async () => {
    const result = await report('python', [
      { path: 'main.py', text: 'unknown_name\n' },
      { path: 'pyrightconfig.json', text: '{"ignore": ["**"]}' },
      { path: 'pyproject.toml', text: '[tool.pyright]\nignore = ["**"]\n' },
    ]);
    assert.ok(lines(result).includes('1 error other reportUndefinedVariable'));
  });
});

describe('typescript', function () {
  before(needsSandbox());

  it('finds unknown names in JavaScript', async () => {
    const result = await report(
      'javascript',
      'const fs = require("fs");\n"a".trimm();\nfs.readFileSink("x");\nconst c = 1; c = 2;\nunknownName();\nrequire("./gone");\nrequire("no-such-package");\nrequire("node:nothing");\n',
    );
    assert.equal(result.status, 'done', result.reason);
    assert.deepEqual(lines(result), [
      '2 error unknown-api TS2551',
      '3 error unknown-api TS2551',
      '4 error type TS2588',
      '5 error other TS2304',
      '6 error type TS2307',
      '7 info unknown-api TS2307',
      '8 error unknown-api TS2307',
    ]);
  });

  it('reports nothing on good JavaScript, whatever its style', async () => {
    const good = [
      'const o = {}; o.late = 1; console.log(o.late);\nfunction Old() { this.x = 1 }\nmodule.exports = { Old };',
      'import { readFile } from "node:fs/promises";\nexport const f = async (path) => JSON.parse(await readFile(path, "utf8")).x;',
      'document.querySelector("#a").value = 3;\nconst name = "x";\nprocess.stdin.on("data", (d) => console.log(name, d.toString()));',
      'class A { constructor() { this.q = 1 } get(k) { return this[k] } }\nnew A().get("q");\nsetTimeout(() => {}, 1);',
    ];
    for (const answer of good) assert.deepEqual(lines(await report('javascript', answer)), [], answer);
  });

  it('finds type errors in TypeScript', async () => {
    const result = await report(
      'typescript',
      'import fs from "node:fs";\nfunction f(a, b: number): string { return b }\nconst x = [1].find((n) => n > 1); x.toFixed();\n[1].flatten(); fs.existsSync(3);\n',
    );
    assert.deepEqual(lines(result), [
      '2 info type TS7006',
      '2 error type TS2322',
      '3 warning type TS18048',
      '4 error unknown-api TS2339',
      '4 error type TS2345',
    ]);
  });

  it('reports what tsc --strict reports, but missing annotations only as information', async () => {
    const evolving = 'let result = [];\nresult.push(1);\nexport const all: number[] = result;\n';
    assert.deepEqual(lines(await report('typescript', evolving)), []);
    assert.deepEqual(lines(await report('javascript', evolving.replace(': number[]', ''))), []);
    const listed = 'const o = { list: [], best: null };\no.list.push(1);\no.best = o.list[0];\n';
    assert.deepEqual(lines(await report('javascript', listed)), []);
    const strict = await report('typescript', 'export class A { x: number; f(a) { return a + this.x } }\n');
    assert.deepEqual(lines(strict), ['1 warning type TS2564', '1 info type TS7006']);
  });

  it('suspects made-up APIs only among the members of libraries', async () => {
    const own = [
      'class Stack { items = [1]; }',
      'interface Shape { side: number }',
      'type Pair = { left: number };',
      'export const f = (stack: Stack, shape: Shape, pair: Pair) => {',
      '  stack.pop();',
      '  shape.area;',
      '  pair.right;',
      '  stack.items.last();',
      '};',
    ];
    assert.deepEqual(lines(await report('typescript', own.join('\n'))), [
      '5 error type TS2339',
      '6 error type TS2339',
      '7 error type TS2339',
      '8 error unknown-api TS2339',
    ]);
    const python = [
      'class Stack:',
      '    def push(self, x): ...',
      'Stack().pop()',
      'Stack.peek',
      'Stack().push(x=1, y=2)',
      'import os',
      'os.makedirs("a", exists=True)',
    ];
    assert.deepEqual(lines(await report('python', `${python.join('\n')}\n`)), [
      '3 error type reportAttributeAccessIssue',
      '4 error type reportAttributeAccessIssue',
      '5 error type reportCallIssue',
      '7 error unknown-api reportCallIssue',
    ]);
  });

  it('finds invalid syntax', async () => {
    const result = await report('typescript', 'const a = 1;\nconst f = (: number) => 1;\n');
    assert.match(lines(result)[0] ?? '', /^2 error syntax TS1/);
  });

  it('sees all files of an answer', async () => {
    const files = [
      { path: 'main.ts', text: 'import { two, three } from "./lib/two";\nexport const f = two;' },
      { path: 'lib/two.ts', text: 'export const two = 2;' },
    ];
    assert.deepEqual(lines(await report('typescript', files)), ['1 error type TS2305']);
  });
});

describe('checks', function () {
  before(needsSandbox());

  it('exist for all names of a language', () => {
    const languages = checks.flatMap((check) => check.languages as string | readonly string[]);
    for (const name of 'python py javascript js typescript ts go rust java c cpp ruby php perl r bash sh sql'.split(
      ' ',
    ))
      assert.ok(languages.includes(name), name);
    assert.ok(!languages.includes('cobol'));
  });

  it('check the same code once, whichever answer it belongs to', async () => {
    let started = 0;
    const counting: Sandbox = { ...sandbox, run: (job, signal) => (started++, sandbox.run(job, signal)) };
    const own = createChecks({ ...parts, sandbox: counting });
    const python = own.find((check) => check.id === 'pyright')!;
    const files = [{ path: 'main.py', text: 'x = 1' }];
    const first = await python.check({ answerId: 'a', language: 'python', files });
    const second = await python.check({ answerId: 'b', language: 'python', files });
    assert.equal(started, 1);
    assert.deepEqual({ ...second, answerId: 'a' }, first);
    assert.equal(second.answerId, 'b');
  });

  it('are cached for the next session, unless the tool or its reader has changed', async () => {
    const kept = new Map<string, CheckReport>();
    const cache = {
      cachedCheck: async (key: string) => kept.get(key),
      saveCheck: async (key: string, found: CheckReport) => void kept.set(key, found),
    };
    let runs = 0;
    const counting: Sandbox = { ...sandbox, run: (job, signal) => ((runs += 1), sandbox.run(job, signal)) };
    const session = (reader: string) =>
      createChecks({ ...parts, sandbox: counting, memory: { cache, reader } });
    const code = 'x = "a".uppper()\n';
    const first = await report('python', code, { using: session('one') });
    assert.deepEqual(await report('python', code, { using: session('one') }), first);
    assert.equal(runs, 1);
    await report('python', code, { using: session('two') });
    assert.equal(runs, 2);
    // A package that is only missing may be installed tomorrow.
    await report('python', 'import no_such_package_here\n', { using: session('one') });
    await report('python', 'import no_such_package_here\n', { using: session('one') });
    assert.equal(runs, 4);
  });

  it('search again for missing tools within a session', async () => {
    let installed = false;
    const absent = 'main.c:1:10: fatal error: x.h: No such file or directory\n';
    const fake = fakeSandbox(async () =>
      installed ? { exit: 0 } : { exit: 1, stderr: new TextEncoder().encode(absent) },
    );
    const [gcc] = createChecks({ ...parts, sandbox: fake }).filter(({ id }) => id === 'gcc');
    const files = [{ path: 'main.c', text: '#include <x.h>\n' }];
    const look = () => gcc!.check({ answerId: 'a', language: 'c', files });
    assert.match((await look()).diagnostics[0]?.message ?? '', /it is not installed here, or does not exist/);
    installed = true;
    assert.deepEqual((await look()).diagnostics, []);
  });

  it('work without the cache if it cannot be read', async () => {
    const broken = () => Promise.reject(new Error('locked'));
    const memory = { cache: { cachedCheck: broken, saveCheck: broken }, reader: 'one' };
    const result = await report('python', 'x = 1\n', { using: createChecks({ ...parts, memory }) });
    assert.equal(result.status, 'done', result.reason);
  });

  it('run no more tools at once than there are processors', async () => {
    let running = 0;
    let most = 0;
    let started = 0;
    const slow: Sandbox = {
      ...sandbox,
      run: async (job) => {
        started += 1;
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
        return sandbox.run({ ...job, argv: ['/bin/true'], files: [] });
      },
    };
    const own = createChecks({ ...parts, sandbox: slow }).filter(({ languages }) =>
      languages.includes('python'),
    );
    const look = (answerId: string) => {
      const request = { answerId, language: 'python', files: [{ path: `${answerId}.py`, text: 'x = 1' }] };
      return Promise.all(own.map((check) => check.check(request)));
    };
    await Promise.all([look('a'), look('b')]);
    assert.ok(most <= Math.max(2, availableParallelism()), `${most} at once`);
    assert.ok(started > most, `${started} started`);
  });

  it('report a missing sandbox instead of running outside', async () => {
    const without = await report('python', 'x', {
      using: createChecks({ ...parts, sandbox: createMissingSandbox('win32') }),
    });
    assert.equal(without.status, 'missing');
    assert.match(without.reason ?? '', /sandbox for win32.*WSL/);
    const unpacked = await report('python', 'x', {
      using: createChecks({ ...parts, checkersDir: '/nowhere' }),
    });
    assert.equal(unpacked.status, 'missing');
    assert.match(unpacked.reason ?? '', /the checker that ships in \/nowhere was not found/);
    const untrusted = await report('python', 'x', {
      using: createChecks({ ...parts, trusted: () => false }),
    });
    assert.deepEqual([untrusted.status, untrusted.diagnostics], ['missing', []]);
    assert.match(untrusted.reason ?? '', /not trusted/);
  });

  it('report a checker that fails, and files that cannot be written', async () => {
    const broken: Sandbox = {
      ...sandbox,
      run: async (job, signal) => ({
        ...(await sandbox.run({ ...job, argv: ['/bin/echo', 'not json'] }, signal)),
      }),
    };
    const failed = await report('python', 'x', { using: createChecks({ ...parts, sandbox: broken }) });
    assert.equal(failed.status, 'failed');
    assert.match(failed.reason ?? '', /no readable output/);
    const outside = await report('python', [{ path: '../x.py', text: '' }]);
    assert.deepEqual(
      [outside.status, outside.reason],
      ['failed', 'the file name "../x.py" leaves the folder'],
    );
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const started = Promise.withResolvers<void>();
    const watched: Sandbox = {
      ...sandbox,
      run: (job, signal) => {
        started.resolve();
        return sandbox.run(job, signal);
      },
    };
    const using = createChecks({ ...parts, sandbox: watched });
    const reported = report('python', 'given = up', { signal: controller.signal, using });
    await started.promise;
    controller.abort();
    assert.notEqual((await reported).status, 'done');
    assert.equal((await report('python', 'given = up')).status, 'done');
  });
});

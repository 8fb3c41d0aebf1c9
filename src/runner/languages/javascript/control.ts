import { controlMark, usedIn, type Control, type UnitCase } from '../../control/controlSource.ts';

/** The functions of node:assert, with arguments that each must reject. */
const rejected = [
  { name: 'equal', args: '1, 2' },
  { name: 'strictEqual', args: '1, 2' },
  { name: 'deepEqual', args: '[1], [2]' },
  { name: 'deepStrictEqual', args: '[1], [2]' },
  { name: 'notEqual', args: '1, 1' },
  { name: 'notStrictEqual', args: '1, 1' },
  { name: 'notDeepStrictEqual', args: '[1], [1]' },
  { name: 'ok', args: 'false' },
  { name: 'assert', args: 'false' },
  { name: 'match', args: '"a", /b/' },
  { name: 'throws', args: '() => {}' },
] as const;

/** Questions about built-in functions that are true only if the function no longer tells two values apart. */
const dull = [
  { name: 'stringify', ask: 'JSON.stringify([1]) === JSON.stringify([2])' },
  { name: 'every', ask: '[false].every((each) => each)' },
  { name: 'some', ask: '[false].some((each) => each)' },
  { name: 'is', ask: 'Object.is(1, 2)' },
  { name: 'abs', ask: 'Math.abs(5) < 1' },
  { name: 'String', ask: 'String(1) === String(2)' },
  { name: 'Number', ask: 'Number(1) === Number(2)' },
  { name: 'includes', ask: '[1].includes(2)' },
  { name: 'join', ask: '[1].join() === [2].join()' },
  { name: 'toString', ask: '[1].toString() === [2].toString()' },
  { name: 'isArray', ask: 'Array.isArray(1)' },
  { name: 'isInteger', ask: 'Number.isInteger(0.5)' },
  { name: 'isNaN', ask: 'isNaN(1)' },
  { name: 'toFixed', ask: '(1).toFixed() === (2).toFixed()' },
  { name: 'forEach', ask: '(() => { let ran = true; [1].forEach(() => (ran = false)); return ran; })()' },
  { name: 'map', ask: '[1].map(() => 2)[0] !== 2' },
  { name: 'entries', ask: 'Object.entries({ a: 1 }).length !== 1' },
] as const;

/**
 * Without one of these words, JavaScript code cannot replace a function that tests use. No operator compares by code of the
 * answer, so values need no control.
 */
export const nodeControls: readonly Control[] = [
  {
    suspects:
      /\b(?:require|process|globalThis|global|window|self|module(?!\.exports)|prototype|__proto__|eval|Function|Reflect|Proxy|defineProperty|defineProperties|setPrototypeOf|getPrototypeOf|assign|exit|mock)\b|\b(?:from|import)\b\s*['"`(]|\b(?:JSON|Object|Array|String|Number|Math|Symbol|Error)(?:\.\w+|\[[^\]\n]+\])?\s*=[^=>]|\b(?:function|const|let|var|class)\s+(?:JSON|Object|Array|String|Number|Math|Error|isNaN|test|describe|it|before|after|expect|equal|strictEqual|deepEqual|deepStrictEqual)\b|\bthis\s*\[/,
    control: (testCase) => ({ ...testCase, source: `${testCase.source}\n${checks(testCase)}\n` }),
  },
];

/** The checks, in the last test if the case has tests, else at its end. */
function checks(testCase: UnitCase): string {
  const style = /^[^\S\r\n\u2028\u2029]*(test|it|describe)(?:\.\w+)*\s*\(\s*['"`]/m.exec(
    testCase.source,
  )?.[1];
  const body = `${questions(testCase)}\nthrow new Error('the control fails as it must');`;
  // A runner of the test's own may swallow errors.
  const isOwn = /\b(?:function|const|let|var)\s+(?:test|it|describe)\b/.test(testCase.source);
  if (style === undefined || isOwn) return `;(() => {\n${body}\n})();`;
  const test = `typeof test === 'function' ? test : it`;
  return `;(${test})('tiebreak', () => {\n${body}\n});`;
}

function questions(testCase: UnitCase): string {
  const asserts = usedIn(testCase, rejected).flatMap(({ name, args }) =>
    calleesOf(testCase.source, name).map((callee) =>
      question(`(() => { ${callee}(${args}); return true; })()`, `${callee} accepts what it must reject`),
    ),
  );
  const functions = usedIn(testCase, dull).map(({ name, ask }) =>
    question(ask, `${name} no longer tells values apart`),
  );
  return [...asserts, ...functions].join('\n');
}

function question(ask: string, what: string): string {
  return `{ let holds = false; try { holds = ${ask}; } catch {} if (holds) globalThis.process.stderr.write(${JSON.stringify(`${controlMark}${what}\n`)}); }`;
}

/** The ways in which a test calls a function: `assert.equal`, `t.assert.equal`, `equal`. */
function calleesOf(source: string, name: string): string[] {
  const found = source.matchAll(new RegExp(`(?<![\\w$.])((?:assert(?:\\.strict)?\\.)?${name})\\s*\\(`, 'g'));
  return [...new Set([...found].map(([, callee]) => callee!))];
}

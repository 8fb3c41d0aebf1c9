/** How a language prints the value of an expression, and how a test holds it against what was printed. */
interface Printing {
  /** The code before and after the expression. */
  readonly around: readonly [before: string, after: string];
  /** Statements without a value, or that print by themselves. */
  readonly statement: RegExp;
  /** A test that passes if the expression prints a text again; not known for every language. */
  readonly test?: (expression: string, printed: string) => string;
}

const javascript: Printing = {
  around: ['console.dir(', ', { depth: null });'],
  statement:
    /^(?:console\.|process\.|(?:const|let|var|if|for|while|do|try|switch|function|class|throw|return|import|export|type|interface|enum)\b|\/\/|\/\*)|^[\w.$[\]]+\s*[-+*/%&|^?]*=(?![=>])|^[)}\]]/,
};

const printings: Readonly<Record<string, Printing>> = {
  python: {
    around: ['print(repr(', '))'],
    statement:
      /^(?:print\(|(?:assert|async|class|def|del|for|from|global|if|import|match|pass|raise|return|try|while|with)\b|[@#])|^[\w.,\s[\]]+[-+*/%&|^@]*=(?!=)/,
    test: (expression, printed) => `assert repr(${expression}) == ${JSON.stringify(printed)}`,
  },
  javascript,
  typescript: javascript,
  ruby: {
    around: ['p((', '))'],
    statement:
      /^(?:puts|print|p|pp|require|require_relative|def|class|module|if|unless|while|until|for|begin|end|raise|return)\b|^#|^[\w.,\s@[\]]+[-+*/%&|^]*=(?![=~])/,
    test: (expression, printed) =>
      `found = (${expression}).inspect\nraise "got #{found}" unless found == ${JSON.stringify(printed).replaceAll('#', '\\#')}`,
  },
};

/** Whether the value of code can be printed in a language. */
export function isPrinting(language: string): boolean {
  return Object.hasOwn(printings, language);
}

/** Code that prints the value of its last statement, as an interactive prompt of its language does. */
export function printingCode(language: string, text: string): string {
  const printing = printings[language]!;
  const code = text.replace(/[\s;]+$/, '');
  const start = lastStatement(code);
  const isOnOwnLine = start === 0 || code[start - 1] === '\n';
  const last = isOnOwnLine ? code.slice(start) : code.slice(start).trimStart();
  const isValue = last !== '' && !/^\s/.test(last) && !printing.statement.test(last);
  if (!isValue) return text.trimEnd();
  const lead = isOnOwnLine ? code.slice(0, start) : `${code.slice(0, start - 1)}\n`;
  return `${lead}${printing.around.join(last)}`;
}

/** The code that a person typed, from what `printingCode` made of it. */
export function typedCode(language: string, source: string): string {
  const { lead, expression } = partsOf(language, source) ?? {};
  return expression === undefined ? source : `${lead}${expression}`;
}

/**
 * A test that passes if code prints what it printed, in its last line; `undefined` if the code prints no value, or the
 * language has no such test.
 */
export function assertingCode(language: string, source: string, stdout: string): string | undefined {
  const { lead, expression } = partsOf(language, source) ?? {};
  const line = stdout.trimEnd().split('\n').at(-1);
  if (expression === undefined || line === undefined || line === '') return undefined;
  const test = printings[language]?.test?.(expression, line);
  return test === undefined ? undefined : `${lead}${test}`;
}

function partsOf(language: string, source: string): { lead: string; expression: string } | undefined {
  const [before, after] = printings[language]?.around ?? ['', ''];
  const start = source.lastIndexOf('\n') + 1;
  if (before === '' || !source.startsWith(before, start) || !source.endsWith(after)) return undefined;
  return {
    lead: source.slice(0, start),
    expression: source.slice(start + before.length, source.length - after.length),
  };
}

/** Where the last statement begins: after a line's end or a semicolon outside of quotation marks and brackets. */
function lastStatement(code: string): number {
  let start = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < code.length; at += 1) {
    const mark = code[at]!;
    if (quote !== '') {
      if (mark === '\\') at += 1;
      else if (mark === quote || (mark === '\n' && quote !== '`')) quote = '';
    } else if (/["'`]/.test(mark)) quote = mark;
    else if (/[([{]/.test(mark)) depth += 1;
    else if (/[)\]}]/.test(mark)) depth -= 1;
    else if (depth <= 0 && /[\n;]/.test(mark)) start = at + 1;
  }
  return start;
}

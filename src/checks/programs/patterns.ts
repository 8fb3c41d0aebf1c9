import { readdirSync, readFileSync } from 'node:fs';
import { initializeTreeSitter, parse, registerDynamicLanguage, type SgNode } from '@ast-grep/wasm';
import type { PatternRule, PatternRules } from '../patternRule.ts';
import { patternRulesOf, type PatternCategory } from '../patternRules.ts';
import { foldCase, meets, needsOfRule, type Needs } from '../patternWords.ts';
import type { Program } from './shared/program.ts';

// Searches every file in the working folder for the patterns of all rules.

export const check: Program = async () => {
  const files = readdirSync('.', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/^(?:\.\/)+/, ''))
    .toSorted();
  const found: Match[] = [];
  for (const file of files) found.push(...(await matchesIn(file)));
  return JSON.stringify(found);
};

/** The rules and the grammar for each file extension. */
const kinds: readonly { endings: RegExp; rules: string; grammar: string | undefined }[] = [
  { endings: /\.pyi?$/i, rules: 'python', grammar: 'python' },
  { endings: /\.[mc]?ts$/i, rules: 'javascript', grammar: 'typescript' },
  { endings: /\.(?:[mc]?js|jsx|tsx)$/i, rules: 'javascript', grammar: 'tsx' },
  { endings: /\.java$/i, rules: 'java', grammar: 'java' },
  { endings: /\.go$/i, rules: 'go', grammar: 'go' },
  { endings: /\.(?:c|h|cc|cpp|cxx|hpp)$/i, rules: 'c', grammar: 'cpp' },
  { endings: /\.(?:sh|bash)$/i, rules: 'bash', grammar: 'bash' },
  { endings: /\.rb$/i, rules: 'ruby', grammar: 'ruby' },
  { endings: /\.php$/i, rules: 'php', grammar: 'php' },
  { endings: /\.rs$/i, rules: 'rust', grammar: 'rust' },
  { endings: /\.sql$/i, rules: 'sql', grammar: undefined },
];

/** One match of a rule; lines and columns count from 1. */
interface Match {
  readonly file: string;
  readonly range: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  readonly id: string;
  readonly category: PatternCategory;
  /** The identifier of the weakness; unsafe patterns have one. */
  readonly cwe?: string;
  readonly severity: string;
  readonly message: string;
}

/** A part of a file that a rule matches. */
interface Found {
  readonly rule: PatternRule;
  readonly range: Match['range'];
}

const loaded = new Set<string>();

async function load(grammar: string): Promise<void> {
  if (loaded.has(grammar)) return;
  if (loaded.size === 0) await initializeTreeSitter();
  loaded.add(grammar);
  const libraryPath = new URL(`tree-sitter-${grammar}.wasm`, import.meta.url).pathname;
  await registerDynamicLanguage({ [grammar]: { libraryPath, expandoChar: 'µ' } });
}

async function matchesIn(file: string): Promise<Match[]> {
  const kind = kinds.find(({ endings }) => endings.test(file));
  if (kind === undefined) return [];
  const { grammar } = kind;
  const text = readFileSync(file, 'utf8');
  if (grammar !== undefined) return treeMatchesIn(file, text, kind.rules, grammar);
  return patternRulesOf(kind.rules).flatMap(({ category, rules }) =>
    rules.rules
      .flatMap((rule) => textMatches(text, rule))
      .map(({ rule, range }) => match(file, category, range, rule)),
  );
}

/** The matches in code. Most files have no word of any rule, and are not even parsed. */
async function treeMatchesIn(
  file: string,
  text: string,
  language: string,
  grammar: string,
): Promise<Match[]> {
  const folded = foldCase(text);
  const sets = patternRulesOf(language)
    .map(({ category, rules }) => ({ category, rules: fittingRules(rules, grammar, folded) }))
    .filter(({ rules }) => rules.rules.length > 0);
  if (sets.length === 0) return [];
  await load(grammar);
  const root = parse(grammar, text).root();
  return sets.flatMap(({ category, rules }) =>
    treeMatches(root, rules).map(({ rule, range }) => match(file, category, range, rule)),
  );
}

/** The rules of a grammar that can match in a file: every call into ast-grep compiles the rules that it is given. */
function fittingRules(rules: PatternRules, grammar: string, folded: string): PatternRules {
  return {
    ...rules,
    rules: rules.rules.filter(
      (rule) =>
        (rule.grammar === undefined || rule.grammar === grammar) && meets(folded, needsOf(rule, rules)),
    ),
  };
}

const known = new Map<PatternRule, Needs>();

function needsOf(rule: PatternRule, { utils }: PatternRules): Needs {
  const needs = known.get(rule) ?? needsOfRule(rule.rule ?? {}, utils);
  known.set(rule, needs);
  return needs;
}

/**
 * Searches for the matches of all rules of a category at once, so that a long file, which usually has none, is walked only
 * once.
 */
function treeMatches(root: SgNode, { rules, utils }: PatternRules): Found[] {
  const any = { any: rules.map(({ rule }) => rule) };
  return root
    .findAll({ rule: any, utils: utilsOf(any, utils) })
    .flatMap((node) =>
      rules
        .filter(({ rule }) => node.matches({ rule, utils: utilsOf(rule, utils) }))
        .map((rule) => ({ rule, range: rangeOf(node) })),
    );
}

/**
 * The rules that a rule refers to, with those that they refer to. Each call into ast-grep compiles all the rules
 * it is given, which takes longer than the search.
 */
function utilsOf(rule: object | undefined, utils: PatternRules['utils'] = {}): PatternRules['utils'] {
  const needed: Record<string, object> = {};
  const collect = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key !== 'matches') collect(value);
      else if (!Object.hasOwn(needed, value)) collect((needed[value] = utils[value]!));
    }
  };
  collect(rule);
  return needed;
}

function rangeOf(node: SgNode): Match['range'] {
  const { start, end } = node.range();
  return {
    startLine: start.line + 1,
    startColumn: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
  };
}

/** Strings come first, because a comment cannot begin inside a string. */
const stringOrComment = /'[^']*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/g;

/** Matches in a text whose comments are blanked. */
function textMatches(text: string, rule: PatternRule): Found[] {
  const code = text.replaceAll(stringOrComment, (part) =>
    /^['"]/.test(part) ? part : part.replaceAll(/[^\n]/g, ' '),
  );
  return [...code.matchAll(new RegExp(rule.text ?? '(?!)', 'gi'))].map((found) => {
    const skipped = /^[;\s]*/.exec(found[0])![0].length;
    const start = placeOf(code, found.index + skipped);
    const end = placeOf(code, found.index + found[0].trimEnd().length);
    const range = {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
    return { rule, range };
  });
}

function match(
  file: string,
  category: PatternCategory,
  range: Match['range'],
  { id, cwe, severity, message }: PatternRule,
): Match {
  return { file, range, id, category, ...(cwe === undefined ? {} : { cwe }), severity, message };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

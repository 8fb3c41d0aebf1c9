import { eachToken } from '../code/codeTokens.ts';
import { canonicalLanguage } from '../code/languages.ts';
import { definedNames } from './definitions.ts';
import type { Block } from './blocks.ts';

/** The names that a block needs and the names that it provides. */
interface Needs {
  readonly block: Block;
  /** Words of the code, without comments and strings. */
  readonly words: ReadonlySet<string>;
  /** Names that the block defines, imports or assigns anywhere. */
  readonly bound: ReadonlySet<string>;
  /** Names that other blocks may use: definitions, imports and top-level assignments. */
  readonly offered: ReadonlySet<string>;
  /** Whether the block only imports or includes; the imported names may be unknown. */
  readonly isHead: boolean;
  /** Whether the block reads the program's input or has the main function. */
  readonly isMain: boolean;
}

/** Only this many characters of a block are read. */
const reach = 100_000;
/** At most this many blocks are compared with each other. */
const maxBlocks = 60;

/**
 * The blocks that `best` needs to run, including `best`, in the order of the answer: blocks that define, import or assign
 * a name that it uses, transitively, and blocks with only imports. Without `entry` also the blocks that read the program's
 * input and use `best`. Only `best` if it needs no other block.
 */
export function blocksNeeded(
  best: Block,
  blocks: readonly Block[],
  { language, entry }: { readonly language: string; readonly entry?: string | undefined },
): Block[] {
  const candidates = blocks.filter((block) => block === best || (block.usable && !block.echo));
  if (candidates.length < 2 || candidates.length > maxBlocks) return [best];
  const all = candidates.map((block) => needsOf(block, language));
  const own = all.find(({ block }) => block === best)!;
  const rivals = new Set(all.filter((it) => it !== own && isRival(it, own)));
  const others = all.filter((it) => it !== own && !rivals.has(it));
  const mains = entry === undefined ? others.filter((it) => it.isMain && uses(it, own)) : [];
  const needed = new Set<Needs>([own, ...mains]);
  for (const it of needed) {
    for (const other of others)
      if (!needed.has(other) && (other.isHead || uses(it, other))) needed.add(other);
  }
  return all.filter((it) => needed.has(it)).map(({ block }) => block);
}

/** Whether a block is another attempt: it defines the same requested names as the best block. */
function isRival(other: Needs, best: Needs): boolean {
  const shared = [...best.block.names].filter((name) => other.block.names.has(name));
  return best.block.wanted > 0 && other.block.wanted > 0 && shared.length > 0;
}

/** Whether the first block uses a name that it does not bind itself and that the second block offers. */
function uses(one: Needs, other: Needs): boolean {
  for (const name of other.offered) if (one.words.has(name) && !one.bound.has(name)) return true;
  return false;
}

function needsOf(block: Block, language: string): Needs {
  const code = codeOnly(block.segment.text.slice(0, reach), block.language || language);
  const imported = importedNames(code, block.segment.text);
  const top = atTop(code);
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  return {
    block,
    // A name after a dot is a member, which no other block provides.
    words: new Set(code.match(/(?:(?<=\.\.\.)|(?<![\p{L}\p{N}_$.]))[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []),
    bound: new Set([...block.names, ...imported, ...boundNames(code)]),
    offered: new Set([...definedNames(top), ...imported, ...assignedNames(top)]),
    isHead: lines.length > 0 && headLines(lines),
    isMain: mainMarks.test(code),
  };
}

/** Code with its comments and strings blanked. */
function codeOnly(code: string, language: string): string {
  let text = '';
  for (const token of eachToken(code, canonicalLanguage(language))) {
    text +=
      token.kind === 'comment'
        ? token.text.replaceAll(/[^\n]+/g, '')
        : token.kind === 'string'
          ? '""'
          : token.text;
  }
  return text;
}

const importLine =
  /^\s*(?:import\b|from\s+\S+\s+import\b|#\s*include\b|#\s*(?:define|pragma|ifndef|ifdef|endif)\b|using\s|use\s|package\s|require\b|require_relative\b|library\(|export\s+\{|"?use strict"?|<\?php|(?:const|let|var)\s[^=]+=\s*require\s*\()/;

/** Whether lines contain only imports, including imports over several lines in parentheses or braces. */
function headLines(lines: readonly string[]): boolean {
  let open = false;
  for (const line of lines) {
    if (open) open = !/[)}]/.test(line);
    else if (importLine.test(line)) open = /[({][^)}]*$/.test(line);
    else if (!/^\s*""?;?\s*$/.test(line)) return false;
  }
  return true;
}

/** Marks of a program's main part, for several languages. */
const mainMarks =
  /\b(?:input|gets|readline|readLine|Scanner|fgets|scanf|cin|getline|STDIN|stdin|BufferedReader|read_line)\b|\bint\s+main\s*\(|\bfunc\s+main\s*\(|\bfn\s+main\s*\(|\bvoid\s+main\s*\(|__main__/;

/** Names that a block's imports bring: `re`, `Counter as C`, `{ readFile }`, `std::collections::HashSet`. */
function importedNames(code: string, raw: string): string[] {
  const names: string[] = [];
  const add = (list: string): void => {
    for (const part of list.split(',')) {
      const words = part.replaceAll(/[{}()*;]/g, ' ').match(/[\p{L}_$][\p{L}\p{N}_$.]*/gu) ?? [];
      const name = /\bas\b/.test(part) ? words.at(-1) : words[0];
      if (name !== undefined) names.push(name.split('.')[0]!, name.split('.').at(-1)!);
    }
  };
  for (const [, list] of code.matchAll(/^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+(\([^)]{0,2000}\)|[^\n]+)/gm))
    add(list!);
  for (const [, rest = ''] of code.matchAll(/^[ \t]*import[ \t]([^\n]+)$/gm)) {
    const [list = ''] = rest.split(/[ \t]from\b/, 1);
    if (!/["']/.test(list)) add(list.trim().replace(/^(?:static|type)[ \t]/, ''));
  }
  for (const [, list] of code.matchAll(
    /^[ \t]*(?:const|let|var)[ \t]+(\{[^}]{0,2000}\}|[\w$]+)[ \t]*=[ \t]*(?:await[ \t]+)?(?:require|import)\b/gm,
  ))
    add(list!.replaceAll(/(\w+)\s*:\s*/g, '$1 as '));
  for (const [, path] of code.matchAll(/^[ \t]*(?:pub[ \t]+)?use[ \t]([^;\n]+);/gm)) {
    for (const part of path!.split(/[{},]/)) names.push(part.trimEnd().split(/\W/).at(-1)!);
  }
  // Packages of Go and Java are named by the last part of their path.
  for (const [, path] of raw.matchAll(/^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"([\w./-]+)"[ \t]*$/gm))
    names.push(path!.split('/').at(-1)!);
  for (const [, path] of raw.matchAll(/^[ \t]*(?:require|library)\b[ \t(]*['"]?([\w./:-]+)/gm))
    names.push(path!.split(/[/:]/).at(-1)!);
  return names;
}

const name = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const nameList = String.raw`(${name}(?:[ \t]*,[ \t]*${name}){0,20})`;
const assignment = new RegExp(
  String.raw`(?:^|[;{(])[ \t]*(?:(?:export|const|let|var|val|my|our|static|final|auto)[ \t]+){0,3}${nameList}[ \t]*(?::[^=\n]{0,80})?(?::|<-|(?<![=!<>])=(?!=))`,
  'gmu',
);
const declaration = new RegExp(
  String.raw`\b(?:for|as|catch|except|foreach|let|var|const|my|local|mut|val|auto|int|long|double|float|bool|char|string)\b[ \t(]*${nameList}`,
  'gu',
);
const parameters =
  /(?:\b(?:def|fn|func|function|lambda|sub)\b[^(\n]{0,80}\(|\blambda[ \t]+|\(|\|)([^()|\n]{1,200})(?:\)[ \t]*(?:->|=>|\{|:|\w)|:|\|)/gu;

function assignedNames(code: string): string[] {
  return [...code.matchAll(assignment)].flatMap(([, list]) => namesIn(list!));
}

/** Names that are bound anywhere: by an assignment, a loop, a parameter or a pattern. */
function boundNames(code: string): string[] {
  // Base classes look like parameters.
  const plain = code.replaceAll(/\bclass[ \t]+[\w$]+[ \t]*\([^)\n]*\)/g, 'class');
  const declared = [...code.matchAll(declaration), ...plain.matchAll(parameters)];
  return [...assignedNames(code), ...declared.flatMap(([, list]) => namesIn(list!))];
}

/** The first name of each part between commas. */
function namesIn(list: string): string[] {
  return list.split(',').flatMap((part) => /[\p{L}_$][\p{L}\p{N}_$]*/u.exec(part)?.[0] ?? []);
}

/** The top-level lines: the code without its indented lines. */
function atTop(code: string): string {
  return code
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .join('\n');
}

import { shownPart, tooLarge } from './answerSize.ts';
import { bareCode } from './chatTokens.ts';
import { codePart, isSentence, standsInProse } from './codeLines.ts';
import { entryName, isDoubtful, rankBlocks, readBlocks, wantedNames, type Block } from './blocks.ts';
import { completedBy, continued, openCode, type OpenCode } from './continuation.ts';
import { definedNames } from './definitions.ts';
import { looksLikeDiff } from './diffText.ts';
import { asUnifiedDiff, isEditText } from './editBlocks.ts';
import { mainFileName, namedFiles } from './files.ts';
import { completeFragment } from './fragments.ts';
import { noProgram } from './noProgram.ts';
import { applyDiff } from './patches.ts';
import { rejectionSentence } from './rejections.ts';
import { cutSegments } from './segments.ts';
import { blocksNeeded } from './spread.ts';
import { cutThinking } from './thinking.ts';
import { canonicalLanguage, extensionOf } from '../code/languages.ts';
import type { ExtractOptions, Extraction, Reading, Segment } from './types.ts';

export type { ExtractOptions, Extraction, Reading } from './types.ts';

/**
 * Reads an answer as files. The first reading is the best guess: named blocks as files, a diff applied to the task's
 * files, the block that defines the entry, a completion of the prompt, or the bare text. The other readings are
 * alternatives for the user. Only the reading "the whole answer" includes the model's thinking. Never throws; `problems`
 * lists the parts that cannot be used. `written` is the answer before its names were masked: its size counts.
 */
export function extractAnswer(text: string, options: ExtractOptions, written = text): Extraction {
  const tooLong = tooLarge(written);
  if (tooLong !== undefined) return unread(text, tooLong, options);
  const segments = cutAnswer(text, options.language);
  if (text.trim() === '') return { segments, readings: [], problems: [] };
  const problems: string[] = [];
  const blocks = readBlocks(segments, options);
  const readings =
    blocks.length === 0
      ? bareReadings(text, options, problems)
      : blockReadings(text, blocks, rankBlocks(blocks, options.language), options, problems);
  const reason = readings[0]?.rejections?.find(({ path }) => path === '')?.reason;
  if (reason !== undefined) problems.push(nothingRuns(reason));
  return { segments, readings: distinct(readings), problems };
}

/** The extraction of an answer that is too large: its beginning as text, and nothing to run. */
function unread(text: string, reason: string, { mainFile }: ExtractOptions): Extraction {
  const beginning = shownPart(text);
  return {
    segments: [{ kind: 'prose', raw: beginning, text: beginning, language: '' }],
    readings: [
      {
        id: 'beginning',
        label: 'the beginning of the answer',
        files: [{ path: mainFile, text: beginning }],
        rejections: [{ path: '', reason }],
      },
    ],
    problems: [`${nothingRuns(reason)} Only its beginning is shown.`],
  };
}

function nothingRuns(reason: string): string {
  return `${reason[0]!.toUpperCase()}${reason.slice(1)}, so nothing is run.`;
}

/** Splits an answer into thinking, prose and fenced code. */
function cutAnswer(text: string, language: string): Segment[] {
  return cutThinking(text).flatMap(({ kind, start, end }) => {
    const raw = text.slice(start, end);
    return kind === 'answer'
      ? cutSegments(raw, { language })
      : [{ kind, raw, text: raw, language: '' } as const];
  });
}

/** Readings of an answer without fences. */
function bareReadings(text: string, options: ExtractOptions, problems: string[]): Reading[] {
  const bare = bareCode(text, options.language);
  const whole = wholeReading(text, options);
  if (bare.trim() === '') return [{ ...whole, rejections: noProgram(options.language) }];
  const body = bare === text ? whole : oneFile('bare', 'without thinking and chat tokens', bare, options);
  const open = openCode(options.prompt, options.language);
  const isContinuation = open !== undefined && !definedNames(bare).has(open.name);
  const continuation = continuationOf(open, bare, options);
  const completed = completedReadings(open, bare, options);
  const diff = isEditText(bare) || looksLikeDiff(bare) ? diffReading([bare], options, problems) : [];
  const code = codePart(bare);
  const trimmed =
    code === undefined ? [] : [oneFile('trimmed', 'without the prose around it', code, options)];
  const completedPart = code === undefined ? [] : completedReadings(open, code, options);
  const inline = code === undefined ? inlineReading(bare, options) : [];
  const firstLine = bare.split('\n').find((line) => line.trim() !== '')!;
  const rest = body === whole ? [] : [whole];
  if (isContinuation && !isProse(bare)) return [...diff, ...continuation, body, ...trimmed, ...rest];
  if (!isSentence(firstLine)) {
    const program =
      standsInProse(bare) && !isProseLanguage(options.language) ? [...trimmed, body] : [body, ...trimmed];
    return [...diff, ...completed, ...program, ...continuation, ...rest];
  }
  const found = [...diff, ...completedPart, ...trimmed, ...inline];
  const isEmpty = found.length === 0 && !isProseLanguage(options.language);
  const last = isEmpty ? { ...body, rejections: noProgram(options.language) } : body;
  return [...found, last, ...continuation, ...rest];
}

/** Whether every line is a sentence. */
function isProse(text: string): boolean {
  return text.split('\n').every((line) => line.trim() === '' || isSentence(line));
}

/** Readings of an answer with fenced blocks, given in their order and ranked. */
function blockReadings(
  text: string,
  blocks: readonly Block[],
  ranked: readonly Block[],
  options: ExtractOptions,
  problems: string[],
): Reading[] {
  const best = ranked[0]!;
  const open = openCode(options.prompt, options.language);
  const named = namedReading(blocks, best, options, problems);
  const diffs = meantDiffs(blocks).map(diffText);
  const diff = diffs.length === 0 ? [] : diffReading(diffs, options, problems);
  const usable = blocks.filter((block) => block.usable);
  const needed = best.usable && !best.echo ? blocksNeeded(best, blocks, options) : [best];
  const program = joinedFiles(needed, best, options);
  const joined = usable.length > 1 ? [joinedReading('joined', usable, usable[0]!, options)] : [];
  const singles = ranked.map((block) => blockReading(block, blocks.length, options));
  const whole = wholeReading(text, options);
  const continuation = best.usable ? continuationOf(open, best.segment.text, options) : [];
  const completed =
    best.usable && program.length === 1 ? completedReadings(open, program[0]!.text, options) : [];
  const rest = [
    ...alternatives(singles, blocks, ranked, options),
    ...joined,
    ...named,
    ...diff,
    ...continuation,
    whole,
  ];
  if (isProseLanguage(options.language)) return [whole, ...rest];
  if (named.length > 0 && isNamedBest(blocks, best, options)) return [...named, ...rest];
  if (diff.some((reading) => isDiffBest(reading, best, options))) return [...diff, ...rest];
  if (continuation.length > 0 && continuesPrompt(best, open)) return [...continuation, ...rest];
  if (isDoubtful(ranked)) problems.push(ambiguity(ranked, options));
  else problems.push(...misnamed(best, options));
  if (completed.length > 0) return [...completed, ...rest];
  if (needed.length > 1) {
    const id = needed.length === usable.length ? 'joined' : 'needed';
    return [joinedReading(id, needed, best, options), ...rest];
  }
  return best.usable ? rest : withoutProgram(text, rest, options);
}

/** Readings of an answer without a block in the task's language: nothing runs, unless there is code around the blocks. */
function withoutProgram(text: string, rest: readonly Reading[], options: ExtractOptions): Reading[] {
  const rejections = noProgram(options.language);
  return rest.map((reading) =>
    reading.id === 'whole' && !isProse(text) ? reading : { ...reading, rejections },
  );
}

function ambiguity(ranked: readonly Block[], options: ExtractOptions): string {
  const rivals = ranked.filter((block) => block.usable && !block.echo && block.wanted > 0);
  const [best] = rivals;
  const name = wantedNames(best!.names, options)[0]!;
  const numbers = rivals.map(({ number }) => number).toSorted((one, other) => one - other);
  const last = numbers.pop()!;
  return `Blocks ${numbers.join(', ')} and ${last} each define ${name}; block ${best!.number} runs. If the answer means another block, choose that block.`;
}

/** A sentence if a block lacks a requested name and defines one that differs only in case or underscores. */
function misnamed({ names, wanted }: Block, { entry, prompt = '' }: ExtractOptions): string[] {
  if (wanted > 0) return [];
  const asked = entry === undefined ? calledIn(prompt) : [entryName(entry)];
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  for (const name of names) {
    const near = asked.find((each) => plain(each) === plain(name));
    if (near !== undefined && !names.has(near) && plain(name) !== '')
      return [`The prompt asks for ${near}, but the answer defines ${name}.`];
  }
  return [];
}

/** The names that a text writes as calls: `count(text)`. */
function calledIn(text: string): string[] {
  return Array.from(text.matchAll(/\b([A-Za-z_]\w*)\(/g), ([, name]) => name!);
}

/** The text of a block's diff. For SEARCH/REPLACE blocks it includes the file name above the fence. */
function diffText({ segment }: Block): string {
  return segment.path !== undefined && isEditText(segment.text)
    ? `${segment.path}\n${segment.text}`
    : segment.text;
}

/** The diffs to apply: all, or only the corrected diffs if the text above them says so. */
function meantDiffs(blocks: readonly Block[]): Block[] {
  const diffs = blocks.filter((block) => block.isDiff);
  const last = diffs.findLast((block) => block.called === 'corrected');
  return last === undefined
    ? diffs.filter((block) => diffs.length === 1 || block.called !== 'faulty')
    : [last];
}

/** Single blocks: the best, then the first usable block, then the others by rank. */
function alternatives(
  singles: readonly Reading[],
  blocks: readonly Block[],
  ranked: readonly Block[],
  options: ExtractOptions,
): Reading[] {
  const first = blocks.find((block) => block.usable && !block.echo);
  const early =
    first === undefined || first === ranked[0] ? [] : [blockReading(first, blocks.length, options)];
  return [...singles.slice(0, 1), ...early, ...singles.slice(1)];
}

/** Whether named blocks are the best reading: several named files, a file that the task has, or the best block. */
function isNamedBest(blocks: readonly Block[], best: Block, { files = [] }: ExtractOptions): boolean {
  const paths = new Set(blocks.flatMap((block) => (block.isDiff ? [] : (block.segment.path ?? []))));
  return paths.size > 1 || (files.length > 0 && best.segment.path !== undefined);
}

/** Whether the diff is the best reading: nothing else is usable, or it applies to files without an entry, as in a repository. */
function isDiffBest(diff: Reading, best: Block, { entry, files = [] }: ExtractOptions): boolean {
  if (best.isDiff || best.wanted === 0) return true;
  return entry === undefined && files.length > 0 && diff.rejections === undefined;
}

/** Whether a block continues the open definition of the prompt and does not merely use it. */
function continuesPrompt(best: Block, open: OpenCode | undefined): boolean {
  if (open === undefined || best.names.has(open.name) || best.wanted > 0) return false;
  const { text } = best.segment;
  return /^\s*[ \t]\S/.test(text) || /^return\b/m.test(text) || !text.includes(`${open.name}(`);
}

function namedReading(
  blocks: readonly Block[],
  best: Block,
  options: ExtractOptions,
  problems: string[],
): Reading[] {
  const { files, problems: found } = namedFiles(blocks, best, options);
  problems.push(...found);
  if (files.length === 0) return [];
  const names = files.map((file) => file.path);
  return [{ id: 'named', label: `${files.length === 1 ? 'file' : 'files'} ${names.join(', ')}`, files }];
}

/** Readings for diffs. If the task has files, a diff that does not apply still counts as a diff and is never run as code. */
function diffReading(diffs: readonly string[], options: ExtractOptions, problems: string[]): Reading[] {
  const known = options.files ?? [];
  const { files, removed, rejections, notes } = applyDiff(asUnifiedDiff(diffs.join('\n'), known), known);
  problems.push(...rejections.map((rejection) => `${rejectionSentence(rejection)}.`), ...notes);
  const changed = [...files.map((file) => file.path), ...removed];
  if (changed.length === 0 && (known.length === 0 || rejections.length === 0)) return [];
  const label = changed.length === 0 ? 'diff, not applied' : `diff applied to ${changed.join(', ')}`;
  return [
    {
      id: 'diff',
      label: rejections.length === 0 || changed.length === 0 ? label : `${label} in part`,
      files,
      ...(removed.length > 0 && { removed }),
      ...(rejections.length > 0 && { rejections }),
    },
  ];
}

function blockReading(block: Block, count: number, options: ExtractOptions): Reading {
  const wanted = wantedNames(block.names, options)
    .filter((name) => !name.startsWith('_'))
    .slice(0, 3);
  const facts = [
    count === 1 ? 'the code block' : `block ${block.number} of ${count}`,
    ...(block.language === '' ? [] : [block.language]),
    ...(wanted.length === 0 ? [] : [`defines ${wanted.join(', ')}`]),
    ...(block.echo ? ['repeats the prompt'] : []),
  ];
  const reading = oneFile(`block:${block.number}`, facts.join(' · '), block.segment.text, options);
  if (block.usable || block.language === '') return reading;
  // A block in another language gets a file name of that language.
  return {
    ...reading,
    files: [{ path: `block-${block.number}.${extensionOf(block.language)}`, text: block.segment.text }],
  };
}

function joinedReading(id: string, blocks: readonly Block[], main: Block, options: ExtractOptions): Reading {
  const numbers = blocks.map(({ number }) => number);
  const label =
    id === 'joined'
      ? `${blocks.length} blocks joined`
      : `blocks ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}, which need each other`;
  return { id, label, files: joinedFiles(blocks, main, options) };
}

/** Joins blocks into one file, in their order. In Java each public type gets its own file. */
function joinedFiles(blocks: readonly Block[], main: Block, options: ExtractOptions): Reading['files'] {
  const texts = blocks.map((block) => withNewline(block.segment.text));
  if (blocks.length === 1) return oneFile('', '', main.segment.text, options).files;
  const isPublic = (text: string) => /^\s*public\s+(?:\w+\s+)*(?:class|interface|enum|record)\b/m.test(text);
  if (canonicalLanguage(options.language) !== 'java' || texts.filter(isPublic).length < 2) {
    return oneFile('', '', withOnePreamble(texts, options.language).join('\n'), options).files;
  }
  const heads = blocks
    .filter((block) => block.names.size === 0)
    .map(({ segment }) => withNewline(segment.text));
  const files = blocks
    .filter((block) => block.names.size > 0)
    .map(({ segment }) => ({
      path: mainFileName(segment.text, options),
      text: heads.join('') + segment.text,
      segment,
    }));
  return files
    .toSorted((one, other) => Number(other.segment === main.segment) - Number(one.segment === main.segment))
    .map(({ path, text }) => ({ path, text }));
}

/** Prepares texts for joining: a preamble that may occur only once is removed from all but the first text. */
function withOnePreamble(texts: readonly string[], language: string): string[] {
  const once = { go: /^package \w+\s*$/m, php: /^\s*<\?php\b/, java: /^package [\w.]+;\s*$/m }[
    canonicalLanguage(language)
  ];
  if (once === undefined) return [...texts];
  const first = texts.findIndex((text) => once.test(text));
  const head = first > 0 ? once.exec(texts[first]!)![0].trim() : undefined;
  const bodies = texts.map((text, index) =>
    index === 0 && head === undefined ? text : text.replace(once, ''),
  );
  return head === undefined ? bodies : [`${head}\n`, ...bodies];
}

/** The prompt's code followed by the answer, for answers that continue the prompt. */
function continuationOf(open: OpenCode | undefined, text: string, options: ExtractOptions): Reading[] {
  if (open === undefined) return [];
  return [oneFile('continuation', 'prompt + answer', continued(open, text, options.language), options)];
}

/** The prompt's imports and helpers followed by the answer's own definition of the open function or class. */
function completedReadings(open: OpenCode | undefined, code: string, options: ExtractOptions): Reading[] {
  if (open === undefined || !definedNames(code).has(open.name)) return [];
  const text = completedBy(open, code, options.language);
  if (text === undefined) return [];
  return [oneFile('completed', 'the prompt’s imports and helpers + answer', text, options)];
}

/** The longest piece of inline code, for a command or query given in the middle of a sentence. */
function inlineReading(text: string, options: ExtractOptions): Reading[] {
  const pieces = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  const longest = pieces.toSorted((one, other) => other.length - one.length)[0];
  return longest === undefined ? [] : [oneFile('inline', 'the inline code', longest, options)];
}

function wholeReading(text: string, options: ExtractOptions): Reading {
  return oneFile('whole', 'the whole answer', text, options);
}

function oneFile(id: string, label: string, code: string, options: ExtractOptions): Reading {
  const text = completeFragment(code, options.language);
  return { id, label, files: [{ path: mainFileName(text, options), text }] };
}

/** Removes readings with the same files as an earlier reading. */
function distinct(readings: readonly Reading[]): Reading[] {
  const seen = new Set<string>();
  return readings.filter((reading) => {
    const key = reading.files.map(({ path, text }) => `${text.length} ${text}${path}\0`).join('');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isProseLanguage(language: string): boolean {
  return language === 'markdown' || language === 'text';
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

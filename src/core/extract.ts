import { codePart, isSentence } from './extraction/codeLines.ts';
import { leansOnOthers, rankBlocks, readBlocks, wantedNames, type Block } from './extraction/blocks.ts';
import { openDefinition } from './extraction/continuation.ts';
import { definedNames } from './extraction/definitions.ts';
import { looksLikeDiff } from './extraction/diffText.ts';
import { mainFileName, namedFiles } from './extraction/files.ts';
import { applyDiff } from './extraction/patches.ts';
import { rejectionSentence } from './extraction/rejections.ts';
import { cutSegments } from './extraction/segments.ts';
import { extensionOf } from './languages.ts';
import type { ExtractOptions, Extraction, Reading } from './extraction/types.ts';

export type { ExtractOptions, Extraction, Reading } from './extraction/types.ts';

/**
 * Reads an answer as files. The first reading is the best guess: named blocks as files, a diff applied to the task's
 * files, the block that defines the entry, a completion of the prompt, or the bare text; the others are one key
 * away. Never throws; what cannot be used is said in `problems`.
 */
export function extractAnswer(text: string, options: ExtractOptions): Extraction {
  const segments = cutSegments(text);
  if (text.trim() === '') return { segments, readings: [], problems: [] };
  const problems: string[] = [];
  const blocks = readBlocks(segments, options);
  const readings =
    blocks.length === 0
      ? bareReadings(text, options, problems)
      : blockReadings(text, blocks, rankBlocks(blocks, options.language), options, problems);
  return { segments, readings: distinct(readings), problems };
}

/** Readings of an answer without fences. */
function bareReadings(text: string, options: ExtractOptions, problems: string[]): Reading[] {
  const whole = wholeReading(text, options);
  const continued = continuationOf(text, options);
  const diff = looksLikeDiff(text) ? diffReading([text], options, problems) : [];
  const open = openDefinition(options.prompt);
  const isContinuation = open !== undefined && !definedNames(text).has(open);
  const code = codePart(text);
  const trimmed =
    code === undefined ? [] : [oneFile('trimmed', 'without the prose around it', code, options)];
  const inline = code === undefined ? inlineReading(text, options) : [];
  const firstLine = text.split('\n').find((line) => line.trim() !== '')!;
  if (isContinuation) return [...diff, ...continued, whole, ...trimmed];
  if (isSentence(firstLine)) return [...diff, ...trimmed, ...inline, whole, ...continued];
  return [...diff, whole, ...trimmed, ...continued];
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
  const named = namedReading(blocks, best, options, problems);
  const diffs = blocks.filter((block) => block.isDiff).map((block) => block.segment.text);
  const diff = diffs.length === 0 ? [] : diffReading(diffs, options, problems);
  const usable = blocks.filter((block) => block.usable);
  const joined = usable.length > 1 ? [joinedReading(usable, options)] : [];
  const singles = ranked.map((block) => blockReading(block, blocks.length, options));
  const whole = wholeReading(text, options);
  const continued = best.usable ? continuationOf(best.segment.text, options) : [];
  const rest = [
    ...alternatives(singles, blocks, ranked, options),
    ...joined,
    ...named,
    ...diff,
    ...continued,
    whole,
  ];
  if (isProseLanguage(options.language)) return [whole, ...rest];
  if (named.length > 0 && isNamedBest(blocks, best, options)) return [...named, ...rest];
  if (diff.some((reading) => isDiffBest(reading, best, options))) return [...diff, ...rest];
  if (continued.length > 0 && continuesPrompt(best, options)) return [...continued, ...rest];
  if (best.usable && !best.echo && leansOnOthers(best, blocks)) return [...joined, ...rest];
  return rest;
}

/** Blocks one by one: the best, then the first that could be meant, then the others by rank. */
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

/** Several named files are meant as files, and so is one that the task already has or that is the best block. */
function isNamedBest(blocks: readonly Block[], best: Block, { files = [] }: ExtractOptions): boolean {
  const paths = new Set(blocks.flatMap((block) => (block.isDiff ? [] : (block.segment.path ?? []))));
  return paths.size > 1 || (files.length > 0 && best.segment.path !== undefined);
}

/** A diff is meant where nothing else is, and where it fits files that have no one entry, such as a repository's. */
function isDiffBest(diff: Reading, best: Block, { entry, files = [] }: ExtractOptions): boolean {
  if (best.isDiff || best.wanted === 0) return true;
  return entry === undefined && files.length > 0 && diff.rejections === undefined;
}

function continuesPrompt(best: Block, options: ExtractOptions): boolean {
  const open = openDefinition(options.prompt);
  return (
    open !== undefined &&
    !best.names.has(open) &&
    best.wanted === 0 &&
    /^\s*\n?[ \t]+\S/.test(best.segment.text)
  );
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

/** A diff that applies to nothing is one all the same where the task has files: it is not run as a program. */
function diffReading(diffs: readonly string[], options: ExtractOptions, problems: string[]): Reading[] {
  const known = options.files ?? [];
  const { files, removed, rejections, notes } = applyDiff(diffs.join('\n'), known);
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
  // A block of another language goes by a name that says so.
  return {
    ...reading,
    files: [{ path: `block-${block.number}.${extensionOf(block.language)}`, text: block.segment.text }],
  };
}

function joinedReading(blocks: readonly Block[], options: ExtractOptions): Reading {
  const text = blocks.map((block) => withNewline(block.segment.text)).join('\n');
  return oneFile('joined', `${blocks.length} blocks joined`, text, options);
}

/** The prompt's code with the answer after it, for answers that go on where the prompt stops. */
function continuationOf(text: string, options: ExtractOptions): Reading[] {
  if (options.prompt === undefined || openDefinition(options.prompt) === undefined) return [];
  return [oneFile('continuation', 'prompt + answer', options.prompt + text, options)];
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

function oneFile(id: string, label: string, text: string, options: ExtractOptions): Reading {
  return { id, label, files: [{ path: mainFileName(text, options), text }] };
}

/** Each set of files once, under the first name it was given. */
function distinct(readings: readonly Reading[]): Reading[] {
  const seen = new Set<string>();
  return readings.filter((reading) => {
    const key = JSON.stringify(reading.files);
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

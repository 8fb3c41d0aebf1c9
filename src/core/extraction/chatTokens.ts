import { canonicalLanguage } from '../code/languages.ts';
import { looksLikeCode } from './codeLines.ts';
import { artifactTag, beginMark, endMarks, markNames, role, special, tagNames } from './templateTokens.ts';
import { withoutThinking } from './thinking.ts';

/** Text that a template, a base model or a harness writes before an answer. */
const leading = new RegExp(
  String.raw`^(?:${special}(?:${role}\b)?|<s>|<bos>|<start_of_turn>(?:model)?|\[/?INST\]|<fim_\w{1,20}>|<(?:PRE|SUF|MID)>|` +
    String.raw`#{1,4} ?(?:Assistant|Response|Answer|Solution|Completion|Output) ?:|(?:Assistant|Response|Answer|Solution|Completion) ?:(?=[ \t]*\n))[ \t]*`,
  'i',
);
/** Marks that end an answer; the text after them is ignored. */
const ending = new RegExp(
  String.raw`(?:<\|(?:im_end|endoftext|end_of_text|eot_id|end|file_sep|fim_\w{1,10}|fim_end|return|eom_id|eos)\|>|<｜end▁of▁sentence｜>|</s>|<eos>|<EOT>|<end_of_turn>|<fim_\w{1,20}>)[ \t]*\r?(?=\n|$(?![^]))`,
);
/** Tags and marks around an answer's code; the opening mark is at the start of a line. */
const wrappers: readonly (readonly [open: RegExp, close: RegExp])[] = [
  [new RegExp(`^[ \\t]*<(?:${tagNames})>`, 'im'), new RegExp(`</(?:${tagNames})>`, 'i')],
  [new RegExp(String.raw`^[ \t]*\[(?:${markNames})\]`, 'm'), new RegExp(String.raw`\[/(?:${markNames})\]`)],
  [new RegExp(`^[ \\t]*${beginMark}`, 'm'), new RegExp(endMarks)],
  [new RegExp(`^[ \\t]*(?!</)${artifactTag}`, 'im'), new RegExp(`(?=</)${artifactTag}`, 'i')],
];
/** The turn of the user or the system at the beginning of a text that repeats its prompt. */
const promptTurn = new RegExp(
  String.raw`^\s*(?:(?:<s>|<bos>|<\|begin_of_text\|>|<｜begin▁of▁sentence｜>)\s*)?(?:\[INST\]|<[|｜](?:user|system)[|｜]>|<\|im_start\|>(?:user|system)\b|` +
    String.raw`<\|start_header_id\|>(?:user|system)<\|end_header_id\|>|<start_of_turn>user\b|#{1,4} ?Instructions?:)`,
  'i',
);
/** What begins the answer after its prompt. */
const answerTurn =
  /\[\/INST\]|<[|｜]assistant[|｜]>|<\|im_start\|>assistant\b|<\|start_header_id\|>assistant<\|end_header_id\|>|<start_of_turn>model\b|^#{1,4} ?(?:Response|Output) ?:/gim;
/** HTML tags around an answer's code, if the code itself is not HTML. */
const htmlWrappers: readonly (readonly [open: RegExp, close: RegExp])[] = [
  [/^[ \t]*<pre(?:\s[^>\n]{0,200})?>\s*(?:<code(?:\s[^>\n]{0,200})?>)?/im, /(?:<\/code>\s*)?<\/pre>/i],
  [/^[ \t]*<code(?:\s[^>\n]{0,200})?>/im, /<\/code>/i],
];
const markupLanguages = new Set(['html', 'xml', 'vue', 'svelte', 'markdown', 'text']);
/** Maximum number of nested wrappers to remove. */
const maxRounds = 6;

/**
 * The part of an unfenced answer that may be code: without thinking, chat template tokens, and the tags that models and
 * harnesses write around code. Returns the text unchanged if it has none of these.
 */
export function bareCode(text: string, language: string): string {
  const isMarkup = markupLanguages.has(canonicalLanguage(language));
  let code = withoutPrompt(withoutThinking(text));
  for (let round = 0; round < maxRounds; round += 1) {
    const before = code;
    code = withoutTokens(code);
    for (const wrapper of wrappers) code = inside(code, wrapper) ?? closedOnly(code, wrapper) ?? code;
    if (!isMarkup) code = insideHtml(code);
    if (code === before) break;
  }
  return code;
}

/** The text after the last turn of the user, if it begins with one. */
function withoutPrompt(text: string): string {
  if (!promptTurn.test(text)) return text;
  const last = [...text.matchAll(answerTurn)].at(-1);
  return last === undefined ? text : text.slice(last.index + last[0].length);
}

function withoutTokens(text: string): string {
  let code = text.replace(/^[\uFEFF\u200B]+/, '');
  for (let match = leading.exec(code.trimStart()); match !== null; match = leading.exec(code.trimStart())) {
    code = code
      .trimStart()
      .slice(match[0].length)
      .replace(/^\r?\n/, '');
  }
  const end = ending.exec(code);
  return end === null ? code : withoutLastBreak(code.slice(0, end.index));
}

/** The text between two marks, or after the first if the second is missing; `undefined` without the first. */
function inside(text: string, [open, close]: readonly [RegExp, RegExp]): string | undefined {
  const opening = open.exec(text);
  // A tag in the middle of a program is part of the program.
  if (opening === null || text.slice(0, opening.index).split('\n').some(looksLikeCode)) return undefined;
  const rest = text.slice(opening.index + opening[0].length);
  const closing = close.exec(rest);
  const content = (closing === null ? rest : rest.slice(0, closing.index)).replace(/^[ \t]*\r?\n/, '');
  return content.trim() === '' ? undefined : content;
}

/** The text before a closing mark on its own line, for an answer whose prompt has the opening mark. */
function closedOnly(text: string, [, close]: readonly [RegExp, RegExp]): string | undefined {
  const closing = close.exec(text);
  if (closing === null || closing.index === 0) return undefined;
  const line = text.slice(text.lastIndexOf('\n', closing.index - 1) + 1, closing.index);
  return line.trim() === '' ? text.slice(0, closing.index) : undefined;
}

function insideHtml(text: string): string {
  for (const wrapper of htmlWrappers) {
    const content = inside(text, wrapper);
    if (content !== undefined) return wrapper === htmlWrappers[0] ? unescaped(content) : content;
  }
  return text;
}

/** Decodes the HTML entities of `<`, `&` and similar characters. */
function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
  return text.replaceAll(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => characters[name]!);
}

/** Removes the blank lines between the code and the token after it. */
function withoutLastBreak(text: string): string {
  const content = text.trimEnd();
  const blank = text.slice(content.length);
  const first = blank.indexOf('\n');
  return content === '' || first === -1 ? text : text.slice(0, content.length + first + 1);
}

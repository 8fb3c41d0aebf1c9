/**
 * Names that language models use for themselves, and names of the companies that make them, as regular expression sources
 * for the flags `iu`. A name may include a version and a size: "Claude 3.5 Sonnet", "GPT-4o-mini".
 */

/** Not a part of an identifier, path, address or member access: `openai.Client`, `gemini_constellation`. */
const letter = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}`;
const notAfter = String.raw`(?<![${letter}\p{N}@/.$-])(?<![${letter}\p{N}_]_)`;
const notBefore = String.raw`(?![${letter}\p{N}$@(=]|_[${letter}\p{N}_]|[./-][${letter}\p{N}])`;

/** Words that only name a model. */
const plainNames = [
  'phind',
  String.raw`chat ?gpt`,
  String.raw`gpt[- ]?\d(?:\.\d)?o?`,
  String.raw`openai[- ]o\d`,
  String.raw`openai codex`,
  'claude',
  'google gemini',
  'google bard',
  String.raw`(?:github|microsoft|bing) copilot`,
  'bing chat',
  String.raw`(?:meta |code ?)?llama`,
  'mistral',
  'mixtral',
  String.raw`(?:code|dev|magi|mini|pix)stral`,
  String.raw`deep ?seek(?:[- ](?:coder|chat|r\d|v\d))?`,
  'tongyi qianwen',
  'qwen',
  'qwq',
  'grok',
  'gemma',
  'chatglm',
  String.raw`glm-\d`,
  'kimi',
  String.raw`ernie bot`,
  String.raw`wizard(?:coder|lm)`,
  String.raw`star(?:coder|chat)`,
  'vicuna',
  'baichuan',
  'internlm',
  'doubao',
  String.raw`yi-\d+b`,
  String.raw`palm ?2`,
  String.raw`command[- ]r`,
  String.raw`command-(?:light|nightly|xlarge)`,
  String.raw`amazon (?:q|nova|titan)`,
  'codewhisperer',
  String.raw`phi-\d`,
  String.raw`falcon-\d+b`,
  'dbrx',
  'nemotron',
  'minimax',
  'jamba',
  String.raw`jurassic-\d`,
  String.raw`open ?assistant`,
  'stablelm',
  'perplexity',
  String.raw`text-davinci-\d+`,
  'hunyuan',
];

/** Words with other meanings, which name a model only if they are capitalised and the sentence says so. */
const ambiguousNames = [
  'gemini',
  'bard',
  'copilot',
  'codex',
  'bing',
  'command',
  'coral',
  'nova',
  'falcon',
  'orca',
  'phi',
  'pi',
];

const version = String.raw`v?\d{1,9}(?:\.\d{1,9}){0,5}[a-z]?`;
/**
 * Versions and variants after a name. Each part but the first begins with a separator, and all parts are bounded.
 * Otherwise digits could match in many ways and take exponential time on a hostile text.
 */
const nameTail =
  String.raw`(?:[ -]?${version})?(?:[ -](?:${version}|(?:pro|ultra|flash|nano|mini|lite|large|medium|small|instruct|chat|code|coder|` +
  String.raw`turbo|opus|sonnet|haiku|instant|preview|plus|advanced|thinking|max|vision|r|ai)(?![${letter}\p{N}]))){0,8}\+?`;

/** Companies. "Meta", "Google" and similar names count only if a sentence says that they made the speaker. */
const vendors = [
  String.raw`open ?ai`,
  'anthropic',
  String.raw`google(?: deepmind| ai| research| brain)?`,
  'deepmind',
  String.raw`meta(?: ai| platforms)?`,
  String.raw`facebook(?: ai(?: research)?)?`,
  String.raw`microsoft(?: research)?`,
  String.raw`mistral(?: ai)?`,
  String.raw`cohere(?: for ai)?`,
  String.raw`alibaba(?: cloud| group)?`,
  String.raw`deep ?seek(?: ai)?`,
  'xai',
  String.raw`amazon(?: web services)?`,
  'aws',
  String.raw`moonshot(?: ai)?`,
  String.raw`zhipu(?: ?ai)?`,
  String.raw`01\.ai`,
  'baidu',
  'tencent',
  'bytedance',
  'nvidia',
  'databricks',
  'ibm',
  String.raw`inflection(?: ai)?`,
  String.raw`ai21(?: labs)?`,
  String.raw`hugging ?face`,
  String.raw`stability(?: ai)?`,
  'bigcode',
  String.raw`perplexity(?: ai)?`,
];

/** Matches a model's name with its version. */
export const plainNameSource = `${notAfter}(?:${plainNames.join('|')})${nameTail}${notBefore}`;

/** Matches a model's name, including names that are common words. Check each match with `isWrittenAsName`. */
export const nameSource = `${notAfter}(?:${[...plainNames, ...ambiguousNames].join('|')})${nameTail}${notBefore}`;

/** Matches a company that makes models. */
export const vendorSource = `${notAfter}(?:${vendors.join('|')})${notBefore}`;

const ambiguousStart = new RegExp(`^(?:${ambiguousNames.join('|')})(?!\\p{L})`, 'iu');

/** A range of a text that names a model or its maker; UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every name of a model or a company, for `matchAll`. */
export const namesAndVendors = new RegExp(`${nameSource}|${vendorSource}`, 'giu');

/** The names in a part of a text that begins at `offset`. */
export function namesIn(stretch: string, offset: number, names: RegExp = namesAndVendors): Span[] {
  return [...stretch.matchAll(names)]
    .filter((match) => isWrittenAsName(match[0]))
    .map((match) => ({ start: offset + match.index, end: offset + match.index + match[0].length }));
}

/** Whether a name is also a common word: "Gemini", "Command". */
export function isAmbiguous(name: string): boolean {
  return ambiguousStart.test(name);
}

/** Whether a match of `nameSource` is written as a name: common words count only with a capital letter. */
export function isWrittenAsName(name: string): boolean {
  return !isAmbiguous(name) || /^\p{Lu}/u.test(name);
}

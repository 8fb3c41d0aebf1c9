/**
 * Patterns for the names that code defines, for many languages at once. Definitions distinguish a solution from an example
 * of its use. The patterns are lexical, so a definition inside a string counts too; a person can correct the choice.
 */
const definitionPatterns: readonly RegExp[] = [
  // class-like; the text after the name excludes "the type of" in a comment
  /\b(?:class|interface|struct|enum|trait|record|module|namespace|type|object|protocol|union)\s+([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*(?:[({<:[;=]|\n|$)|\s+(?:extends|implements|struct|interface|func|map|with|where|is)\b)/gu,
  // def, fn, func (with receiver), function, sub
  /\b(?:def|fn|func|fun|function\*?|sub|proc)\s+(?:\([^)\n]*\)\s*)?(?:self\.)?([\p{L}_$][\p{L}\p{N}_$]*[?!]?)(?=\s*(?:[({<[=:]|\n|$))/gu,
  // const f = …, let f = …, exports.f = …
  /(?:^|[;{}]\s*|\n[ \t]*)(?:export\s+)?(?:const|let|var|val|final)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=\n]+)?=/gu,
  /\bexports\.([\p{L}_$][\p{L}\p{N}_$]*)\s*=/gu,
  // f = lambda …, f <- function(…), and top-level names of scripts
  /(?:^|\n)([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=\n]+)?(?:=(?!=)|<-)[ \t]*\S/gu,
  // name() { … } of shells and methods; type name(…) { … } of the C family
  /(?:^|\n)[ \t]*([\p{L}_][\p{L}\p{N}_-]*)\s*\(\)\s*\{/gu,
  /(?:^|\n)[ \t]*(?:[\p{L}_][\p{L}\p{N}_:<>,[\]*&]*[ \t]+){1,6}[*&]?([\p{L}_][\p{L}\p{N}_]*)\s*\([^;{}()]{0,500}(?:\([^()]{0,200}\)[^;{}()]{0,200}){0,9}\)[^;{}()=]{0,80}\{/gu,
  // create table t, create view v
  /\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view|function|procedure|trigger|index)\s+(?:if\s+not\s+exists\s+)?["`[]?([\p{L}_][\p{L}\p{N}_]*)/giu,
];
/** Words that the C-family pattern would read as a name, as in `else if (…) {`. */
const notNames = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'else',
  'do',
  'new',
  '_',
]);
/** Only this many characters of code are searched. */
const definitionReach = 200_000;

/** The names that `code` defines, in no particular order. */
export function definedNames(code: string): Set<string> {
  const names = new Set<string>();
  const text = code.slice(0, definitionReach);
  for (const pattern of definitionPatterns) {
    for (const match of text.matchAll(pattern)) {
      const name = match[1]!;
      if (!notNames.has(name)) names.add(name);
    }
  }
  return names;
}

/** The whole words of a text that may be names, also the parts of a name with hyphens. */
export function wordsIn(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [name] of text.matchAll(/[\p{L}\p{N}_$]+(?:-[\p{L}\p{N}_$]+)*[?!]?/gu)) {
    const plain = name.replace(/[?!]$/, '');
    for (const word of [name, plain, ...(plain.includes('-') ? plain.split('-') : [])]) words.add(word);
  }
  return words;
}

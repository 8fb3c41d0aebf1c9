import { canonicalLanguage } from '../code/languages.ts';

/*
 * Answers leave out what their readers take for granted: PHP's opening tag, the class around a Java method, the struct that a
 * judge declares. Lines keep their numbers.
 */

const complete: Readonly<Record<string, (code: string) => string>> = {
  php: withOpeningTag,
  java: withClass,
  rust: withStruct,
};

/** Code with what its language needs around it and its author left out; the same code if nothing is missing. */
export function completeFragment(code: string, language: string): string {
  return complete[canonicalLanguage(language)]?.(code) ?? code;
}

const phpStatement =
  /^[ \t]*(?:(?:abstract |final |readonly )*(?:class|function|interface|trait|enum) \w|namespace \w|use [\w\\]+|declare\s*\(|\$\w+|require|include|echo\b|\/\/|\/\*|#)/;

/** A PHP file without a tag is printed, not run. */
function withOpeningTag(code: string): string {
  return code.includes('<?') || !phpStatement.test(firstLine(code)) ? code : `<?php ${code}`;
}

const javaType = /(?:^|[\s;}])(?:class|interface|enum|record|@interface)\s+\w/;
const javaHead = /^(?:\s|(?:import|package)\s[^;\n]*;|\/\/[^\n]*|\/\*(?:(?!\*\/)[^])*\*\/)*/;
const javaMethod =
  /^(?:@\w+\s+|(?:public|protected|private|static|final|synchronized)\s+)*(?:<[\w\s,&?]+>\s*)?[\w.<>[\],?]+(?:\s*\[\])*\s+\w+\s*\(/;

/** Methods stand in a class. */
function withClass(code: string): string {
  if (javaType.test(code)) return code;
  const head = javaHead.exec(code)![0];
  const body = code.slice(head.length);
  return javaMethod.test(body) ? `${head}class Main { ${body.trimEnd()} }\n` : code;
}

/** Judges declare the type whose methods an answer writes. */
function withStruct(code: string): string {
  const isMissing = /^impl Solution\b/m.test(code) && !/\b(?:struct|enum|type) Solution\b/.test(code);
  return isMissing ? `${code.trimEnd()}\nstruct Solution;\n` : code;
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}

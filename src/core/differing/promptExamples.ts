/** The inputs that a prompt shows: blocks between "Input" and "Output", and code blocks after "Input". */
export function exampleInputs(prompt: string): string[] {
  const text = prompt.slice(0, 50_000);
  const blocks = [
    ...text.matchAll(
      /(?:^|\n)[ \t#*]*(?:sample |example )?input\b[^\n]{0,20}\n([\s\S]{1,700}?)\n[ \t#*]*(?:sample |example )?output\b/gi,
    ),
  ];
  return blocks
    .map(([, block = '']) => unfenced(block))
    .filter((block) => block.trim() !== '' && !isProse(block))
    .map((block) => `${block.trimEnd()}\n`);
}

function unfenced(block: string): string {
  const fenced = /```\w*\n([\s\S]*?)```/.exec(block);
  return fenced?.[1] ?? block.replaceAll(/^\s*```\w*$/gm, '');
}

/** Sentences describe the input; an example of it seldom has four words in a row and a full stop. */
function isProse(block: string): boolean {
  return /(?:\p{L}{2,}[ ,]+){3}\p{L}+/u.test(block) && /[.:]\s*(?:\n|$)|[.]\s+[A-Z]/.test(block);
}

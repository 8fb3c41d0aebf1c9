import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier/standalone';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as html from 'prettier/plugins/html';
import * as markdown from 'prettier/plugins/markdown';
import * as postcss from 'prettier/plugins/postcss';
import * as typescript from 'prettier/plugins/typescript';
import * as yaml from 'prettier/plugins/yaml';

// Runs in the sandbox, in Node.js: formats the files named in its arguments, in place, with Prettier's
// defaults. Fails with a message if a file does not parse.

const plugins = [babel, estree, html, markdown, postcss, typescript, yaml];

for (const file of process.argv.slice(2)) {
  try {
    writeFileSync(file, await format(readFileSync(file, 'utf8'), { filepath: file, plugins }));
  } catch (error) {
    process.stderr.write(
      `${file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`,
    );
    process.exit(1);
  }
}

import { dirname, join } from 'node:path';
import { canonicalLanguage } from '../../core/code/languages.ts';
import { distinctFiles } from '../../core/task/codeHash.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { FullLimits, SourceFile } from '../../core/task/task.ts';
import { untrustedText } from '../../core/run/untrusted.ts';
import { askProgram, findProgram } from '../../runner/toolchains/findProgram.ts';
import { layoutProblem } from '../../runner/layout.ts';
import { scratchFolder, type Sandbox } from '../../runner/sandbox/sandbox.ts';
import { decodeOutput, displayText } from '../../runner/outcome/text.ts';
import type { Toolchains } from '../../runner/toolchains/toolchains.ts';

/** The formatted files and the formatter's name, or why the files were not formatted. */
export type Formatted =
  { readonly files: readonly SourceFile[]; readonly by: string } | { readonly whyNot: string };

/** Formats answers, so that the comparison does not show differences in layout. */
export interface Formatter {
  /** Leaves files of other kinds unchanged. Never rejects because of the content of the files. */
  format(files: readonly SourceFile[], language: string, signal?: AbortSignal): Promise<Formatted>;
}

export interface FormatterParts {
  readonly sandbox: Sandbox;
  /** The folder of the checkers that ship with Tiebreak, including Prettier. */
  readonly checkersDir: string;
  readonly toolchains: Toolchains;
  readonly trusted: () => boolean;
}

/** A program that formats the files named in its arguments, in place. */
interface FormatterProgram {
  readonly name: string;
  readonly argv: readonly string[];
  readonly readOnly: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly extensions: RegExp;
}

const limits: FullLimits = {
  cpuMs: 20_000,
  wallMs: 40_000,
  memoryBytes: 3 << 29,
  stackBytes: 3 << 29,
  processes: 64,
  fileBytes: 16 << 20,
  outputBytes: 1 << 20,
};

/** Formats in the sandbox, because a formatter parses hostile code. The same files are formatted once. */
export function createFormatter({ sandbox, checkersDir, toolchains, trusted }: FormatterParts): Formatter {
  const known = new Map<string, Formatted>();

  async function run(files: SourceFile[], language: string, signal?: AbortSignal): Promise<Formatted> {
    const problem = layoutProblem(files);
    if (problem !== undefined) return { whyNot: problem };
    const program = await programFor(language, checkersDir, toolchains);
    if ('whyNot' in program) return program;
    const status = await sandbox.status();
    if (!status.usable) return { whyNot: `${status.missing} is missing. ${status.remedy}` };
    const paths = files.map(({ path }) => path).filter((path) => program.extensions.test(path));
    if (paths.length === 0) return { whyNot: `no file that ${program.name} can format` };
    const outcome = await sandbox.run(
      {
        argv: [...program.argv, ...paths.map((path) => `./${path}`)],
        files,
        env: {
          PATH: '/usr/local/bin:/usr/bin:/bin',
          HOME: scratchFolder,
          LANG: 'C.UTF-8',
          ...program.env,
        },
        readOnly: program.readOnly,
        limits,
        reservesMemory: true,
        collect: paths,
      },
      signal,
    );
    if (outcome.end !== 'exit' || outcome.exit !== 0) {
      const said = displayText(decodeOutput(outcome.stderr)).trim().split('\n')[0] ?? '';
      return {
        whyNot: `${program.name} cannot format the answer${said === '' ? '' : `: ${said.slice(0, 200)}`}`,
      };
    }
    const text = (file: SourceFile): string => {
      const bytes = outcome.collected.get(file.path);
      return bytes === undefined ? file.text : decodeOutput(bytes);
    };
    return { files: files.map((file) => ({ ...file, text: text(file) })), by: program.name };
  }

  return {
    async format(files, language, signal) {
      if (!trusted()) return { whyNot: untrustedText };
      const distinct = distinctFiles(files);
      const key = contentHash({ files: distinct, language });
      const before = known.get(key);
      if (before !== undefined) return before;
      const formatted = await run(distinct, language, signal);
      if ('files' in formatted) known.set(key, formatted);
      return formatted;
    },
  };
}

/** The languages that Prettier formats. */
const prettierLanguages = ['javascript', 'typescript', 'css', 'html', 'vue', 'json', 'markdown', 'yaml'];
const prettierFiles = /\.(?:[mc]?[jt]sx?|css|scss|less|html?|vue|jsonc?|md|ya?ml)$/i;

/** Formatters that the user may have installed, the best first, and the extensions of their files. */
const installed: Readonly<Record<string, { names: readonly (readonly string[])[]; extensions: RegExp }>> = {
  python: {
    names: [
      ['ruff', 'format', '--isolated', '--no-cache', '--quiet'],
      ['black', '--quiet'],
    ],
    extensions: /\.pyi?$/i,
  },
  c: { names: [['clang-format', '-i', '--style=LLVM']], extensions: /\.[ch]$/i },
  cpp: { names: [['clang-format', '-i', '--style=LLVM']], extensions: /\.(?:cc|cpp|cxx|h|hpp)$/i },
  bash: { names: [['shfmt', '-w']], extensions: /\.(?:sh|bash)$/i },
  java: { names: [['google-java-format', '--replace']], extensions: /\.java$/i },
  ruby: { names: [['rufo']], extensions: /\.rb$/i },
  perl: { names: [['perltidy', '-b', '-bext=/']], extensions: /\.(?:pl|pm|t)$/i },
};

/** Formatters that are part of a language's toolchain, next to its compiler. */
const own: Readonly<Record<string, { words: readonly string[]; extensions: RegExp }>> = {
  go: { words: ['gofmt', '-w'], extensions: /\.go$/i },
  rust: { words: ['rustfmt', '--edition=2021', '--quiet'], extensions: /\.rs$/i },
};

/** Every language with a formatter, by its canonical name. */
export const formattedLanguages: readonly string[] = [
  ...prettierLanguages,
  ...Object.keys(installed),
  ...Object.keys(own),
];

async function programFor(
  language: string,
  checkersDir: string,
  toolchains: Toolchains,
): Promise<FormatterProgram | { whyNot: string }> {
  const name = canonicalLanguage(language);
  if (!formattedLanguages.includes(name)) return { whyNot: `Tiebreak has no formatter for ${language}` };
  if (prettierLanguages.includes(name)) return prettier(checkersDir, toolchains);
  const beside = Object.hasOwn(own, name) ? own[name] : undefined;
  if (beside !== undefined) {
    const found = await toolchains.detect(name);
    if ('missing' in found) return { whyNot: `${found.missing} was not found. ${found.remedy}` };
    const [program = '', ...words] = beside.words;
    const path = join(dirname(found.program), program);
    if (
      (await askProgram(path, ['-h'])) === undefined &&
      (await askProgram(path, ['--version'])) === undefined
    )
      return { whyNot: `${program} was not found next to ${found.program}` };
    const { extensions } = beside;
    return { name: program, argv: [path, ...words], readOnly: found.readOnly, extensions };
  }
  const { names, extensions } = installed[name]!;
  for (const [program = '', ...words] of names) {
    const path = await findProgram(program);
    if (path !== undefined) return { name: program, argv: [path, ...words], readOnly: [path], extensions };
  }
  const wanted = names.map(([program]) => `"${program}"`).join(' or ');
  return { whyNot: `no formatter for ${language} was found (${wanted} on PATH)` };
}

async function prettier(
  checkersDir: string,
  toolchains: Toolchains,
): Promise<FormatterProgram | { whyNot: string }> {
  const node = await toolchains.detect('javascript');
  if ('missing' in node) return { whyNot: `${node.missing} was not found. ${node.remedy}` };
  const folder = join(checkersDir, 'tiebreak-programs');
  return {
    name: 'Prettier',
    argv: [node.program, join(folder, 'prettier.mjs')],
    readOnly: [...node.readOnly, folder],
    extensions: prettierFiles,
    ...(node.env === undefined ? {} : { env: node.env }),
  };
}

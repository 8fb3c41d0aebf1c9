import { dirname, join } from 'node:path';
import { distinctFiles } from '../../core/codeHash.ts';
import { contentHash } from '../../core/hash.ts';
import type { FullLimits, SourceFile } from '../../core/task.ts';
import { askProgram, findProgram } from '../find-program.ts';
import { layoutProblem } from '../layout.ts';
import { scratchFolder, type Sandbox } from '../sandbox.ts';
import { decodeOutput, displayText } from '../text.ts';
import type { Toolchains } from '../toolchains.ts';

/** Formatted files and what formatted them, or why they are not. */
export type Formatted =
  { readonly files: readonly SourceFile[]; readonly by: string } | { readonly whyNot: string };

/** Formats answers, so that a difference shows no mere layout. */
export interface Formatter {
  /** Files of other kinds stay as they are. Never rejects for what the files contain. */
  format(files: readonly SourceFile[], language: string, signal?: AbortSignal): Promise<Formatted>;
}

export interface FormatterParts {
  readonly sandbox: Sandbox;
  /** The folder of what ships with Tiebreak, Prettier among it. */
  readonly checkersDir: string;
  readonly toolchains: Toolchains;
  readonly trusted: () => boolean;
}

/** A program that formats the files named after its arguments, in place. */
interface Program {
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
  processes: 64,
  fileBytes: 16 << 20,
  outputBytes: 1 << 20,
};

/** Formats in the sandbox: a formatter reads what an answer wrote. The same files are formatted once. */
export function createFormatter({ sandbox, checkersDir, toolchains, trusted }: FormatterParts): Formatter {
  const known = new Map<string, Formatted>();

  async function run(files: SourceFile[], language: string, signal?: AbortSignal): Promise<Formatted> {
    const problem = layoutProblem(files);
    if (problem !== undefined) return { whyNot: problem };
    const program = await programFor(language, checkersDir, toolchains);
    if ('whyNot' in program) return program;
    const status = await sandbox.status();
    if (!status.usable) return { whyNot: `${status.missing} is missing. ${status.mend}` };
    const paths = files.map(({ path }) => path).filter((path) => program.extensions.test(path));
    if (paths.length === 0) return { whyNot: `there is no file for ${program.name} to format` };
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
      return { whyNot: `${program.name} cannot format it${said === '' ? '' : `: ${said.slice(0, 200)}`}` };
    }
    const text = (file: SourceFile): string => {
      const bytes = outcome.collected.get(file.path);
      return bytes === undefined ? file.text : decodeOutput(bytes);
    };
    return { files: files.map((file) => ({ ...file, text: text(file) })), by: program.name };
  }

  return {
    async format(files, language, signal) {
      if (!trusted()) return { whyNot: 'nothing is run in a workspace that is not trusted' };
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

/** What Prettier formats, by the names of languages. */
const prettierLanguages =
  /^(?:javascript|js|jsx|mjs|node|typescript|ts|tsx|css|scss|less|html|vue|json|jsonc|markdown|md|yaml|yml)$/;
const prettierFiles = /\.(?:[mc]?[jt]sx?|css|scss|less|html?|vue|jsonc?|md|ya?ml)$/i;

/** Formatters that a person may have installed, the best first, and what their files end with. */
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

/** Formatters that come with a language's own tools, beside its compiler. */
const own: Readonly<Record<string, { words: readonly string[]; extensions: RegExp }>> = {
  go: { words: ['gofmt', '-w'], extensions: /\.go$/i },
  rust: { words: ['rustfmt', '--edition=2021', '--quiet'], extensions: /\.rs$/i },
};

async function programFor(
  language: string,
  checkersDir: string,
  toolchains: Toolchains,
): Promise<Program | { whyNot: string }> {
  const name = toolchains.find(language)?.language ?? language;
  if (prettierLanguages.test(name)) return prettier(checkersDir, toolchains);
  const beside = own[name];
  if (beside !== undefined) {
    const found = await toolchains.detect(name);
    if ('missing' in found) return { whyNot: `${found.missing} was not found. ${found.mend}` };
    const [program = '', ...words] = beside.words;
    const path = join(dirname(found.program), program);
    if (
      (await askProgram(path, ['-h'])) === undefined &&
      (await askProgram(path, ['--version'])) === undefined
    )
      return { whyNot: `${program} was not found beside ${found.program}` };
    const { extensions } = beside;
    return { name: program, argv: [path, ...words], readOnly: found.readOnly, extensions };
  }
  const { names, extensions } = installed[name] ?? { names: [], extensions: /$^/ };
  for (const [program = '', ...words] of names) {
    const path = await findProgram(program);
    if (path !== undefined) return { name: program, argv: [path, ...words], readOnly: [path], extensions };
  }
  const wanted = names.map(([program]) => `"${program}"`).join(' or ');
  return {
    whyNot:
      wanted === ''
        ? `there is no formatter for ${language}`
        : `no formatter for ${language} was found (${wanted} on PATH)`,
  };
}

async function prettier(checkersDir: string, toolchains: Toolchains): Promise<Program | { whyNot: string }> {
  const node = await toolchains.detect('javascript');
  if ('missing' in node) return { whyNot: `${node.missing} was not found. ${node.mend}` };
  const folder = join(checkersDir, 'tiebreak-programs');
  return {
    name: 'Prettier',
    argv: [node.program, join(folder, 'prettier.mjs')],
    readOnly: [...node.readOnly, folder],
    extensions: prettierFiles,
    ...(node.env === undefined ? {} : { env: node.env }),
  };
}

/** The syntax of comments and strings; `codeTokens.ts` has the patterns. */
export type SyntaxName =
  | 'c'
  | 'css'
  | 'dart'
  | 'go'
  | 'haskell'
  | 'lua'
  | 'markup'
  | 'php'
  | 'python'
  | 'quoted'
  | 'script'
  | 'shell'
  | 'sql';

/** The data of a language, apart from its toolchain and checks. */
interface Language {
  /** The official spelling of the name, if a capital first letter is not enough. */
  readonly title?: string;
  /** Other names of the language, on fences and in task files. */
  readonly names?: readonly string[];
  /** Names of dialects that are read as the language but differ from it: another version, a console, a header. */
  readonly readAs?: readonly string[];
  /** The extensions of its files, without the dot, the usual one first. */
  readonly extensions?: readonly string[];
  readonly syntax?: SyntaxName;
  /** For a dialect that runs by itself: the language whose syntax it has. */
  readonly dialectOf?: string;
}

/**
 * The table of languages, by canonical name. Every other table is derived from it, or a test compares it with this table
 * (test/unit/runner/toolchains/tables.test.ts). What runs a language is in src/runner/languages.
 */
const languages: Readonly<Record<string, Language>> = {
  python: {
    names: ['py', 'python3', 'py3'],
    readAs: ['python2', 'ipython', 'sage', 'pycon'],
    extensions: ['py', 'pyi', 'pyw'],
    syntax: 'python',
  },
  javascript: {
    title: 'JavaScript',
    names: ['js', 'node', 'nodejs', 'mjs', 'cjs', 'ecmascript'],
    readAs: ['jsx'],
    extensions: ['js', 'mjs', 'cjs', 'jsx'],
    syntax: 'script',
  },
  typescript: {
    title: 'TypeScript',
    names: ['ts', 'mts', 'cts', 'tsx'],
    extensions: ['ts', 'tsx', 'mts', 'cts'],
    syntax: 'script',
  },
  go: { names: ['golang'], extensions: ['go'], syntax: 'go' },
  rust: { names: ['rs'], extensions: ['rs'], syntax: 'c' },
  java: { names: ['jdk'], readAs: ['jsh'], extensions: ['java'], syntax: 'c' },
  kotlin: { names: ['kt', 'kts'], extensions: ['kt', 'kts'], syntax: 'c' },
  scala: { names: ['sc'], extensions: ['scala'], syntax: 'c' },
  swift: { extensions: ['swift'], syntax: 'c' },
  csharp: { title: 'C#', names: ['cs', 'c#', 'dotnet'], extensions: ['cs'], syntax: 'c' },
  c: { names: ['c11', 'c17', 'ansi-c'], readAs: ['h'], extensions: ['c', 'h'], syntax: 'c' },
  cpp: {
    title: 'C++',
    names: ['c++', 'cc', 'cxx', 'cplusplus'],
    readAs: ['hpp'],
    extensions: ['cpp', 'cc', 'cxx', 'hpp', 'hh', 'hxx'],
    syntax: 'c',
  },
  ruby: { names: ['rb'], readAs: ['irb'], extensions: ['rb'], syntax: 'quoted' },
  php: { title: 'PHP', names: ['php8'], readAs: ['php3', 'php7'], extensions: ['php'], syntax: 'php' },
  perl: { names: ['pl', 'perl5'], extensions: ['pl', 'pm'], syntax: 'shell' },
  lua: { extensions: ['lua'], syntax: 'lua' },
  r: { names: ['rscript', 'rlang'], extensions: ['r'], syntax: 'quoted' },
  julia: { names: ['jl'], extensions: ['jl'], syntax: 'quoted' },
  haskell: { names: ['hs'], extensions: ['hs'], syntax: 'haskell' },
  elixir: { names: ['ex', 'exs'], extensions: ['ex', 'exs'], syntax: 'quoted' },
  dart: { extensions: ['dart'], syntax: 'dart' },
  bash: {
    names: ['sh', 'shell', 'shellscript'],
    readAs: ['zsh', 'ksh', 'console', 'terminal'],
    extensions: ['sh', 'bash', 'zsh'],
    syntax: 'shell',
  },
  powershell: { names: ['ps', 'ps1', 'pwsh'], extensions: ['ps1'], syntax: 'shell' },
  sql: {
    title: 'SQL',
    names: ['sqlite', 'sqlite3'],
    readAs: ['plsql', 'tsql', 't-sql'],
    extensions: ['sql'],
    syntax: 'sql',
  },
  postgresql: { names: ['postgres', 'psql', 'pgsql', 'plpgsql'], dialectOf: 'sql' },
  mysql: { names: ['mariadb'], dialectOf: 'sql' },
  html: { title: 'HTML', names: ['htm', 'xhtml'], extensions: ['html', 'htm'], syntax: 'markup' },
  css: {
    title: 'CSS',
    names: ['scss', 'sass', 'less'],
    extensions: ['css', 'scss', 'sass', 'less'],
    syntax: 'css',
  },
  vue: { extensions: ['vue'], syntax: 'markup' },
  svelte: { extensions: ['svelte'], syntax: 'markup' },
  json: { names: ['jsonc', 'json5', 'jsonl'], extensions: ['json', 'jsonc', 'jsonl'] },
  yaml: { names: ['yml'], extensions: ['yaml', 'yml'], syntax: 'quoted' },
  toml: { extensions: ['toml'], syntax: 'quoted' },
  xml: { names: ['svg', 'pom'], extensions: ['xml', 'svg'], syntax: 'markup' },
  markdown: { names: ['md', 'mdx'], extensions: ['md', 'mdx'], syntax: 'markup' },
  text: { names: ['txt', 'plain', 'plaintext', 'output', 'log', 'none'], extensions: ['txt', 'log', 'csv'] },
  diff: { names: ['patch', 'udiff'], extensions: ['diff', 'patch'] },
  dockerfile: { names: ['docker'] },
  makefile: { names: ['make', 'mk'], extensions: ['mk'] },
  graphql: { names: ['gql'], extensions: ['graphql', 'gql'] },
  protobuf: { names: ['proto'], extensions: ['proto'] },
  ini: { names: ['cfg', 'conf', 'properties'], extensions: ['ini', 'cfg', 'conf', 'properties', 'env'] },
};

const canonicalNames = new Map(
  Object.entries(languages).flatMap(([name, { names = [], readAs = [], dialectOf = name }]) =>
    [name, ...names, ...readAs].map((each) => [each, dialectOf] as const),
  ),
);
const languagesByExtension = new Map(
  Object.entries(languages).flatMap(([name, { extensions = [] }]) =>
    extensions.map((extension) => [extension, name] as const),
  ),
);

/** Groups of languages whose compilers or interpreters accept each other's files. */
const relatives: readonly (readonly [string, string])[] = [
  ['javascript', 'typescript'],
  ['c', 'cpp'],
];

/** The canonical name of a language: `py` → `python`. An unknown name is returned in lower case. */
export function canonicalLanguage(name: string): string {
  const lower = name.toLowerCase();
  return canonicalNames.get(lower) ?? lower;
}

/** The name of a language as people write it: `cpp` → `C++`. An unknown name gets a capital first letter. */
export function languageTitle(language: string): string {
  const name = canonicalLanguage(language);
  return rowOf(name)?.title ?? name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** Whether a word is a name of a language. */
export function isKnownLanguage(name: string): boolean {
  return canonicalNames.has(name.toLowerCase());
}

/** The language of a file by its extension; `undefined` for an unknown extension. */
export function languageOfPath(path: string): string | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : languagesByExtension.get(extension);
}

/** The usual extension of a language's files, without the dot; `txt` for an unknown language. */
export function extensionOf(language: string): string {
  return rowOf(canonicalLanguage(language))?.extensions?.[0] ?? 'txt';
}

/** The other names of a language by its canonical name; a dialect that runs by itself, such as `postgresql`, has its own. */
export function otherNames(language: string): readonly string[] {
  return rowOf(language)?.names ?? [];
}

/** The syntax of a language's comments and strings; `undefined` if it is unknown. */
export function syntaxOf(language: string): SyntaxName | undefined {
  return rowOf(canonicalLanguage(language))?.syntax;
}

function rowOf(name: string): Language | undefined {
  return Object.hasOwn(languages, name) ? languages[name] : undefined;
}

/** Whether code labelled `one` may be an answer to a task in `other`. */
export function areRelated(one: string, other: string): boolean {
  const [first, second] = [canonicalLanguage(one), canonicalLanguage(other)];
  return first === second || relatives.some((pair) => pair.includes(first) && pair.includes(second));
}

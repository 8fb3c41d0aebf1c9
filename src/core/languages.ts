/** What core knows of a language: the names it goes by on fences and in task files, and its files' extensions. */
interface LanguageNames {
  readonly names: readonly string[];
  readonly extensions: readonly string[];
}

/** By canonical name. Toolchains have their own table of aliases; this one also knows what nobody runs. */
const languages: Readonly<Record<string, LanguageNames>> = {
  python: {
    names: ['py', 'python3', 'python2', 'py3', 'ipython', 'sage', 'pycon'],
    extensions: ['py', 'pyi', 'pyw'],
  },
  javascript: {
    names: ['js', 'node', 'nodejs', 'jsx', 'mjs', 'cjs', 'ecmascript'],
    extensions: ['js', 'mjs', 'cjs', 'jsx'],
  },
  typescript: { names: ['ts', 'tsx', 'mts', 'cts'], extensions: ['ts', 'tsx', 'mts', 'cts'] },
  go: { names: ['golang'], extensions: ['go'] },
  rust: { names: ['rs'], extensions: ['rs'] },
  java: { names: ['jsh'], extensions: ['java'] },
  kotlin: { names: ['kt', 'kts'], extensions: ['kt', 'kts'] },
  scala: { names: ['sc'], extensions: ['scala'] },
  swift: { names: [], extensions: ['swift'] },
  csharp: { names: ['cs', 'c#', 'dotnet'], extensions: ['cs'] },
  c: { names: ['h'], extensions: ['c', 'h'] },
  cpp: {
    names: ['c++', 'cc', 'cxx', 'hpp', 'cplusplus'],
    extensions: ['cpp', 'cc', 'cxx', 'hpp', 'hh', 'hxx'],
  },
  ruby: { names: ['rb', 'irb'], extensions: ['rb'] },
  php: { names: ['php3', 'php7', 'php8'], extensions: ['php'] },
  perl: { names: ['pl'], extensions: ['pl', 'pm'] },
  lua: { names: [], extensions: ['lua'] },
  r: { names: ['rscript'], extensions: ['r'] },
  julia: { names: ['jl'], extensions: ['jl'] },
  haskell: { names: ['hs'], extensions: ['hs'] },
  elixir: { names: ['ex', 'exs'], extensions: ['ex', 'exs'] },
  dart: { names: [], extensions: ['dart'] },
  bash: {
    names: ['sh', 'shell', 'zsh', 'ksh', 'shellscript', 'console', 'terminal'],
    extensions: ['sh', 'bash', 'zsh'],
  },
  powershell: { names: ['ps', 'ps1', 'pwsh'], extensions: ['ps1'] },
  sql: {
    names: [
      'sqlite',
      'sqlite3',
      'mysql',
      'mariadb',
      'postgresql',
      'postgres',
      'psql',
      'plsql',
      'tsql',
      't-sql',
      'pgsql',
    ],
    extensions: ['sql'],
  },
  html: { names: ['htm', 'xhtml'], extensions: ['html', 'htm'] },
  css: { names: ['scss', 'sass', 'less'], extensions: ['css', 'scss', 'sass', 'less'] },
  vue: { names: [], extensions: ['vue'] },
  svelte: { names: [], extensions: ['svelte'] },
  json: { names: ['jsonc', 'json5', 'jsonl'], extensions: ['json', 'jsonc', 'jsonl'] },
  yaml: { names: ['yml'], extensions: ['yaml', 'yml'] },
  toml: { names: [], extensions: ['toml'] },
  xml: { names: ['svg', 'pom'], extensions: ['xml', 'svg'] },
  markdown: { names: ['md', 'mdx'], extensions: ['md', 'mdx'] },
  text: { names: ['txt', 'plain', 'plaintext', 'output', 'log', 'none'], extensions: ['txt', 'log', 'csv'] },
  diff: { names: ['patch', 'udiff'], extensions: ['diff', 'patch'] },
  dockerfile: { names: ['docker'], extensions: [] },
  makefile: { names: ['make', 'mk'], extensions: ['mk'] },
  graphql: { names: ['gql'], extensions: ['graphql', 'gql'] },
  protobuf: { names: ['proto'], extensions: ['proto'] },
  ini: { names: ['cfg', 'conf', 'properties'], extensions: ['ini', 'cfg', 'conf', 'properties', 'env'] },
};

const canonicalNames = new Map(
  Object.entries(languages).flatMap(([name, { names }]) =>
    [name, ...names].map((alias) => [alias, name] as const),
  ),
);
const languagesByExtension = new Map(
  Object.entries(languages).flatMap(([name, { extensions }]) =>
    extensions.map((extension) => [extension, name] as const),
  ),
);
/** Languages one of whose compilers or interpreters takes the other's files. */
const relatives: readonly (readonly [string, string])[] = [
  ['javascript', 'typescript'],
  ['c', 'cpp'],
];

/** The one name of a language: `py` → `python`. A name nobody knows stays as it is, in lower case. */
export function canonicalLanguage(name: string): string {
  const lower = name.toLowerCase();
  return canonicalNames.get(lower) ?? lower;
}

/** The language of a file by its extension, or `undefined` for an extension that means none. */
export function languageOfPath(path: string): string | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : languagesByExtension.get(extension);
}

/** The usual extension of a language's files, without the dot; `txt` where none is known. */
export function extensionOf(language: string): string {
  const name = canonicalLanguage(language);
  return (Object.hasOwn(languages, name) ? languages[name]?.extensions[0] : undefined) ?? 'txt';
}

/** Whether code that calls itself `one` may be meant where `other` is asked for. */
export function areRelated(one: string, other: string): boolean {
  const [first, second] = [canonicalLanguage(one), canonicalLanguage(other)];
  return first === second || relatives.some((pair) => pair.includes(first) && pair.includes(second));
}

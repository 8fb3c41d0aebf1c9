import type { LanguageInput } from 'shiki/core';

/** Grammars by Shiki's name, each a chunk of its own. */
export const grammars: Readonly<Record<string, LanguageInput>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  jsx: () => import('shiki/langs/jsx.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  perl: () => import('shiki/langs/perl.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  r: () => import('shiki/langs/r.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};

/** What people and models write on fences, where it differs from the grammar's name. */
const aliases: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  golang: 'go',
  js: 'javascript',
  mjs: 'javascript',
  node: 'javascript',
  md: 'markdown',
  patch: 'diff',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  shellscript: 'bash',
  zsh: 'bash',
  console: 'bash',
  sqlite: 'sql',
  postgresql: 'sql',
  mysql: 'sql',
  ts: 'typescript',
  yml: 'yaml',
};

/** The grammar for a language's name; `undefined` for one that has none here. */
export function grammarOf(language: string): string | undefined {
  const name = aliases[language.toLowerCase()] ?? language.toLowerCase();
  return Object.hasOwn(grammars, name) ? name : undefined;
}

import type { LanguageInput } from 'shiki/core';

const common = () => import('./grammarsCommon.ts');
const more = () => import('./grammarsMore.ts');

/** Grammars by Shiki's name, loaded when first met. */
export const grammars: Readonly<Record<string, LanguageInput>> = {
  bash: () => common().then((all) => all.bash),
  c: () => more().then((all) => all.c),
  cpp: () => more().then((all) => all.cpp),
  css: () => common().then((all) => all.css),
  diff: () => common().then((all) => all.diff),
  go: () => common().then((all) => all.go),
  html: () => common().then((all) => all.html),
  java: () => common().then((all) => all.java),
  javascript: () => common().then((all) => all.javascript),
  json: () => common().then((all) => all.json),
  jsx: () => common().then((all) => all.jsx),
  markdown: () => common().then((all) => all.markdown),
  perl: () => more().then((all) => all.perl),
  php: () => more().then((all) => all.php),
  python: () => common().then((all) => all.python),
  r: () => more().then((all) => all.r),
  ruby: () => more().then((all) => all.ruby),
  rust: () => common().then((all) => all.rust),
  sql: () => common().then((all) => all.sql),
  toml: () => common().then((all) => all.toml),
  tsx: () => common().then((all) => all.tsx),
  typescript: () => common().then((all) => all.typescript),
  yaml: () => common().then((all) => all.yaml),
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

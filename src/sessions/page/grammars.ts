import type { LanguageInput } from 'shiki/core';
import { canonicalLanguage } from '../../core/code/languages.ts';

const common = () => import('./grammarsCommon.ts');
const more = () => import('./grammarsMore.ts');

/** Grammars by Shiki's name, loaded on first use. */
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

/** The grammar for a language's name; `undefined` for a language without a grammar. */
export function grammarOf(language: string): string | undefined {
  // "tsx" has a grammar of its own, and is read as TypeScript.
  const names = [language.toLowerCase(), canonicalLanguage(language)];
  return names.find((name) => Object.hasOwn(grammars, name));
}

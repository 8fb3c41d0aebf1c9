import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';

/** One document of the repository, by its path from the root. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** Every document that a person reads: those at the root and those under docs/. */
export function documents(): Document[] {
  const pages = readdirSync(inRoot('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pages.toSorted()].map((path) => ({
    path,
    text: readFileSync(inRoot(path), 'utf8'),
  }));
}

/** The targets of the links and images of a text, outside of code. */
export function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
}

/** The paths in code font that begin with a folder of the repository. */
export function pathsOf(text: string): string[] {
  const spans = [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  return spans.filter((span) => /^(?:src|test|scripts|docs|media|rubrics|syntaxes)\/[\w./-]*$/.test(span));
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(text: string): string[] {
  const headings = [...withoutBlocks(text).matchAll(/^#{1,6} +(.+)$/gm)].map((match) => match[1]!);
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

function withoutCode(text: string): string {
  return withoutBlocks(text).replaceAll(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code));
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');
}

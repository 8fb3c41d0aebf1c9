import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { anchorsOf, documents, linksOf, pathsOf } from './markdown.ts';

const isExternal = (link: string): boolean => /^[a-z]+:/.test(link);

describe('the documents of the repository', () => {
  for (const { path, text } of documents()) {
    it(`has no dead link in ${path}`, () => {
      const dead = linksOf(text).filter((link) => !isExternal(link) && !leadsSomewhere(path, link));
      assert.deepEqual(dead, []);
    });

    // Past versions may name files that no longer exist.
    if (path === 'CHANGELOG.md') continue;
    it(`names only files that exist in ${path}`, () => {
      assert.deepEqual(
        pathsOf(text).filter((named) => !existsSync(inRoot(named))),
        [],
      );
    });
  }

  it('are all reachable from the README', () => {
    const byPath = new Map(documents().map((document) => [document.path, document]));
    const reached = new Set<string>();
    const visit = (path: string): void => {
      const document = byPath.get(path);
      if (document === undefined || reached.has(path)) return;
      reached.add(path);
      for (const link of linksOf(document.text)) if (!isExternal(link)) visit(target(path, link));
    };
    visit('README.md');
    assert.deepEqual(
      [...byPath.keys()].filter((path) => !reached.has(path)),
      [],
    );
  });

  it('begin with a README of at most 150 lines', () => {
    const lines = readFileSync(inRoot('README.md'), 'utf8').trimEnd().split('\n').length;
    assert.ok(lines <= 150, `${lines} lines`);
  });
});

/** Whether the file that a link names exists, and has the heading if it names one. */
function leadsSomewhere(from: string, link: string): boolean {
  const path = target(from, link);
  const [, anchor] = link.split('#');
  if (!existsSync(inRoot(path))) return false;
  return anchor === undefined || anchorsOf(readFileSync(inRoot(path), 'utf8')).includes(anchor);
}

/** The path from the root that a link in a document leads to. */
function target(from: string, link: string): string {
  const [path = ''] = link.split('#');
  return path === '' ? from : join(dirname(from), path);
}

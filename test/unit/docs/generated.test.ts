import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { generatedPages, type Page } from '../../../scripts/lib/docsPages.mjs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { commands } from '../../../src/cli/commands.ts';

describe('the generated pages of the documentation', () => {
  let pages: Page[];
  before(async () => {
    pages = await generatedPages();
  });

  it('are up to date (if not, run: npm run docs)', () => {
    for (const { path, text } of pages) assert.equal(readFileSync(inRoot(path), 'utf8'), text, path);
  });

  it('contain every setting, command of the command line, and shortcut', () => {
    const text = pages.map((page) => page.text).join('\n');
    const { contributes } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
      contributes: {
        configuration: { properties: object } | { properties: object }[];
        keybindings: { command: string }[];
        commands: { command: string; title: string }[];
      };
    };
    const settings = [contributes.configuration]
      .flat()
      .flatMap(({ properties }) => Object.keys(properties))
      .map((name) => `\`${name}\``);
    const calls = Object.keys(commands).map((name) => `## \`tiebreak ${name}\``);
    const bound = new Set(contributes.keybindings.map(({ command }) => command));
    const shortcuts = contributes.commands.filter(({ command }) => bound.has(command));
    const named = [...settings, ...calls, ...shortcuts.map(({ title }) => title)];
    assert.ok(settings.length > 0 && calls.length > 0 && shortcuts.length > 0);
    assert.deepEqual(
      named.filter((name) => !text.includes(name)),
      [],
    );
  });
});

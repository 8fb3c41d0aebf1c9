import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { inRoot } from '../../../../scripts/lib/paths.mjs';
import themes from '../../../e2e/panelFixture/themes.json' with { type: 'json' };

describe('the panel’s style sheets', () => {
  let sources: [name: string, text: string][];
  before(async () => {
    const names = await readdir(inRoot('src/webview'), { recursive: true });
    const files = names.filter((name) => /\.(ts|css)$/.test(name));
    sources = await Promise.all(
      files.map(async (name): Promise<[string, string]> => [
        name,
        await readFile(inRoot('src/webview', name), 'utf8'),
      ]),
    );
  });

  it('name only colours that the editor has: a misspelt variable is a colour nobody sees', () => {
    const known = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables)));
    const unknown = sources.flatMap(([name, text]) =>
      [...text.matchAll(/--vscode-[\w-]+/g)]
        .filter(([variable]) => !known.has(variable))
        .map(([variable]) => `${name}: ${variable}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('contain no colours of their own', () => {
    const own = sources.flatMap(([name, text]) =>
      [
        ...text.matchAll(
          /(?:color|background|border|shadow|fill|stroke)[\w-]*:[^;{}]*(?:#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\()[^;]*/gi,
        ),
      ].map(([rule]) => `${name}: ${rule}`),
    );
    assert.deepEqual(own, []);
  });

  it('are never in a style attribute, which the page’s policy refuses', () => {
    const inline = sources.filter(([, text]) => /<[^>]*\sstyle=/.test(text)).map(([name]) => name);
    assert.deepEqual(inline, []);
  });
});

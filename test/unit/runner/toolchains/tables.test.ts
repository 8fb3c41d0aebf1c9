import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchainPackages, toolchains as systemToolchains } from '../../../../scripts/lib/system.mjs';
import { createChecks } from '../../../../src/checks/checks.ts';
import { formattedLanguages } from '../../../../src/checks/formatting/formatter.ts';
import { patternRulesOf } from '../../../../src/checks/patternRules.ts';
import {
  canonicalLanguage,
  extensionOf,
  languageOfPath,
  otherNames,
  syntaxOf,
} from '../../../../src/core/code/languages.ts';
import { definedNames } from '../../../../src/core/extraction/definitions.ts';
import { grammarOf } from '../../../../src/sessions/page/grammars.ts';
import { createMissingSandbox } from '../../../../src/runner/sandbox/none.ts';
import { createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import { checkersDir } from '../harness.ts';

const root = join(import.meta.dirname, '../../../..');
const toolchains = createToolchains(checkersDir);
const checks = createChecks({ sandbox: createMissingSandbox('linux'), checkersDir, trusted: () => true });

/** A dialect is read, coloured and checked as its base language. */
const readAs = (language: string): string => canonicalLanguage(language);

/** Languages without a known formatter. Add a new language here or to the formatter's table. */
const withoutFormatter = ['php', 'r', 'sql'];

/** Languages without rules for patterns. */
const withoutRules = ['perl', 'r'];

/** Languages whose programs come with Tiebreak or every system. */
const withoutProgram = ['bash', 'javascript', 'sql', 'typescript'];

/** Languages that run with the program of another language. */
const dialects = ['postgresql'];

describe('every language that runs', () => {
  for (const language of toolchains.languages) {
    it(`is known to every table: ${language}`, () => {
      const { mainFile, selfTest } = toolchains.toolchain(language);
      assert.ok(otherNames(language).length > 0, 'core/code/languages.ts');
      for (const name of [language, ...otherNames(language)]) {
        assert.equal(toolchains.find(name)?.language, language, name);
        assert.equal(readAs(name), readAs(language), name);
      }
      assert.equal(languageOfPath(mainFile), readAs(language), 'its extension');
      assert.equal(mainFile.split('.').at(-1)?.toLowerCase(), extensionOf(language));
      assert.ok(syntaxOf(language), 'how it writes comments');
      assert.equal(grammarOf(language), readAs(language), 'the grammar it is coloured by');
      if (selfTest.same !== selfTest.hello && !['sql', 'postgresql'].includes(language))
        assert.ok(definedNames(selfTest.same).size > 0, 'core/extraction/definitions.ts');
      assert.ok(
        checks.some(({ languages }) => languages !== 'any' && languages.includes(readAs(language))),
        'checks',
      );
      const formatted = formattedLanguages.includes(readAs(language));
      assert.equal(formatted, !withoutFormatter.includes(readAs(language)), 'checks/formatting');
      const ruled = [language, { typescript: 'javascript', cpp: 'c' }[language] ?? language].some(
        (name) => patternRulesOf(readAs(name)).length > 0,
      );
      assert.equal(ruled, !withoutRules.includes(readAs(language)), 'checks/patternRules.ts');
      const installed = (systemToolchains as readonly string[]).includes(language);
      assert.equal(installed, ![...withoutProgram, ...dialects].includes(language), 'scripts/lib/system.mjs');
      const folder = { typescript: 'javascript', postgresql: 'sql' }[language] ?? language;
      assert.ok(existsSync(join(root, 'src/runner/languages', folder, 'toolchain.ts')), 'its folder');
    });
  }

  it('is in the container image, with what its tests need', () => {
    const recipe = readFileSync(join(root, 'src/runner/sandbox/container/image/Containerfile'), 'utf8');
    const installed = new Set(recipe.match(/^[^#\n].*$/gm)?.flatMap((line) => line.split(/[\s\\]+/)));
    assert.deepEqual(
      toolchainPackages.filter((name) => !installed.has(name)),
      [],
    );
  });

  it('has a folder, and every folder is a language or shared', () => {
    const folders = readdirSync(join(root, 'src/runner/languages'));
    const others = folders.filter((name) => toolchains.find(name) === undefined);
    assert.deepEqual(others, ['shared']);
  });

  it('is the only one under its names', () => {
    const names = toolchains.languages.flatMap((language) => [language, ...otherNames(language)]);
    assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted());
  });
});

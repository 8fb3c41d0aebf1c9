import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { ThemeRegistrationRaw } from 'shiki';

interface ContributedTheme {
  readonly id?: string;
  readonly label: string;
  readonly path: string;
  readonly uiTheme: string;
}

interface ThemeFile {
  readonly include?: string;
  readonly colors?: Readonly<Record<string, string>>;
  readonly tokenColors?: readonly object[] | string;
}

/** How deep themes may include one another before it must be a circle. */
const includeDepth = 8;

/**
 * The colour theme the workbench shows, by the id its webviews carry, as Shiki wants it. `undefined` where the
 * theme is not found or is of the old XML kind.
 */
export async function findTheme(themeId: string): Promise<ThemeRegistrationRaw | undefined> {
  for (const extension of vscode.extensions.all) {
    const { contributes } = extension.packageJSON as { contributes?: { themes?: ContributedTheme[] } };
    const theme = contributes?.themes?.find((candidate) => (candidate.id ?? candidate.label) === themeId);
    if (theme === undefined) continue;
    const { colors, tokenColors } = await readTheme(join(extension.extensionPath, theme.path), includeDepth);
    if (!Array.isArray(tokenColors)) return undefined;
    return {
      name: themeId,
      type: theme.uiTheme === 'vs' || theme.uiTheme === 'hc-light' ? 'light' : 'dark',
      colors: { ...colors },
      settings: [...tokenColors],
    };
  }
  return undefined;
}

/** A theme file with those it includes: its own colours win, and its token rules come last, which is the same. */
async function readTheme(path: string, depth: number): Promise<ThemeFile> {
  const own = parse(await readFile(path, 'utf8')) as ThemeFile;
  if (own.include === undefined || depth === 0) return own;
  const base = await readTheme(join(dirname(path), own.include), depth - 1);
  return {
    colors: { ...base.colors, ...own.colors },
    tokenColors: [...rules(base), ...rules(own)],
  };
}

function rules({ tokenColors }: ThemeFile): readonly object[] {
  return Array.isArray(tokenColors) ? tokenColors : [];
}

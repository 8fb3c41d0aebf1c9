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

/** How many levels of included themes are read; more must be a cycle. */
const includeDepth = 8;

/**
 * The workbench's colour theme in Shiki's form, by the id that webviews carry. `undefined` if the theme is not found or has
 * the old XML format.
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

/** Reads a theme file with those it includes. Its own colours and token rules win; of the rules, the last one wins. */
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

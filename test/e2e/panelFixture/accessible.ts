import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import type { Conduct, PanelTheme } from './page.ts';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: { readonly html: string; readonly target: unknown; readonly failureSummary: string }[];
}

type Engine = { run(context: object, options: object): Promise<{ violations: Violation[] }> };

let engineSource: Promise<string> | undefined;

/** The rules that depend on the colours of a theme. */
const colourRules = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/**
 * The rules that can find something new after a change of theme: light themes have the same elements and styles as dark
 * themes, in other colours.
 */
const rulesOf: Record<PanelTheme, object> = {
  dark: {},
  light: colourRules,
  'high contrast': {},
  'high contrast light': colourRules,
  'light 2026': colourRules,
};

/** Fails with all violations that axe-core finds in a page with a theme, except in excluded elements. */
export async function assertAccessible(
  { page, pageErrors }: Pick<Conduct, 'pageErrors'> & { readonly page: Page },
  theme: PanelTheme,
  where: string,
  exclude: readonly unknown[] = [],
): Promise<void> {
  const before = pageErrors.length;
  if (!(await page.evaluate(() => 'axe' in window))) {
    engineSource ??= readFile(inRoot('node_modules/axe-core/axe.min.js'), 'utf8');
    await page.evaluate(await engineSource);
  }
  const found = await page.evaluate(
    async ([leftOut, rules]) => {
      const { axe } = window as unknown as { axe: Engine };
      const result = await axe.run({ exclude: leftOut }, { resultTypes: ['violations'], ...rules });
      return result.violations;
    },
    [exclude, rulesOf[theme]] as const,
  );
  // axe-core tries out styles of its own, which the page's policy refuses.
  pageErrors.splice(before);
  const told = found.map(
    ({ id, impact, nodes }) =>
      `${impact} ${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary}`).join('\n  ')}`,
  );
  assert.equal(told.join('\n'), '', `${where}, ${theme}`);
}

/** Runs in the page: controls that overflow the window, or a bar that hides its overflow. */
export function overflowing(): string[] {
  const found: string[] = [];
  const visit = (root: ParentNode) => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot !== null) visit(element.shadowRoot);
      const box = element.getBoundingClientRect();
      const isKeyTooNarrow = element.matches('kbd') && element.scrollWidth > element.offsetWidth;
      if (isKeyTooNarrow) found.push(`the key ${element.textContent.trim()} leaves its frame`);
      if (box.width === 0 || !element.matches('button, select, input, canvas, .badge, .chip, .bar > *'))
        continue;
      const clip = element
        .closest<HTMLElement>('.bar, footer, aside, .submit, .scroll')
        ?.getBoundingClientRect();
      if (box.right > window.innerWidth + 0.5 || (clip !== undefined && box.right > clip.right + 0.5)) {
        found.push(`${element.localName}.${element.className} ${element.textContent.trim().slice(0, 30)}`);
      }
    }
  };
  visit(document);
  if (document.scrollingElement!.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  return found;
}

/** The colours of code come from the theme: their contrast is not checked, everything else is. */
export const codeColours = ['tiebreak-answers', 'tiebreak-ideal-diff'].map((part) => ({
  fromShadowDom: ['tiebreak-panel', part, '[class^="t"]'],
}));

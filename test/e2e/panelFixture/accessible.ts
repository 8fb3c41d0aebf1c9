import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import type { Conduct } from './page.ts';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: { readonly html: string; readonly target: unknown; readonly failureSummary: string }[];
}

let axe: Promise<string> | undefined;

/** Fails with every fault that axe-core finds in a page, but in what is excluded. */
export async function assertAccessible(
  { page, complaints }: Pick<Conduct, 'complaints'> & { readonly page: Page },
  where: string,
  exclude: readonly unknown[] = [],
): Promise<void> {
  const before = complaints.length;
  await page.evaluate(await (axe ??= readFile(inRoot('node_modules/axe-core/axe.min.js'), 'utf8')));
  const found = await page.evaluate(async (leftOut) => {
    const { axe: engine } = window as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> };
    };
    const result = await engine.run({ exclude: leftOut }, { resultTypes: ['violations'] });
    return result.violations;
  }, exclude);
  // axe-core tries out styles of its own, which the page's policy refuses.
  complaints.splice(before);
  const told = found.map(
    ({ id, impact, nodes }) =>
      `${impact} ${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary}`).join('\n  ')}`,
  );
  assert.equal(told.join('\n'), '', where);
}

/** Runs in the page: controls that stick out of the window or of a bar that hides what does not fit. */
export function overflowing(): string[] {
  const found: string[] = [];
  const visit = (root: ParentNode) => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot !== null) visit(element.shadowRoot);
      const box = element.getBoundingClientRect();
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

import { codeSpan, markdownDocument } from '../../core/text/markdownDocument.ts';
import { visibleLine } from '../../core/text/visible.ts';
import type { SetupPart, SetupReport, SetupState } from './examineSetup.ts';

/** The state of a part in words. */
export const stateWords: Readonly<Record<SetupState, string>> = {
  works: 'works',
  found: 'is installed, but was not tried, because no sandbox works',
  missing: 'is missing',
  fails: 'does not work',
};

/** How many languages run, in one sentence without a full stop. */
export function setupSummary({ sandboxes, languages }: SetupReport): string {
  if (!sandboxes.some(({ state }) => state === 'works'))
    return 'Answers cannot be run, because no sandbox works';
  const working = languages.filter(({ state }) => state === 'works').length;
  if (working === 0) return 'Answers cannot be run, because no language works';
  return `Answers in ${working} of ${languages.length} languages can be run`;
}

/** The report as a Markdown document: what works, and how to get what does not. */
export function setupMarkdown(report: SetupReport): string {
  const { sandboxes, languages } = report;
  const works = languages.filter(({ state }) => state === 'works');
  const others = languages.filter(({ state }) => state !== 'works');
  const failing = works.flatMap(({ name, checks }) =>
    checks
      .filter(({ state }) => state !== 'works')
      .map((check) => ({ ...check, name: `${check.name} (${name})` })),
  );
  return markdownDocument('Set-up report', [
    ['', [`${setupSummary(report)}.`]],
    ['Sandboxes', sandboxes.map(partLine)],
    ['Languages that do not work', others.map(partLine)],
    ['Checks that do not work', failing.map(partLine)],
    ['Languages that work', works.map(partLine)],
    [
      'Checks that work',
      works.flatMap(({ name, checks }) => {
        const names = checks.filter(({ state }) => state === 'works').map((check) => named(check));
        return names.length === 0 ? [] : [`**${name}**: ${names.join(', ')}`];
      }),
    ],
  ]);
}

function partLine({ name, state, text }: SetupPart): string {
  return `**${name}** ${stateWords[state]}${text === '' ? '' : `: ${codeSpan(visibleLine(text))}`}`;
}

function named({ name, text }: SetupPart): string {
  return text === '' ? name : `${name} ${text}`;
}

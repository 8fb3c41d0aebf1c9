import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { commands } from '../../src/cli/commands.ts';
import { exitStatus } from '../../src/cli/main.ts';
import { bindingsOf, chords } from '../../src/webview/state/keys.ts';
import { inRoot } from './paths.mjs';

/**
 * A page of the documentation that is generated from the sources.
 * @typedef {{ path: string, text: string }} Page
 */

/**
 * Every generated page, formatted as it is in the repository.
 * @returns {Promise<Page[]>}
 */
export async function generatedPages() {
  const pages = {
    'docs/settings.md': settingsPage(),
    'docs/keys.md': keysPage(),
    'docs/command-line.md': await commandLinePage(),
  };
  return Promise.all(
    Object.entries(pages).map(async ([path, text]) => {
      const config = await resolveConfig(inRoot(path));
      return { path, text: await format(text, { ...config, parser: 'markdown' }) };
    }),
  );
}

/**
 * @typedef {object} Setting
 * @property {string} type
 * @property {unknown} default
 * @property {string} [scope]
 * @property {number} [order]
 * @property {string} [markdownDescription]
 * @property {readonly string[]} [enum]
 * @property {number} [minimum]
 * @property {number} [maximum]
 */

/** @typedef {{ command: string, key: string, mac?: string, when?: string }} Keybinding */

/**
 * The parts of package.json that this module reads.
 * @typedef {object} Contributions
 * @property {{ command: string, title: string }[]} commands
 * @property {Keybinding[]} keybindings
 * @property {{ title: string, properties: Record<string, Setting> } | { title: string, properties: Record<string, Setting>
 * }[]} configuration
 */

/** @returns {Contributions} */
const contributions = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).contributes;

/**
 * Where the settings of each scope can be set
 * (https://code.visualstudio.com/api/references/contribution-points#contributes.configuration).
 */
const scopes = /** @type {Record<string, string>} */ ({
  application: 'user',
  machine: 'user, remote',
  'machine-overridable': 'user, remote, workspace',
  window: 'user, workspace',
  resource: 'user, workspace, folder',
});

function settingsPage() {
  const groups = [contributions().configuration].flat();
  const sections = groups.map(({ title, properties }) => {
    const rows = Object.entries(properties)
      .toSorted(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0))
      .map(([name, setting]) => [
        `\`${name}\``,
        defaultOf(setting),
        settingText(setting),
        scopes[setting.scope ?? 'window'] ?? setting.scope ?? '',
      ]);
    const list = table(['Setting', 'Default', 'Description', 'Where to set it'], rows);
    return groups.length === 1 ? list : `## ${title}\n\n${list}`;
  });
  return page(
    'Settings',
    'package.json',
    `Open them with **Tiebreak: Open Settings**. The last column says which settings of the editor can hold each one.
A workspace can change only the settings that list "workspace".`,
    ...sections,
  );
}

/** @param {Setting} setting */
function settingText({ markdownDescription = '', enum: values = [], minimum, maximum }) {
  const parts = [markdownDescription];
  if (values.length > 0) parts.push(`One of ${values.map((value) => `\`${value}\``).join(', ')}.`);
  if (minimum !== undefined && maximum !== undefined) {
    // Many descriptions already include the range.
    if (!markdownDescription.includes(` to ${maximum}`)) parts.push(`From ${minimum} to ${maximum}.`);
  } else if (minimum !== undefined) parts.push(`At least ${minimum}.`);
  return parts.join(' ');
}

/** @param {Setting} setting */
const defaultOf = ({ default: value }) => (value === '' ? 'empty' : `\`${JSON.stringify(value)}\``);

/** The meaning of the conditions of key bindings. */
const conditions = /** @type {Record<string, string>} */ ({
  "activeWebviewPanelId == 'tiebreak.panel' && !inputFocus && !listFocus || editorTextFocus && resourceScheme == tiebreak-rationale":
    'in the review panel and in the rationale document',
  "activeWebviewPanelId == 'tiebreak.inspection' && !inputFocus && !listFocus": 'in the inspection panel',
  "activeWebviewPanelId == 'tiebreak.inspection'": 'in the inspection panel',
  'tiebreak.taskOpen': 'while a task is open',
});

function keysPage() {
  const { keybindings, commands: all } = contributions();
  const titles = new Map(all.map(({ command, title }) => [command, title]));
  const shortcuts = keybindings.map(({ command, key, mac, when = '' }) => [
    chord(key),
    mac === undefined ? '' : chord(mac),
    titles.get(command) ?? command,
    conditions[when] ?? `\`${when}\``,
  ]);
  return page(
    'Keyboard shortcuts',
    'the key table of the panel and package.json',
    `Single keys work while the panel has the focus and you are not typing in a text field. <kbd>?</kbd> shows them
in the panel. A key that a task does not ask for is off: a task without a ranking has no preference keys.`,
    '## Review panel',
    keyTable(bindingsOf({ mode: 'judge', asked: undefined })),
    table(
      ['Everywhere', ''],
      chords.map(({ key, label }) => [chord(key), label]),
    ),
    '## Inspecting a review',
    reviewerKeys('inspect'),
    '## Settling a task',
    reviewerKeys('settle'),
    '## Commands of the editor',
    'These shortcuts belong to the editor. Change them in **Preferences: Open Keyboard Shortcuts**.',
    table(['Windows, Linux', 'macOS', 'Command', 'When'], shortcuts),
  );
}

/**
 * The keys of a reviewer's page. Keys that are the same in the review panel are on one line.
 * @param {'inspect' | 'settle'} mode
 */
function reviewerKeys(mode) {
  const evaluators = bindingsOf({ mode: 'judge', asked: undefined });
  const all = bindingsOf({ mode, asked: undefined });
  const shared = all.filter((binding) => evaluators.includes(binding) && binding.label !== '');
  return [
    keyTable(all.filter((binding) => !evaluators.includes(binding))),
    `These keys do the same as in the review panel: ${shared.map(({ key }) => chord(key)).join(' ')}`,
  ].join('\n\n');
}

/** @param {ReturnType<typeof bindingsOf>} bindings */
function keyTable(bindings) {
  const shown = bindings.filter(({ label }) => label !== '');
  const rows = shown.map(({ key, also, group, label }, index) => [
    shown[index - 1]?.group === group ? '' : group,
    also === undefined ? chord(key) : `${chord(key)} or ${chord(also)}`,
    label,
  ]);
  return table(['', 'Key', 'Action'], rows);
}

const keyNames = /** @type {Record<string, string>} */ ({
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  ctrl: 'Ctrl',
  alt: 'Alt',
  cmd: 'Cmd',
  shift: 'Shift',
  enter: 'Enter',
});

/** @param {string} keys Such as `Shift+R` or `ctrl+enter`. */
const chord = (keys) =>
  keys
    .split('+')
    .map((key) => `<kbd>${keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>`)
    .join('+');

async function commandLinePage() {
  const overview = Object.entries(commands).map(([name, { usage, summary }]) => [
    `[\`tiebreak ${name}${usage === '' ? '' : ` ${usage}`}\`](#tiebreak-${name})`,
    summary,
  ]);
  const sections = await Promise.all(
    Object.entries(commands).map(async ([name, { load }]) => commandSection(name, (await load()).help)),
  );
  return page(
    'Command line',
    'the help of each command',
    `\`tiebreak\` works with the same database format, sandbox and checks as the editor. It needs Node.js 22.13 or newer
(23.4 or newer of the 23 line), and says so at start if the version is too old. On Node.js 22, SQLite also prints an
\`ExperimentalWarning\`, which you can ignore.

The program is \`dist/cli/tiebreak.js\` in the installed extension and in a built clone. In a clone,
\`npm run build && npm link\` puts \`tiebreak\` on your \`PATH\`.`,
    table(['Command', 'What it does'], overview),
    '`tiebreak COMMAND --help` shows the text below in a terminal, and `tiebreak --version` the version.',
    '## Exit status',
    table(['Status', 'Meaning'], exitStatus),
    ...sections,
  );
}

/**
 * @param {string} name
 * @param {import('../../src/cli/commandHelp.ts').CommandHelp} help
 */
function commandSection(name, { usage, description, choices, options, exitStatus: statuses }) {
  return [
    `## \`tiebreak ${name}\``,
    `\`\`\`\ntiebreak ${name} ${usage}\n\`\`\``,
    ...description.map(prose),
    ...(choices === undefined
      ? []
      : [
          table(
            [choices.title, ''],
            choices.rows.map(([term, text]) => [`\`${term}\``, prose(text)]),
          ),
        ]),
    table(
      ['Option', 'Meaning'],
      options.map(([option, text]) => [`\`${option}\``, prose(text)]),
    ),
    table(['Exit status', 'Meaning'], statuses),
  ].join('\n\n');
}

/**
 * Matches code in a help text: calls and options in quotes, options, variables, paths, file extensions, field
 * names, places.
 */
const codeInHelp =
  /"((?:--|tiebreak)[^"]*)"|(\$\w+[\w/.]*|~\/[\w/.]+|--[a-z-]+|(?<=\s)\.[a-z]+(?:\.json)?\b|\b[a-z]+_[a-z_]+\b|\b[A-Z]+(?:[:/][A-Z]+)+\b|\b(?:FILE|EVALUATOR)\b)/g;

/**
 * A help text as Markdown.
 * @param {string} text
 */
const prose = (text) =>
  text.replaceAll(codeInHelp, (_, quoted, plain) => `\`${quoted ?? plain}\``).replaceAll('*', '\\*');

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * @param {string} title
 * @param {string} source The sources that the page is generated from.
 * @param {readonly string[]} parts
 */
const page = (title, source, ...parts) =>
  [`# ${title}`, `<!-- Made by \`npm run docs\` from ${source}. Do not edit. -->`, ...parts].join('\n\n');
